import { standardisedMomentJudge } from "../../statistics/judges/standardised-moment-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { StandardisedMomentQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Equals } from "../stated.ts";
import { syntheticMoment } from "./synthetic.ts";

export type StandardisedMomentPrediction<G extends Grid, M extends string> = Equals<
  G,
  M,
  "skewness" | "excess-kurtosis"
>;

const ORDERS = { skewness: 3, "excess-kurtosis": 4 } as const;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const standardisedMoment: Kind<StandardisedMomentPrediction<any, any>, StandardisedMomentQuestion> = {
  statistic: "standardised-moment",
  says: { equals: VALUE_WITHIN },
  averages: { skewness: true, "excess-kurtosis": true },
  answeredBy: { from: "cell" },
  question: ({ statistic }, asked) => ({ statistic: "standardised-moment", order: ORDERS[statistic], ...asked }),
  detail: ({ order }) => ({ order }),
  judge: standardisedMomentJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "standardised moment",
  chart: "values-apart",
  synthetic: syntheticMoment,
};
