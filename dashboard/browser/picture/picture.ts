import { drawInto, type Invalidation, named } from "../frame/chart-frame.js";
import { showCommandLine } from "../frame/command-line.js";
import { acrossChart, namesFit } from "./across-chart.js";
import { enableDownloads } from "./download.js";
import { lawChart } from "./law-chart.js";
import { pairsChart } from "./pairs-chart.js";
import type { Picture } from "./picture-data.js";
import { survivalChart } from "./survival-chart.js";

/** Draws the picture of a claim, and lets a reader take it away and draw each of its cells again. */
export function drawPicture(picture: Picture | null, invalidation: Invalidation): void {
  const figure = document.querySelector<HTMLElement>("#picture");
  if (picture === null || figure === null) return;
  const draw = (width: number) => {
    showPlaces(figure, picture, width);
    return named(chartOf(picture, width), picture.sentence);
  };
  drawInto(figure.querySelector(".chart"), draw, invalidation);
  enableDownloads(figure);
  showCommand(figure);
}

function chartOf(picture: Picture, width: number): Element {
  switch (picture.form) {
    case "across":
      return acrossChart(picture, width);
    case "pairs":
      return pairsChart(picture, width);
    case "law":
      return lawChart(picture, width);
    case "survival":
      return survivalChart(picture, width);
  }
}

/** The list of numbered places stands where their names do not fit into the picture. */
function showPlaces(figure: HTMLElement, { across: { places } }: Picture, width: number): void {
  const list = figure.querySelector<HTMLElement>(".places");
  if (list !== null && places !== undefined) list.hidden = namesFit(places, width);
}

/** The cell that is chosen below the picture, and with a click on the mark at hand, has its command shown. */
function showCommand(figure: HTMLElement): void {
  const select = figure.querySelector<HTMLSelectElement>("select[name=cell]");
  const code = figure.querySelector(".command code");
  if (select === null || code === null) return;
  const show = () => {
    showCommandLine(code, select.value);
  };
  select.addEventListener("input", show);
  const chart = figure.querySelector(".chart");
  chart?.addEventListener("click", () => {
    const { value } = (chart.firstElementChild ?? {}) as { readonly value?: { readonly command?: string } };
    if (value?.command === undefined) return;
    select.value = value.command;
    show();
  });
  show();
}
