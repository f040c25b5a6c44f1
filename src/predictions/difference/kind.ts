import { differenceJudge } from "../../statistics/judges/difference-judge.ts";
import { contrastShift, logVarianceShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { DifferenceQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bound, Margin, Of, Value } from "../stated.ts";
import { syntheticDifference } from "./synthetic.ts";

interface Difference<G extends Grid, M extends string> extends Of<G, M> {
  readonly statistic: "mean" | "median" | "log-variance" | "proportion";
}

/** A statistic of the experiment less that of the claim's second one. */
export type DifferencePrediction<G extends Grid, M extends string> =
  | (Difference<G, M> & Margin<G> & { readonly says: "differs-by"; readonly value: Value<G> })
  | (Difference<G, M> & Bound<G> & { readonly says: "differs-by-at-least" });

const WEIGHTS = [1, -1];

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const difference: Kind<DifferencePrediction<any, any>, DifferenceQuestion> = {
  statistic: "difference",
  says: { "differs-by": VALUE_WITHIN, "differs-by-at-least": AT_LEAST },
  averages: { mean: true, median: false, "log-variance": true, proportion: false },
  answeredBy: { from: "both-experiments" },
  // The known difference stands in the first of the two groups and 0 in the second: the judge subtracts them.
  known: (_prediction, { stated, predicted, group }) => (group === 1 ? 0 : (stated ?? predicted ?? Number.NaN)),
  question: ({ statistic }, asked) => ({ statistic: "difference", of: statistic, ...asked }),
  detail: ({ of }) => ({ of }),
  judge: differenceJudge,
  estimateShift: ({ of }, groups, shifts) =>
    of === "log-variance" ? logVarianceShift(groups, shifts) : contrastShift(WEIGHTS, of, groups, shifts),
  standardError: ({ of }, groups, finding) =>
    of === "log-variance" ? undefined : contrastError(WEIGHTS, of, groups, finding),
  answer: "value",
  words: "difference",
  chart: "values-apart",
  contrast: "difference",
  synthetic: syntheticDifference,
};
