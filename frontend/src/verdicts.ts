// Same or different by keyboard: while the focus is among the pairs, s, d and l say it of the pair that has it (else of
// the first one), and z takes back what was said last.

const KEYS: Record<string, string> = { s: "same", d: "different", l: "later" };

/** Let single keys press the buttons of the pairs inside an element. */
export function takeKeys(pairs: HTMLElement): void {
  const first = pairs.querySelector<HTMLElement>(".pair");
  pairs.addEventListener("keydown", (event) => {
    const target = event.target instanceof Element ? event.target : pairs;
    if (event.ctrlKey || event.metaKey || event.altKey || target.closest("input")) return;
    const verdict = KEYS[event.key];
    const pair = target.closest<HTMLElement>(".pair") ?? first;
    const button = verdict
      ? pair?.querySelector<HTMLElement>(`button[value="${verdict}"]`)
      : event.key === "z" && pairs.querySelector<HTMLElement>("button[value=open]");
    if (!button) return;
    event.preventDefault();
    button.click();
  });
}
