import { medianJudge } from "../../statistics/judges/median-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { MedianQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticMedian } from "./synthetic.ts";

export type MedianPrediction<G extends Grid, M extends string> = Equals<G, M, "median"> | Bounded<G, M, "median">;

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const median: Kind<MedianPrediction<any, any>, MedianQuestion> = {
  statistic: "median",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { median: false },
  answeredBy: { from: "cell" },
  question: (_prediction, asked) => ({ statistic: "median", ...asked }),
  detail: () => ({}),
  judge: medianJudge,
  estimateShift: (_question, groups, shifts) => contrastShift([1], "median", groups, shifts),
  standardError: (_question, groups, finding) => contrastError([1], "median", groups, finding),
  answer: "value",
  words: "median",
  chart: "values",
  synthetic: syntheticMedian,
};
