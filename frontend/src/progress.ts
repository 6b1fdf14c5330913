// Work that takes its time: the page of one that is running is renewed until it has ended.

const PAUSE = 1000; // milliseconds between two looks

/** Look again and again at how far the work on this page is; once it has ended, open the page of what came of it. */
export function follow(shown: HTMLElement): void {
  let present = shown;

  async function look(): Promise<void> {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => undefined);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : undefined;
    const next = page?.querySelector<HTMLElement>("[data-running]");
    if (answer && !next) {
      location.replace(location.href);
      return;
    }
    if (next) {
      present.replaceWith(next);
      present = next;
    }
    setTimeout(() => void look(), PAUSE);
  }

  setTimeout(() => void look(), PAUSE);
}
