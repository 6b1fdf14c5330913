// Parts of a page that are exchanged in place, evidence first of all: the place on the screen and the focus are kept.

export {};

/** What htmx tells before it puts the answer to a request in place. */
interface Exchange {
  xhr: XMLHttpRequest;
  shouldSwap: boolean;
  target: Element;
  pathInfo: { finalRequestPath: string; responsePath: string | null; anchor: string | null };
}

const PART = "answer";

/** The element that was asked from, and where it stood. */
let place: { anchor: string; top: number } | undefined;

/** The evidence that was open, as the address calls it. */
let opened = evidenceIn(location.href);

function evidenceIn(address: string): string {
  return new URL(address, location.href).searchParams.get("evidence") ?? "";
}

function topOf(id: string): number | undefined {
  return document.getElementById(id)?.getBoundingClientRect().top;
}

/** Focus the drawer where evidence was opened, and the number where it was closed. */
function followFocus(): void {
  const before = opened;
  opened = evidenceIn(location.href);
  if (before === opened) return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>("a.ev")];
  const number = links.find((one) => evidenceIn(one.href) === before);
  (document.getElementById("evidence") ?? number)?.focus({ preventScroll: true });
}

document.addEventListener("htmx:beforeRequest", (event) => {
  const { target } = (event as CustomEvent<Exchange>).detail;
  if (target.id === PART) target.setAttribute("aria-busy", "true"); // what comes in its place is not
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const exchange = (event as CustomEvent<Exchange>).detail;
  if (exchange.target.id !== PART) return;
  const path = exchange.pathInfo;
  if (!exchange.xhr.response.includes(`id="${PART}"`)) {
    exchange.shouldSwap = false;
    location.assign(path.responsePath ?? path.finalRequestPath);
    return;
  }
  const anchor = document.getElementById(path.anchor ?? "")?.id ?? PART;
  place = { anchor, top: topOf(anchor) ?? 0 };
  path.anchor = null; // the address keeps it; the page stays where it is
});

document.addEventListener("htmx:afterSettle", () => {
  const top = place && topOf(place.anchor);
  if (place && top !== undefined) scrollBy({ top: top - place.top, behavior: "instant" });
  place = undefined;
  followFocus();
});

document.addEventListener("htmx:historyRestore", followFocus);
document.addEventListener("htmx:historyCacheMissLoadError", () => location.reload());

document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("evidence");
  if (event.key === "Escape" && drawer?.contains(document.activeElement)) {
    drawer.querySelector<HTMLElement>("[data-close]")?.click();
  }
});
