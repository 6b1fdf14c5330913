// Makes the pages quicker to use; every page works without it.

import { takeDropped } from "./drop";
import "./evidence";
import { askAtOnce, showGraph, showMiddle } from "./explorer";
import "./map";
import "./pictures";
import { follow } from "./progress";
import { suggest } from "./suggestions";
import { takeKeys } from "./verdicts";

/** htmx tells of the page at first, and later of each part that it puts in place. */
document.addEventListener("htmx:load", ({ target }) => {
  const part = target as Element;
  part.querySelectorAll<HTMLInputElement>("input[data-suggest]").forEach(suggest);
  part.querySelectorAll<HTMLFormElement>("form[data-drop]").forEach(takeDropped);
  part.querySelectorAll<HTMLElement>("[data-graph]").forEach((place) => void showGraph(place));
  part.querySelectorAll<HTMLElement>("[data-middle]").forEach(showMiddle);
  part.querySelectorAll<HTMLFormElement>("form[data-explorer]").forEach(askAtOnce);
  part.querySelectorAll<HTMLElement>("[data-running]").forEach(follow);
  part.querySelectorAll<HTMLElement>("[data-verdicts]").forEach(takeKeys);
});
