import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { enableCopying } from "../frame/copy.js";
import { limitsChart } from "./limits-chart.js";
import { peerChart } from "./peer-chart.js";
import type { SpeedData } from "./speed-data.js";

/** Draws what the page of speeds has a place for. */
export function drawSpeed({ peers, kernels }: SpeedData, invalidation: Invalidation): void {
  for (const { name, ratios } of peers) {
    drawInto(document.querySelector(`#peers-chart-${name} .chart`), (width) => peerChart(ratios, width), invalidation);
  }
  for (const { name, groups } of kernels) {
    drawInto(
      document.querySelector(`#limits-chart-${name} .chart`),
      (width) => limitsChart(groups, width),
      invalidation,
    );
  }
  enableCopying();
}
