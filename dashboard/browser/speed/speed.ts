import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { enableCopying } from "../frame/copy.js";
import { limitsChart } from "./limits-chart.js";
import { peerChart } from "./peer-chart.js";
import type { SpeedData } from "./speed-data.js";

/** Draws what the page of speeds has a place for. */
export function drawSpeed({ peers, kernels }: SpeedData, invalidation: Invalidation): void {
  drawInto(document.querySelector("#peers-chart .chart"), (width) => peerChart(peers, width), invalidation);
  drawInto(document.querySelector("#limits-chart .chart"), (width) => limitsChart(kernels, width), invalidation);
  enableCopying();
}
