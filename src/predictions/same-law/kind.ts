import { sameLawJudge } from "../../statistics/judges/same-law-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { SameLawQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ZERO_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Margin, Of } from "../stated.ts";
import { syntheticSameLaw } from "./synthetic.ts";

/** The measure has the same law in the experiment as in the claim's second one. */
export interface SameLawPrediction<G extends Grid, M extends string> extends Of<G, M>, Margin<G> {
  readonly says: "has-same-law";
}

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const sameLaw: Kind<SameLawPrediction<any, any>, SameLawQuestion> = {
  statistic: "same-law",
  says: { "has-same-law": ZERO_WITHIN },
  averages: { "has-same-law": false },
  answeredBy: { from: "both-experiments" },
  question: (_prediction, asked) => ({ statistic: "same-law", ...asked }),
  detail: () => ({}),
  judge: sameLawJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "distance",
  words: "largest distance between the laws",
  chart: "values-apart",
  synthetic: syntheticSameLaw,
};
