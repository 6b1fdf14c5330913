// What matches while somebody types in a search field: arrow keys choose, Enter opens, Escape closes.

const PAUSE = 150; // milliseconds without a key before the server is asked
const LEAST = 2; // letters

/** Give a field a list of matches, as the page that its `data-suggest` names finds them. */
export function suggest(field: HTMLInputElement, number: number): void {
  const list = listBelow(field, number);
  let asked = 0;
  let waiting: number | undefined;

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const chosen = () => list.querySelector<HTMLElement>("[aria-selected=true]");

  function show(open: boolean): void {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) field.removeAttribute("aria-activedescendant");
  }

  function choose(option: HTMLElement): void {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async function ask(): Promise<void> {
    const text = field.value.trim();
    const turn = ++asked;
    if (text.length < LEAST) {
      show(false);
      return;
    }
    const link = new URL(field.dataset["suggest"] ?? "", location.href);
    link.searchParams.set("q", text);
    const answer = await fetch(link);
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll("#hits a")].map((hit, place) => optionOf(hit, `${list.id}-${place}`));
    list.replaceChildren(...found);
    show(found.length > 0);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void ask(), PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (list.hidden || !all.length) return;
    const now = chosen();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = all[following(now ? all.indexOf(now) : -1, event.key === "ArrowDown" ? 1 : -1, all.length)];
      if (next) choose(next);
    } else if (event.key === "Enter" && now) {
      event.preventDefault();
      open(now);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
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

function listBelow(field: HTMLInputElement, number: number): HTMLElement {
  const list = document.createElement("div");
  list.id = `suggestions-${number}`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Matches");
  list.hidden = true;
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  return list;
}

function optionOf(hit: Element, id: string): HTMLElement {
  const option = document.createElement("div");
  option.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  option.dataset["link"] = hit.getAttribute("href") ?? "";
  option.append(...hit.childNodes);
  return option;
}
