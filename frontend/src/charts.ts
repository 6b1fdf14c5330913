// Draws figures with plotly.js: bars, points and flows, in the colours and letters of the page.

import Plotly from "plotly.js/lib/core";
import bar from "plotly.js/lib/bar";
import sankey from "plotly.js/lib/sankey";

Plotly.register([bar, sankey]);

/** Custom properties of the page whose light colours a figure carries; where two are alike the first counts. */
const TOKENS = [
  "paper", "ink", "ink-2", "ink-3", "rule", "rule-2", "accent", "accent-soft", "k-sme", "k-co", "k-rto", "k-uni",
  "k-oth", "critical", "medium", "good", "m0", "m1", "m2", "m3", "m4",
]; // prettier-ignore

const HEIGHT = 420; // px, of a figure that names none
const TITLE = 48; // px above a figure for its title, which the page says itself

interface Figure {
  data: Plotly.Data[];
  layout: Partial<Plotly.Layout>;
  config: Partial<Plotly.Config>;
}

const drawn = new Map<HTMLElement, Figure>();

/** Draw a figure into `place`; what it leaves out is said below the sentence about it. */
export async function draw(place: HTMLElement, figure: Figure): Promise<void> {
  drawn.set(place, figure);
  const { data, layout, config } = inColoursOfThePage(figure);
  const left = leftOut(layout);
  const told = place.parentElement?.querySelector<HTMLElement>("[data-left-out]");
  if (told && left) told.textContent = left;
  const { title: _, ...rest } = layout;
  const shown = {
    ...rest,
    height: layout.height ?? HEIGHT,
    margin: { ...layout.margin, t: (layout.margin?.t ?? TITLE) - TITLE },
    font: { ...layout.font, family: getComputedStyle(document.body).fontFamily },
    dragmode: false as const,
  };
  await Plotly.newPlot(place, data, shown, { ...config, displayModeBar: false });
}

function leftOut(layout: Partial<Plotly.Layout>): string {
  const title = layout.title;
  return typeof title === "object" ? (title.subtitle?.text ?? "") : "";
}

/** The figure as it is in light colours; in dark ones each colour of the page has changed to its dark partner. */
function inColoursOfThePage(figure: Figure): Figure {
  const partners = isDark() ? darkPartners() : new Map<string, string>();
  const text = JSON.stringify(figure).replace(/#[0-9a-f]{6}\b/g, (colour) => partners.get(colour) ?? colour);
  return JSON.parse(text) as Figure;
}

function isDark(): boolean {
  const theme = document.documentElement.dataset["theme"];
  return theme === "dark" || (theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

function darkPartners(): Map<string, string> {
  const styles = getComputedStyle(document.documentElement);
  const found = new Map<string, string>();
  for (const token of TOKENS) {
    const [, light, dark] = /light-dark\((#\w{6}),\s*(#\w{6})\)/.exec(styles.getPropertyValue(`--${token}`)) ?? [];
    if (light && dark && !found.has(light)) found.set(light, dark);
  }
  return found;
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  for (const [place, figure] of drawn) {
    if (place.isConnected) void draw(place, figure);
    else drawn.delete(place);
  }
});
