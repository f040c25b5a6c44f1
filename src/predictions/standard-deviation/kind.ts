import {
  type StandardDeviationQuestion,
  standardDeviationJudge,
} from "../../statistics/judges/deviation/standard-deviation-judge.ts";
import { deviationShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticStandardDeviation } from "./synthetic.ts";

export type StandardDeviationPrediction<G extends Grid, M extends string> =
  | Equals<G, M, "standard-deviation">
  | Bounded<G, M, "standard-deviation">;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const standardDeviation: Kind<StandardDeviationPrediction<any, any>, StandardDeviationQuestion> = {
  statistic: "standard-deviation",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "standard-deviation": true },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "standard-deviation", ...asked }),
  detail: () => ({}),
  judge: standardDeviationJudge,
  estimateShift: (_question, [group], [shift]) => deviationShift(group!, shift!)?.shift,
  standardError: noStandardError,
  answer: "value",
  words: "standard deviation",
  chart: "values-apart",
  synthetic: syntheticStandardDeviation,
};
