import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { enableCopying } from "../frame/copy.js";
import { bindToUrl } from "../frame/url-state.js";
import { agreementChart } from "./agreement-chart.js";
import type { EnginesData } from "./engines-data.js";

/** The chart of agreement and the filter of the table of claims, where several engines were run. */
export function drawEngines(engines: EnginesData | null, invalidation: Invalidation): void {
  if (engines !== null) {
    const container = document.querySelector("#agreement-chart .chart");
    drawInto(container, (width) => agreementChart(engines, width), invalidation);
  }
  const form = document.querySelector<HTMLFormElement>("#filters");
  if (form !== null) {
    const update = () => showRows(form);
    bindToUrl(form, update);
    update();
  }
  enableCopying();
}

/** A row is shown where some engine's cell, or the chosen one's, is what was asked for. */
function showRows(form: HTMLFormElement): void {
  const value = (name: string) => (form.elements.namedItem(name) as HTMLSelectElement).value;
  const [topic, engine, which] = [value("topic"), value("engine"), value("which")];
  const rows = [...document.querySelectorAll<HTMLTableRowElement>("#engine-matrix tbody tr")];
  for (const row of rows) {
    const cells = [...row.querySelectorAll<HTMLElement>("td[data-engine]")];
    const asked = cells.some(
      ({ dataset }) =>
        (engine === "" || dataset["engine"] === engine) &&
        (which === "" || (dataset["which"] ?? "").split(" ").includes(which)),
    );
    row.hidden = !(asked && (topic === "" || row.dataset["topic"] === topic));
  }
  const output = document.querySelector("#shown");
  if (output) output.textContent = `${rows.filter(({ hidden }) => !hidden).length} of ${rows.length} claims`;
}
