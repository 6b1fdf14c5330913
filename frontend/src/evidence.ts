// The drawer: the evidence of a number opens without leaving the place.

/** Links outside the part that is exchanged, whose addresses hold the state of the page too. */
const STATEFUL = "header .seg a, .setline a, .honest a";

/** Take the drawer and the marks from the page that `link` leads to; open that page where it is built otherwise. */
async function openInPlace(link: string, remember: boolean): Promise<void> {
  const answer = await fetch(link, { headers: { Accept: "text/html" } });
  const page = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
  const present = document.querySelector(".cols");
  const next = page?.querySelector(".cols");
  if (!page || !present || !next) {
    location.assign(link);
    return;
  }
  const anchor = decodeURIComponent(new URL(link, location.href).hash.slice(1));
  const before = document.getElementById(anchor)?.getBoundingClientRect().top;
  present.replaceWith(next);
  document.title = page.title;
  renewAddresses(page);
  const after = document.getElementById(anchor)?.getBoundingClientRect().top;
  if (before !== undefined && after !== undefined) scrollBy({ top: after - before, behavior: "instant" });
  if (remember) history.pushState({ evidence: true }, "", link);
  const drawer = document.getElementById("evidence");
  const back = document.getElementById(anchor)?.querySelector<HTMLElement>("[data-evidence]");
  (drawer ?? back)?.focus({ preventScroll: true });
}

/** Let the links around the exchanged part lead to where those of the new page lead. */
function renewAddresses(page: Document): void {
  const renewed = [...page.querySelectorAll(STATEFUL)];
  for (const one of document.querySelectorAll(STATEFUL)) {
    const address = renewed.find((other) => other.textContent === one.textContent)?.getAttribute("href");
    if (address) one.setAttribute("href", address);
  }
}

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const link = target?.closest<HTMLAnchorElement>("a[data-evidence], a[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  void openInPlace(link.href, true);
});

document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("evidence");
  if (event.key === "Escape" && drawer?.contains(document.activeElement)) {
    drawer.querySelector<HTMLElement>("[data-close]")?.click();
  }
});

addEventListener("popstate", () => {
  if (document.querySelector(".cols")) void openInPlace(location.href, false);
});
