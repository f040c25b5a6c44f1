import { pairedSuperiorityJudge } from "../../statistics/judges/wins/paired-superiority-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { PairedSuperiorityQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { CHANCE_AT_LEAST, CHANCE_AT_MOST, CHANCE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import type { OverStrata } from "../superiority/kind.ts";
import { syntheticPairedSuperiority } from "./synthetic.ts";

/** The chance that a measure exceeds another of the same replicate, a tie counting half: two methods on one seed. */
export type PairedSuperiorityPrediction<G extends Grid, M extends string> = OverStrata<G> & {
  readonly over: NoInfer<M>;
} & (Equals<G, M, "paired-superiority"> | Bounded<G, M, "paired-superiority">);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const pairedSuperiority: Kind<PairedSuperiorityPrediction<any, any>, PairedSuperiorityQuestion> = {
  statistic: "paired-superiority",
  says: { equals: CHANCE_WITHIN, "at-most": CHANCE_AT_MOST, "at-least": CHANCE_AT_LEAST },
  averages: { "paired-superiority": false },
  answeredBy: { from: "cell", over: ({ along }) => along },
  columns: ({ of, over }) => [of, over],
  question: ({ of, over }, asked) => {
    if (of === over) throw new ClaimError(`${of} is compared with itself, another measure in \`over\` is required`);
    return { statistic: "paired-superiority", ...asked };
  },
  detail: () => ({}),
  judge: pairedSuperiorityJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "chance to exceed the other measure",
  chart: "pairs",
  synthetic: syntheticPairedSuperiority,
};
