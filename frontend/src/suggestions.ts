// What matches while somebody types in a search field: arrow keys choose, Enter opens, Escape closes.

/** Make a field and the list below it, which the server fills, a combobox. */
export function suggest(field: HTMLInputElement): void {
  const list = document.getElementById(`${field.id}-matches`);
  if (!list) return;
  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const chosen = () => list.querySelector<HTMLElement>("[aria-selected=true]");
  let decided = false; // since the last letter: an option is chosen, or the list put away

  function show(open: boolean): void {
    list!.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) field.removeAttribute("aria-activedescendant");
  }

  function choose(option: HTMLElement): void {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  show(false);

  field.addEventListener("input", () => {
    decided = false;
  });
  list.addEventListener("htmx:beforeSwap", (event) => {
    if (decided) (event as CustomEvent<{ shouldSwap: boolean }>).detail.shouldSwap = false; // it comes too late
  });
  list.addEventListener("htmx:afterSwap", () => {
    options().forEach((option, place) => {
      option.id = `${list.id}-${place}`;
    });
    show(options().length > 0 && document.activeElement === field);
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (list.hidden || !all.length) return;
    const now = chosen();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = all[following(now ? all.indexOf(now) : -1, event.key === "ArrowDown" ? 1 : -1, all.length)];
      if (next) choose(next);
      decided = true;
    } else if (event.key === "Enter" && now) {
      event.preventDefault();
      open(now);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
      decided = true;
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target instanceof Element ? event.target.closest<HTMLElement>("[role=option]") : null;
    if (option) open(option);
  });
  field.addEventListener("blur", () => show(false));
}

/** The next place in a circle of `count`; the first step from nowhere (-1) leads to the first or the last. */
function following(place: number, step: 1 | -1, count: number): number {
  return place < 0 ? (step > 0 ? 0 : count - 1) : (place + step + count) % count;
}

function open(option: HTMLElement): void {
  location.assign(option.dataset["link"] ?? "/");
}
