// Charts come when they are looked at: their figure from the server, and what draws it, once one is in view.

const FIGURES = "[data-figure]";

/** An element by which plotly.js sees that its styles are a file of their own; the page's policy allows no others. */
const STYLED = "plotly.js-style-global";

let loaded: Promise<typeof import("./charts")> | undefined;

/** Load what draws, which is a file of its own beside this one. */
function charts(): Promise<typeof import("./charts")> {
  if (!loaded) {
    const told = document.createElement("meta");
    told.id = STYLED;
    told.className = "no-inline-styles";
    const styles = document.createElement("link");
    styles.rel = "stylesheet";
    styles.href = beside("charts.css");
    document.head.append(told, styles);
    loaded = import(beside("charts.js"));
  }
  return loaded;
}

function beside(file: string): string {
  return new URL(`./${file}`, import.meta.url).href;
}

async function draw(place: HTMLElement): Promise<void> {
  const answer = await fetch(place.dataset["figure"] ?? "");
  if (!answer.ok) return; // the sentence and the table stay
  const [{ draw }, figure] = await Promise.all([charts(), answer.json()]);
  await draw(place, figure);
}

const inView = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      inView.unobserve(target);
      void draw(target as HTMLElement);
    }
  },
  { rootMargin: "200px" },
);

function watch(within: ParentNode): void {
  for (const place of within.querySelectorAll(FIGURES)) inView.observe(place);
}

watch(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const one of addedNodes) if (one instanceof Element) watch(one);
  }
}).observe(document.body, { childList: true, subtree: true });
