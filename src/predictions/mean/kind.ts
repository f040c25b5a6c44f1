import { meanJudge } from "../../statistics/judges/mean-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { MeanQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticMean } from "./synthetic.ts";

export type MeanPrediction<G extends Grid, M extends string> = Equals<G, M, "mean"> | Bounded<G, M, "mean">;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const mean: Kind<MeanPrediction<any, any>, MeanQuestion> = {
  statistic: "mean",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { mean: true },
  answeredBy: { from: "cell" },
  question: (_prediction, asked, { range, horizon }) => ({
    statistic: "mean",
    ...asked,
    ...(range ? { range, horizon } : {}),
  }),
  detail: () => ({}),
  judge: meanJudge,
  estimateShift: (_question, groups, shifts) => contrastShift([1], "mean", groups, shifts),
  standardError: (_question, groups, finding) => contrastError([1], "mean", groups, finding),
  answer: "value",
  words: "mean",
  chart: "values",
  synthetic: syntheticMean,
};
