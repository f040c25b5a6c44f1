import { drawInto, type Invalidation, named } from "../frame/chart-frame.js";
import { enableDownloads } from "../picture/download.js";
import { heatChart } from "./heat-chart.js";
import { linesChart } from "./lines-chart.js";
import type { PaperPicture } from "./paper-picture.js";

/** Draws every picture of a paper's page. */
export function drawPictures(pictures: readonly PaperPicture[], invalidation: Invalidation): void {
  for (const figure of document.querySelectorAll<HTMLElement>("figure[data-picture]")) {
    const picture = pictures[Number(figure.dataset["picture"])];
    if (picture === undefined) continue;
    const draw = (width: number) =>
      named(picture.form === "heat" ? heatChart(picture, width) : linesChart(picture, width), picture.words);
    drawInto(figure.querySelector(".chart"), draw, invalidation);
    enableDownloads(figure);
  }
}
