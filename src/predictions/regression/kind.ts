import { regressionJudge } from "../../statistics/judges/regression-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { RegressionQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { SLOPE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Margin, Of, Value } from "../stated.ts";
import { syntheticRegression } from "./synthetic.ts";

/** One measure as a line in another, replicate by replicate. */
export interface RegressionPrediction<G extends Grid, M extends string> extends Of<G, M>, Margin<G> {
  readonly says: "follows";
  readonly on: NoInfer<M>;
  readonly slope: Value<G>;
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const regression: Kind<RegressionPrediction<any, any>, RegressionQuestion> = {
  statistic: "regression",
  says: { follows: SLOPE_WITHIN },
  averages: { follows: true },
  answeredBy: { from: "cell" },
  columns: ({ on, of }) => [on, of],
  question: (_prediction, asked) => ({ statistic: "regression", ...asked }),
  detail: () => ({}),
  judge: regressionJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "slope of the regression",
  chart: "scatter",
  synthetic: syntheticRegression,
};
