// The picture of organisations: its module comes only where there is one, and menus need no button.

/** Draw the pictures in a part of the page, once their module is here. */
export async function showGraph(place: HTMLElement): Promise<void> {
  const { draw } = (await import(new URL("graph.js", import.meta.url).href)) as typeof import("./graph");
  await draw(place);
}

/** Ask anew as soon as something else is chosen. */
export function askAtOnce(form: HTMLFormElement): void {
  form.addEventListener("change", () => form.requestSubmit());
  const list = form.querySelector<HTMLDetailsElement>("[data-filters]");
  if (list && matchMedia("(max-width: 900px)").matches) list.open = false;
}

/** A picture wider than the screen begins with its middle, where most of it is. */
export function showMiddle(place: HTMLElement): void {
  place.scrollLeft = (place.scrollWidth - place.clientWidth) / 2;
}
