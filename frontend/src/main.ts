// Makes the pages quicker to use; every page works without it.

import { takeDropped } from "./drop";
import "./evidence";
import { askAtOnce, showGraph, showMiddle } from "./explorer";
import "./map";
import "./pictures";
import { follow } from "./progress";
import { suggest } from "./suggestions";
import { takeKeys } from "./verdicts";

/** Let a part of the page do what its markup asks for. */
function enliven(part: Element): void {
  part.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(suggest);
  part.querySelectorAll<HTMLFormElement>("form[data-drop]").forEach(takeDropped);
  part.querySelectorAll<HTMLElement>("[data-graph]").forEach((place) => void showGraph(place));
  part.querySelectorAll<HTMLElement>("[data-middle]").forEach(showMiddle);
  part.querySelectorAll<HTMLFormElement>("form[data-explorer]").forEach(askAtOnce);
  part.querySelectorAll<HTMLElement>("[data-running]").forEach(follow);
  part.querySelectorAll<HTMLElement>("[data-verdicts]").forEach(takeKeys);
}

enliven(document.body);

/** htmx tells of each part that it puts in place; of the page itself it tells too late for a fast reader. */
document.addEventListener("htmx:load", ({ target }) => {
  if (target !== document.body) enliven(target as Element);
});
