import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { makeSortable } from "../frame/sortable.js";
import { bindToUrl } from "../frame/url-state.js";
import type { EngineFiles } from "../play/engine-client.js";
import type { SignalData } from "../play/messages.js";
import { drawSignal } from "../play/signal-figure.js";
import { forest } from "./forest.js";
import type { Row } from "./overview-row.js";

/** The signal that a reader plays with; filters, sorting and the chart of all claims. */
export function drawOverview(
  rows: readonly Row[],
  signal: SignalData | null,
  play: EngineFiles,
  invalidation: Invalidation,
): void {
  drawSignal(signal, play, invalidation);
  const form = document.querySelector<HTMLFormElement>("#filters");
  const container = document.querySelector("#forest .chart");
  if (form === null) return;
  let shown = rows;
  const update = () => {
    shown = filtered(rows, form);
    showRows(new Set(shown.map(({ slug }) => slug)), rows.length);
    showVerdictsOn(chosen(form, "engine"));
    const width = container?.clientWidth ?? 0;
    if (width > 0) container?.replaceChildren(forest(shown, width));
  };
  bindToUrl(form, update);
  update();
  makeSortable([...document.querySelectorAll<HTMLTableElement>("section.topic table")]);
  drawInto(container, (width) => forest(shown, width), invalidation);
}

function filtered(rows: readonly Row[], form: HTMLFormElement): readonly Row[] {
  const words = chosen(form, "q").toLowerCase().split(/\s+/).filter(Boolean);
  const [topic, outcome, grade] = [chosen(form, "topic"), chosen(form, "outcome"), chosen(form, "grade")];
  const [tier, engine] = [chosen(form, "tier"), chosen(form, "engine")];
  return rows.filter((row) => {
    const text = `${row.title} ${row.id} ${row.outcome} ${row.grade}`.toLowerCase();
    return (
      words.every((word) => beginsIn(text, word)) &&
      (topic === "" || row.topic === topic) &&
      (outcome === "" || row.outcome === outcome) &&
      (grade === "" || row.grade === grade) &&
      (tier === "" || row.tiers.includes(tier)) &&
      (engine === "" || row.engines.includes(engine))
    );
  });
}

/** Whether some word of the text begins so: "sign" finds sign descent and not a signal's "design". */
function beginsIn(text: string, beginning: string): boolean {
  return ` ${text.replace(/[^\p{L}\p{N}]+/gu, " ")}`.includes(` ${beginning.replace(/[^\p{L}\p{N}]+/gu, " ").trim()}`);
}

function chosen(form: HTMLFormElement, name: string): string {
  return (form.elements.namedItem(name) as HTMLInputElement | HTMLSelectElement).value;
}

/** The verdict of another engine than the shown one stands in a claim's row while that engine is asked for. */
function showVerdictsOn(engine: string): void {
  for (const verdict of document.querySelectorAll<HTMLElement>("small.on-engine")) {
    verdict.hidden = verdict.dataset["engine"] !== engine;
  }
}

function showRows(slugs: ReadonlySet<string>, all: number): void {
  for (const section of document.querySelectorAll<HTMLElement>("section.topic")) {
    let some = false;
    for (const row of section.querySelectorAll<HTMLTableRowElement>("tbody tr")) {
      row.hidden = !slugs.has(row.dataset["slug"] ?? "");
      some ||= !row.hidden;
    }
    section.hidden = !some;
    // Who asks for some claims is shown their rows.
    if (some && slugs.size < all) section.querySelector("details")?.setAttribute("open", "");
  }
  const output = document.querySelector("#shown");
  if (output) output.textContent = `${slugs.size} of ${all} claims`;
}
