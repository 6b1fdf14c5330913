// Organisations as marks on a canvas: pan, zoom, names on hover and by arrow keys. Loaded only where there is one.

import Graph from "graphology";
import Sigma from "sigma";
import type { NodeLabelDrawingFunction } from "sigma/rendering";
import { RINGED, ShapeProgram } from "./shapes";

/** Communities with names of their own: their middle, and how far they reach from it. */
interface Groups {
  number: number[];
  name: string[];
  count: number[];
  x: number[];
  y: number[];
  wide: number[];
  high: number[];
}

/** The picture as the server sends it: columns, marks by their place in them. */
interface Columns {
  x: number[];
  y: number[];
  size: number[];
  shape: number[];
  colour: number[];
  ring: number[];
  named: number[];
  label: string[];
  key: string[];
  first: number[];
  second: number[];
  apart: number[];
  guessed: number[];
  suggested_first: number[];
  suggested_second: number[];
  groups: Groups;
}

const drawings = new Map<HTMLElement, Sigma>();

/** Draw what the `data-graph` of an element names; where that cannot be, its words stay and say so. */
export async function draw(place: HTMLElement): Promise<void> {
  forgetThoseGone();
  const [around, check, impossible, told, whole] = (place.dataset["words"] ?? "").split("|");
  const answer = await fetch(place.dataset["graph"] ?? "");
  if (!answer.ok || !hasWebGl()) {
    if (!place.querySelector("svg")) place.replaceChildren(paragraph("none", impossible ?? ""));
    return;
  }
  const columns = (await answer.json()) as Columns;
  const inks = inksOf(place);
  const surface = document.createElement("div");
  surface.className = "sigma";
  surface.tabIndex = 0;
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-label", told ?? "");
  const says = paragraph("told", "");
  says.setAttribute("aria-live", "polite");
  const back = document.createElement("button");
  back.type = "button";
  back.className = "btn whole";
  back.textContent = whole ?? "";
  place.replaceChildren(surface);
  place.classList.add("canvas");
  place.removeAttribute("tabindex");
  const note = place.parentElement?.querySelector("[data-note-of]");
  if (note && place.dataset["note"]) note.textContent = place.dataset["note"];
  const graph = graphOf(columns, inks);
  const written: Box[] = [];
  const sigma = new Sigma(graph, surface, {
    allowInvalidContainer: true,
    defaultNodeType: "mark",
    nodeProgramClasses: { mark: ShapeProgram },
    hideEdgesOnMove: true,
    hideLabelsOnMove: true,
    itemSizesReference: "positions",
    zoomToSizeRatioFunction: (ratio) => ratio,
    labelColor: { color: inks.ink },
    defaultDrawNodeLabel: named(inks, written),
    labelFont: getComputedStyle(place).fontFamily,
    labelRenderedSizeThreshold: 11,
    labelSize: 12,
    stagePadding: 12,
    minCameraRatio: 0.02,
    maxCameraRatio: 2,
    zIndex: true,
    defaultDrawNodeHover: () => undefined,
  });
  drawings.set(place, sigma);
  place.dataset["drawn"] = String(graph.order);
  const names = namesOf(place, columns.groups);
  place.append(names, says, back);
  const list = listOf(names);
  place.after(list);

  let chosen: string | undefined;
  let near = new Set<string>();
  sigma.setSetting("nodeReducer", (node, data) => {
    if (!chosen) return data;
    if (node === chosen) return { ...data, zIndex: 2, shape: (Number(data["shape"]) % RINGED) + RINGED, edge: inks.accent, size: data["size"] * 1.75, forceLabel: true };
    return near.has(node) ? { ...data, zIndex: 1 } : { ...data, color: inks.pale, label: "", edge: inks.pale };
  });
  sigma.setSetting("edgeReducer", (edge, data) => {
    if (!chosen) return data;
    return graph.hasExtremity(edge, chosen) ? { ...data, hidden: false, color: inks.ink, size: 1.4, zIndex: 1 } : { ...data, hidden: true };
  });

  function choose(node: string | undefined): void {
    if (node === chosen) return;
    chosen = node;
    near = new Set(node ? graph.neighbors(node) : []);
    says.replaceChildren();
    if (node) {
      const key = encodeURIComponent(String(graph.getNodeAttribute(node, "key"))).replaceAll("%3A", ":");
      says.append(
        Object.assign(document.createElement("b"), { textContent: graph.getNodeAttribute(node, "label") }),
        ` · `,
        link(place.dataset["around"] ?? "", key, around ?? ""),
        ` · `,
        link(place.dataset["check"] ?? "", key, check ?? ""),
      );
    }
    sigma.refresh({ skipIndexation: true });
  }

  sigma.on("enterNode", ({ node }) => choose(node));
  sigma.on("clickNode", ({ node }) => choose(node));
  sigma.on("clickStage", () => choose(undefined));
  let ofCommunities: Box[] = [];
  sigma.on("beforeRender", () => void written.splice(0, written.length, ...ofCommunities));
  sigma.on("afterRender", () => {
    ofCommunities = placeNames(names, list, columns.groups, sigma);
  });
  sigma.once("afterRender", () => sigma.scheduleRender());
  back.addEventListener("click", () => void sigma.getCamera().animatedReset({ duration: 0 }));
  surface.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (step) {
      event.preventDefault();
      choose(nextMark(graph, chosen, step) ?? chosen);
    } else if (event.key === "Enter" && chosen) {
      says.querySelector("a")?.click();
    } else if (event.key === "Escape") {
      choose(undefined);
    } else if (event.key === "+" || event.key === "-") {
      void sigma.getCamera()[event.key === "+" ? "animatedZoom" : "animatedUnzoom"]({ duration: 0 });
    }
  });
}

