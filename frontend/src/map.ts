// A map by keyboard: one tab stop; arrow keys lead to the next region that way, Enter opens it as any link.

const MAPS = "svg[data-map]";
const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};
const ASIDE = 2; // how much more a step to the side counts than one ahead

const regionsOf = (map: Element) => [...map.querySelectorAll<SVGAElement>("a[data-x]")];

function place(region: SVGAElement): readonly [number, number] {
  return [Number(region.dataset["x"]), Number(region.dataset["y"])];
}

/** The region nearest to `from` in a direction, undefined where there is none that way. */
function next(from: SVGAElement, all: SVGAElement[], [right, down]: readonly [number, number]): SVGAElement | undefined {
  const [x, y] = place(from);
  let best: SVGAElement | undefined;
  let least = Infinity;
  for (const one of all) {
    const [across, along] = [place(one)[0] - x, place(one)[1] - y];
    const ahead = across * right + along * down;
    const aside = Math.abs(across * down) + Math.abs(along * right);
    if (one === from || ahead <= 0 || aside > ASIDE * ahead) continue;
    const far = ahead + ASIDE * aside;
    if (far < least) [best, least] = [one, far];
  }
  return best;
}

/** Make `region` the one tab stop of its map. */
function stopAt(region: SVGAElement, all: SVGAElement[]): void {
  for (const one of all) one.setAttribute("tabindex", one === region ? "0" : "-1");
}

/** Say below the map what the reader points at. */
function tell(target: EventTarget | null): void {
  const region = target instanceof Element ? target.closest<SVGAElement>(`${MAPS} a[data-x]`) : null;
  const says = region?.closest("figure")?.querySelector("[data-map-says]");
  if (region && says) says.textContent = region.getAttribute("aria-label");
}

function enter(within: ParentNode): void {
  for (const map of within.querySelectorAll(MAPS)) {
    const all = regionsOf(map);
    const first = all.find((one) => one.querySelector(".chosen")) ?? all[0];
    if (first) stopAt(first, all);
  }
}

document.addEventListener("keydown", (event) => {
  const direction = ARROWS[event.key];
  const region = event.target instanceof SVGAElement ? event.target : null;
  const map = region?.closest(MAPS);
  if (!direction || !region || !map || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const all = regionsOf(map);
  const to = next(region, all, direction);
  if (!to) return;
  stopAt(to, all);
  to.focus();
});
document.addEventListener("focusin", (event) => tell(event.target));
document.addEventListener("pointerover", (event) => tell(event.target));

enter(document);
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const one of addedNodes) if (one instanceof Element) enter(one);
  }
}).observe(document.body, { childList: true, subtree: true });
