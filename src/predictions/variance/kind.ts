import { varianceJudge } from "../../statistics/judges/variance-judge.ts";
import { varianceShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { VarianceQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticVariance } from "./synthetic.ts";

export type VariancePrediction<G extends Grid, M extends string> = Equals<G, M, "variance"> | Bounded<G, M, "variance">;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const variance: Kind<VariancePrediction<any, any>, VarianceQuestion> = {
  statistic: "variance",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { variance: true },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "variance", ...asked }),
  detail: () => ({}),
  judge: varianceJudge,
  estimateShift: varianceShift,
  standardError: noStandardError,
  answer: "value",
  words: "variance",
  chart: "spread",
  synthetic: syntheticVariance,
};
