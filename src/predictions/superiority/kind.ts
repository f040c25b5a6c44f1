import { superiorityJudge } from "../../statistics/judges/wins/superiority-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { superiorityError } from "../../statistics/moments/standard-error.ts";
import type { SuperiorityQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { CHANCE_AT_LEAST, CHANCE_AT_MOST, CHANCE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Along, Bounded, Equals } from "../stated.ts";
import { syntheticSuperiority } from "./synthetic.ts";

/** The axis over whose values the chance is averaged, each counting alike: tasks, data sets. Without it each cell has its own. */
export interface OverStrata<G extends Grid> {
  readonly along?: Along<G>;
}

/** The chance that a replicate of the experiment exceeds one of the claim's second, a tie counting half. */
export type SuperiorityPrediction<G extends Grid, M extends string> = OverStrata<G> &
  (Equals<G, M, "superiority"> | Bounded<G, M, "superiority">);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const superiority: Kind<SuperiorityPrediction<any, any>, SuperiorityQuestion> = {
  statistic: "superiority",
  says: { equals: CHANCE_WITHIN, "at-most": CHANCE_AT_MOST, "at-least": CHANCE_AT_LEAST },
  averages: { superiority: false },
  answeredBy: { from: "both-experiments", over: ({ along }) => along },
  question: (_prediction, asked) => ({ statistic: "superiority", ...asked }),
  detail: () => ({}),
  judge: superiorityJudge,
  estimateShift: noEstimateShift,
  standardError: superiorityError,
  answer: "value",
  words: "chance to exceed the other arm",
  chart: "values-apart",
  synthetic: syntheticSuperiority,
};
