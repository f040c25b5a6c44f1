import { slopeJudge, slopeWeights } from "../../statistics/judges/slope-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { SlopeQuestion } from "../../statistics/question.ts";
import { type AnyCell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, SLOPE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Along, AnyAlong, Bound, Margin, Of, Value } from "../stated.ts";
import { syntheticSlope } from "./synthetic.ts";

interface Slope<G extends Grid, M extends string> extends Of<G, M> {
  readonly through: "mean" | "median";
  readonly along: Along<G>;
}

export type SlopePrediction<G extends Grid, M extends string> =
  | (Slope<G, M> & Margin<G> & { readonly says: "scales"; readonly slope: Value<G> })
  | (Slope<G, M> & Bound<G> & { readonly says: "scales-at-most" | "scales-at-least" });

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const slope: Kind<SlopePrediction<any, any>, SlopeQuestion> = {
  statistic: "slope",
  says: { scales: SLOPE_WITHIN, "scales-at-most": AT_MOST, "scales-at-least": AT_LEAST },
  averages: { mean: true, median: false },
  answeredBy: { from: "axis", along: ({ along }) => along },
  // The line of the predicted slope.
  known: ({ along }, { stated, predicted, cell }) =>
    stated ?? (predicted === null ? Number.NaN : predicted * positionOf(along, cell)),
  question: ({ through, along }, asked, { cells }) => ({
    statistic: "slope",
    through,
    at: cells.map((cell) => positionOf(along, cell)),
    ...asked,
  }),
  detail: ({ through, at }) => ({ through, at }),
  judge: slopeJudge,
  estimateShift: ({ at, through }, groups, shifts) => contrastShift(slopeWeights(at), through, groups, shifts),
  standardError: ({ at, through }, groups, finding) => contrastError(slopeWeights(at), through, groups, finding),
  answer: "value",
  words: "slope",
  chart: "slope",
  synthetic: syntheticSlope,
};

function positionOf({ axis, as }: AnyAlong, cell: AnyCell): number {
  const at = as ? as(cell as never) : cell[axis];
  if (typeof at !== "number" || !Number.isFinite(at)) {
    throw new ClaimError(`the slope's axis ${axis} is ${at} at ${cellLabel(cell)}, a finite number is required`);
  }
  return at;
}