const STEPS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface Inks {
  colours: string[];
  ink: string;
  accent: string;
  pale: string;
  line: string;
  guess: string;
  suggested: string;
  paper: string;
}

/** The colours of this theme as the style sheets have them; lines are mixed with the ground, so that none is see-through. */
function inksOf(place: HTMLElement): Inks {
  const probe = document.createElement("span");
  place.append(probe);
  const colour = (css: string) => {
    probe.style.color = css;
    return hex(getComputedStyle(probe).color);
  };
  const swatches = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((number) => {
    const shown = place.parentElement?.querySelector<Element>(`[data-colour="${number}"]`);
    if (shown) return hex(getComputedStyle(shown).color);
    probe.className = `c${number}`;
    probe.style.color = "";
    return hex(getComputedStyle(probe).color);
  });
  const found: Inks = {
    colours: swatches,
    ink: colour("var(--ink)"),
    accent: colour("var(--accent)"),
    pale: colour("var(--rule)"),
    line: colour("color-mix(in srgb, var(--ink-3) 30%, var(--paper))"),
    guess: colour("color-mix(in srgb, var(--ink-3) 16%, var(--paper))"),
    suggested: colour("var(--accent)"),
    paper: colour("var(--paper)"),
  };
  probe.remove();
  return found;
}

/** A computed colour, "rgb(1, 2, 3)" or "color(srgb 0.1 0.2 0.3)", as "#010203". */
function hex(colour: string): string {
  const parts = (colour.match(/[\d.]+(?:e-?\d+)?/g) ?? []).slice(0, 3).map(Number);
  const scale = colour.startsWith("color(") ? 255 : 1;
  return `#${parts.map((part) => Math.round(part * scale).toString(16).padStart(2, "0")).join("")}`;
}

function graphOf(columns: Columns, inks: Inks): Graph {
  const graph = new Graph({ type: "undirected", multi: true });
  columns.x.forEach((x, place) => {
    const ring = columns.ring[place];
    graph.addNode(String(place), {
      x,
      y: -(columns.y[place] ?? 0),
      size: (columns.size[place] ?? 4) * (ring ? 1.75 : 1),
      shape: (columns.shape[place] ?? 0) + (ring ? RINGED : 0),
      color: inks.colours[columns.colour[place] ?? 0] ?? inks.ink,
      edge: inks.ink,
      label: columns.label[place],
      forceLabel: columns.named[place] === 1,
      key: columns.key[place],
      zIndex: ring ? 1 : 0,
    });
  });
  columns.first.forEach((first, line) => {
    const color = columns.guessed[line] ? inks.guess : inks.line;
    const hidden = columns.apart[line] === 1;
    graph.addEdge(String(first), String(columns.second[line]), { size: 0.7, color, hidden, zIndex: 0 });
  });
  columns.suggested_first.forEach((first, line) => {
    graph.addEdge(String(first), String(columns.suggested_second[line]), { size: 1.6, color: inks.suggested, zIndex: 1 });
  });
  return graph;
}

/**
 * Names of marks with the ground around them, so that they can be read across lines and other marks: to the right of the
 * mark, else to its left. One that would lie on what is `written` already is left out until there is room.
 */
function named(inks: Inks, written: Box[]): NodeLabelDrawingFunction {
  return (context, data, settings) => {
    if (!data.label) return;
    context.font = `${settings.labelSize}px ${settings.labelFont}`;
    context.lineJoin = "round";
    context.lineWidth = 4;
    context.strokeStyle = inks.paper;
    context.fillStyle = inks.ink;
    const room = context.canvas.clientWidth - 8;
    const width = Math.min(room, context.measureText(data.label).width);
    const [right, left, furthest] = [data.x + data.size + 3, data.x - data.size - 3 - width, 4 + room - width];
    const fitting = [right, left].filter((x) => x >= 4 && x <= furthest);
    const box = (fitting.length ? fitting : [furthest])
      .map((x) => boxAt(x, data.y - settings.labelSize / 2, width, settings.labelSize))
      .find((place) => !written.some((other) => overlap(place, other)));
    if (!box) return;
    written.push(box);
    const at = [box.left, data.y + settings.labelSize / 3, room] as const;
    context.strokeText(data.label, ...at);
    context.fillText(data.label, ...at);
  };
}

