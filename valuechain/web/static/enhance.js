// Makes the pages quicker to use; every page works without it.

/** Opens the evidence of a number without leaving the place: takes the drawer and the marks from the page it links to. */
async function openInPlace(link, remember) {
  const answer = await fetch(link, { headers: { Accept: "text/html" } });
  if (!answer.ok) {
    location.assign(link);
    return;
  }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const present = document.querySelector(".cols");
  const next = page.querySelector(".cols");
  if (!present || !next) {
    location.assign(link);
    return;
  }
  const anchor = decodeURIComponent(new URL(link, location.href).hash.slice(1));
  const before = document.getElementById(anchor)?.getBoundingClientRect().top;
  present.replaceWith(next);
  document.title = page.title;
  for (const one of document.querySelectorAll("header .seg a, .setline a, .honest a")) {
    const same = [...page.querySelectorAll("header .seg a, .setline a, .honest a")].find((other) => other.textContent === one.textContent);
    if (same) one.setAttribute("href", same.getAttribute("href"));
  }
  const after = document.getElementById(anchor)?.getBoundingClientRect().top;
  if (before !== undefined && after !== undefined) scrollBy({ top: after - before, behavior: "instant" });
  if (remember) history.pushState({ evidence: true }, "", link);
  const drawer = document.getElementById("evidence");
  const back = document.getElementById(anchor)?.querySelector("[data-evidence]");
  (drawer ?? back)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-evidence], a[data-close]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  openInPlace(link.href, true);
});

document.addEventListener("keydown", (event) => {
  const close = document.querySelector("#evidence [data-close]");
  if (event.key === "Escape" && close && document.getElementById("evidence").contains(document.activeElement)) close.click();
});

addEventListener("popstate", () => {
  if (document.querySelector(".cols")) openInPlace(location.href, false);
});

/** Lists what matches while somebody types: arrow keys choose, Enter opens, Escape closes. */
function suggest(field, number) {
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
  let asked = 0;
  let waiting;

  const options = () => [...list.querySelectorAll("[role=option]")];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function show(open) {
    list.hidden = !open;
    field.setAttribute("aria-expanded", String(open));
    if (!open) field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    for (const one of options()) one.setAttribute("aria-selected", String(one === option));
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  async function ask() {
    const text = field.value.trim();
    const turn = ++asked;
    if (text.length < 2) {
      show(false);
      return;
    }
    const link = new URL(field.dataset.suggest, location.href);
    link.searchParams.set("q", text);
    const answer = await fetch(link);
    if (!answer.ok || turn !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = [...page.querySelectorAll("#hits a")].map((hit, place) => {
      const option = document.createElement("div");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.link = hit.getAttribute("href");
      option.append(...hit.childNodes);
      return option;
    });
    list.replaceChildren(...found);
    show(found.length > 0);
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 150);
  });
  field.addEventListener("keydown", (event) => {
    const all = options();
    if (list.hidden || !all.length) return;
    const place = all.indexOf(chosen());
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(all[(place + step + all.length + (place < 0 && step < 0 ? 1 : 0)) % all.length]);
    } else if (event.key === "Enter" && chosen()) {
      event.preventDefault();
      location.assign(chosen().dataset.link);
    } else if (event.key === "Escape") {
      event.preventDefault();
      show(false);
    }
  });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.link);
  });
  field.addEventListener("blur", () => show(false));
}

document.querySelectorAll("input[data-suggest]").forEach(suggest);
