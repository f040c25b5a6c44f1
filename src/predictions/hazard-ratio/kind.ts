import { hazardRatioJudge } from "../../statistics/judges/survival/hazard-ratio-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { HazardRatioQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import type { Censored } from "../survival/kind.ts";
import { syntheticHazardRatio } from "./synthetic.ts";

/** Hazard of the experiment over that of the claim's second one, of the times of both, where it is the same at all times. */
export type HazardRatioPrediction<G extends Grid, M extends string> = Censored<M> &
  (Equals<G, M, "hazard-ratio"> | Bounded<G, M, "hazard-ratio">);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const hazardRatio: Kind<HazardRatioPrediction<any, any>, HazardRatioQuestion> = {
  statistic: "hazard-ratio",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "hazard-ratio": false },
  answeredBy: { from: "both-experiments" },
  columns: ({ of, censored }) => (censored === undefined ? [of] : [of, censored]),
  question: ({ censored }, asked) => ({ statistic: "hazard-ratio", censored: censored !== undefined, ...asked }),
  detail: ({ censored }) => ({ assumes: "proportional hazards", censored: censored ? "at random" : "never" }),
  judge: hazardRatioJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "hazard ratio",
  chart: "times",
  synthetic: syntheticHazardRatio,
};