/** The names of communities as links on the canvas, the largest first, each with its number. */
function namesOf(place: HTMLElement, { number, name, count }: Groups): HTMLElement {
  const names = document.createElement("div");
  names.className = "names";
  const order = number.map((_, at) => at).sort((one, other) => (count[other] ?? 0) - (count[one] ?? 0));
  for (const at of order) {
    const target = new URL(place.dataset["community"] ?? "", location.href);
    target.searchParams.set("community", String(number[at]));
    const shown = link(target.href, "", "");
    shown.dataset["at"] = String(at);
    shown.append(span("no", `${number[at]} `), span("word", `${name[at]}, ${count[at]}`));
    names.append(shown);
  }
  return names;
}

/** What the numbers on a small canvas stand for. */
function listOf(names: HTMLElement): HTMLElement {
  const list = document.createElement("ul");
  list.className = "communities";
  for (const one of names.children) {
    const copy = one.cloneNode(true) as HTMLElement;
    const line = document.createElement("li");
    line.hidden = true;
    line.append(copy);
    list.append(line);
  }
  return list;
}

function span(className: string, text: string): HTMLElement {
  return Object.assign(document.createElement("span"), { className, textContent: text });
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/**
 * Put each name above its community, or below it. One that would lie on another or on marks is a number, or hidden, until
 * there is room; the list says what numbers stand for. On narrow pictures all are numbers. What they cover is returned.
 */
function placeNames(names: HTMLElement, list: HTMLElement, groups: Groups, sigma: Sigma): Box[] {
  const { width, height } = sigma.getDimensions();
  const discs = groups.x.map((_, at) => discOf(groups, at, sigma));
  const taken: Box[] = [];
  for (const one of names.children as HTMLCollectionOf<HTMLElement>) {
    one.hidden = false;
    const at = Number(one.dataset["at"]);
    const { left, top, right, bottom } = discs[at]!;
    const besides = discs.filter((_, place) => place !== at).map(inner);
    const free = (): Box | undefined =>
      [top - one.offsetHeight, bottom]
        .map((y) => boxAt((left + right - one.offsetWidth) / 2, y, one.offsetWidth, one.offsetHeight))
        .find((box) => within(box, width, height) && ![...taken, ...besides].some((other) => overlap(box, other)));
    one.classList.toggle("short", width < NARROW);
    let place = free();
    if (!place) {
      one.classList.add("short");
      place = free();
    }
    one.hidden = !place;
    if (!place) continue;
    taken.push(place);
    one.style.transform = `translate(${place.left}px, ${place.top}px)`;
  }
  [...names.children].forEach((one, place) => {
    list.children[place]?.toggleAttribute("hidden", !one.classList.contains("short"));
  });
  return taken;
}

/** On a picture less wide than this, px, communities bear numbers alone. */
const NARROW = 700;

function boxAt(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height };
}

function within(box: Box, width: number, height: number): boolean {
  return box.left >= 0 && box.top >= 0 && box.right <= width && box.bottom <= height;
}

/** What the marks of a community cover on the screen. */
function discOf({ x, y, wide, high }: Groups, at: number, sigma: Sigma): Box {
  const one = sigma.graphToViewport({ x: x[at]! - wide[at]!, y: -(y[at]! - high[at]!) });
  const other = sigma.graphToViewport({ x: x[at]! + wide[at]!, y: -(y[at]! + high[at]!) });
  return { left: one.x, top: one.y, right: other.x, bottom: other.y };
}

/** A box within a disc: its corners hold no marks. */
function inner({ left, top, right, bottom }: Box): Box {
  const [aside, above] = [(right - left) * 0.1, (bottom - top) * 0.1];
  return { left: left + aside, top: top + above, right: right - aside, bottom: bottom - above };
}

function overlap(one: Box, other: Box): boolean {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** The nearest mark in a direction, those straight ahead before those aside; the first one from nowhere. */
function nextMark(graph: Graph, from: string | undefined, [across, up]: [number, number]): string | undefined {
  if (from === undefined) return graph.nodes()[0];
  const here = graph.getNodeAttributes(from);
  let best: string | undefined;
  let least = Infinity;
  graph.forEachNode((node, { x, y }) => {
    const ahead = (x - here["x"]) * across + (y - here["y"]) * up;
    const aside = Math.abs((x - here["x"]) * up) + Math.abs((y - here["y"]) * across);
    if (ahead > 0 && ahead + 2 * aside < least) {
      least = ahead + 2 * aside;
      best = node;
    }
  });
  return best;
}

function hasWebGl(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/** Free the graphics card of pictures that have left the page. */
function forgetThoseGone(): void {
  for (const [place, sigma] of drawings) {
    if (!place.isConnected) {
      sigma.kill();
      drawings.delete(place);
    }
  }
}

function paragraph(className: string, text: string): HTMLElement {
  return Object.assign(document.createElement("p"), { className, textContent: text });
}

/** A link to a page, with something put at the end of its path. */
function link(address: string, end: string, text: string): HTMLAnchorElement {
  const target = new URL(address, location.href);
  target.pathname += end;
  return Object.assign(document.createElement("a"), { href: target.href, textContent: text });
}
