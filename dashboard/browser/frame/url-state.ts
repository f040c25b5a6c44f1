/** The fields of a form and the query of the address are one state: what is chosen can be linked to. */
export function bindToUrl(form: HTMLFormElement, changed: () => void): void {
  const query = new URLSearchParams(location.search);
  for (const field of fieldsOf(form)) {
    const value = query.get(field.name);
    if (value === null) continue;
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === "1";
    else field.value = value;
    // An option that is not there leaves a select empty: the first one stands for it.
    if (field instanceof HTMLSelectElement && field.selectedIndex < 0) field.selectedIndex = 0;
  }
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    for (const field of fieldsOf(form)) setQuery(field.name, textOf(field));
    changed();
  });
}

/** Sets one entry of the address's query, or takes it away where it is empty; the page stays. */
export function setQuery(name: string, value: string): void {
  const address = new URL(location.href);
  if (value === "") address.searchParams.delete(name);
  else address.searchParams.set(name, value);
  history.replaceState(null, "", address);
}

type Field = HTMLInputElement | HTMLSelectElement;

export function fieldsOf(form: HTMLFormElement): readonly Field[] {
  return [...form.elements].filter(
    (element): element is Field =>
      (element instanceof HTMLInputElement || element instanceof HTMLSelectElement) && element.name !== "",
  );
}

export function textOf(field: Field): string {
  if (field instanceof HTMLInputElement && field.type === "checkbox") return field.checked ? "1" : "";
  return field.value;
}
