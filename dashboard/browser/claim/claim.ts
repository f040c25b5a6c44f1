import { drawInto, type Invalidation } from "../frame/chart-frame.js";
import { enableCopying } from "../frame/copy.js";
import { drawPicture } from "../picture/picture.js";
import type { Picture } from "../picture/picture-data.js";
import type { EngineFiles } from "../play/engine-client.js";
import { enablePlay } from "../play/play.js";
import type { ClaimData } from "./claim-data.js";
import { estimatesChart } from "./estimates-chart.js";
import { observationsChart } from "./observations-chart.js";

/** Draws every figure of a claim's page. */
export function drawClaim(
  claim: ClaimData,
  picture: Picture | null,
  play: EngineFiles,
  invalidation: Invalidation,
): void {
  drawPicture(picture, invalidation);
  for (const figure of document.querySelectorAll<HTMLElement>("figure[data-arm]")) {
    const arm = claim.arms[Number(figure.dataset["arm"])];
    if (arm === undefined) continue;
    const chart = figure.dataset["chart"] === "estimates" ? estimatesChart : observationsChart;
    drawInto(figure.querySelector(".chart"), (width) => chart(arm, width), invalidation);
  }
  enablePlay(play);
  enableCopying();
}
