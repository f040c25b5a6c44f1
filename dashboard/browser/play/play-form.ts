import type { SampleRequest } from "./messages.js";

/** A slider and a number field of one axis move together; `changed` hears of every change. */
export function bindSliders(form: HTMLFormElement, changed: () => void): void {
  for (const slider of form.querySelectorAll<HTMLInputElement>("input[type=range]")) {
    const number = form.elements.namedItem(slider.dataset["of"]!) as HTMLInputElement;
    slider.addEventListener("input", () => {
      number.value = textAt(slider);
    });
    number.addEventListener("input", () => {
      slider.value = String(positionOf(Number(number.value), slider));
    });
    slider.value = String(positionOf(Number(number.value), slider));
  }
  form.addEventListener("input", changed);
}

/** Sliders of wide ranges are logarithmic: their positions are logarithms. */
function textAt({ value, dataset }: HTMLInputElement): string {
  const found = dataset["scale"] === "log" ? Math.exp(Number(value)) : Number(value);
  return dataset["whole"] === "1" ? String(Math.round(found)) : String(Number(found.toPrecision(3)));
}

function positionOf(value: number, { dataset }: HTMLInputElement): number {
  return dataset["scale"] === "log" ? Math.log(value) : value;
}

/** What the form asks for, but for which replicates. */
export function requestOf(form: HTMLFormElement): Omit<SampleRequest, "first" | "count"> {
  const fields = axisFields(form);
  return {
    kind: "sample",
    claim: form.dataset["claim"]!,
    arm: textOfField(form, "arm"),
    cell: Object.fromEntries(fields.map((field) => [field.dataset["axis"]!, axisValue(field)])),
    seed: textOfField(form, "seed"),
  };
}

/** The command that draws the same numbers. */
export function sampleCommand(form: HTMLFormElement): string {
  const { claim, arm, cell, seed } = requestOf(form);
  const set = Object.entries(cell).map(([axis, value]) => ` --set ${axis}=${value}`);
  return `npx --no -- plateau sample ${claim}${arm === "claimed" ? "" : ` --arm ${arm}`}${set.join("")} --seed ${seed} --replicates 200 --csv`;
}

function axisFields(form: HTMLFormElement) {
  return [...form.querySelectorAll<HTMLInputElement | HTMLSelectElement>("[data-axis]")];
}

function axisValue(field: HTMLInputElement | HTMLSelectElement): string | number | boolean {
  if (field instanceof HTMLSelectElement) return JSON.parse(field.value) as string | number | boolean;
  return Number(field.value);
}

function textOfField(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
}
