// Files can be dropped onto the form that takes them, and are looked at at once.

/** Let a form with one field for files take those that are dropped anywhere on the page. */
export function takeDropped(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[type=file]");
  const told = form.querySelector<HTMLElement>(".dropped");
  if (!field || !told) return;
  let inside = 0; // a drag enters an element before it leaves the one before

  function show(over: boolean): void {
    form.classList.toggle("over", over);
    if (over) told!.textContent = told!.dataset["here"] ?? "";
    else if (field!.files?.length === 0) told!.textContent = "";
  }

  addEventListener("dragenter", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    inside += 1;
    show(true);
  });
  addEventListener("dragleave", () => {
    inside = Math.max(0, inside - 1);
    if (!inside) show(false);
  });
  addEventListener("dragover", (event) => {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    const files = event.dataTransfer?.files;
    inside = 0;
    if (!files?.length) return;
    event.preventDefault();
    field.files = files;
    show(false);
    field.dispatchEvent(new Event("change"));
    form.requestSubmit();
  });
  field.addEventListener("change", () => {
    const names = [...(field.files ?? [])].map((file) => file.name);
    told.textContent = names.length ? `${told.dataset["many"] ?? ""} ${names.join(", ")}` : "";
  });
}
