import { pairedDifferenceJudge } from "../../statistics/judges/paired/paired-difference-judge.ts";
import { contrastShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { PairedDifferenceQuestion } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { AskedOf, Kind } from "../kind.ts";
import type { Bounded, Equals } from "../stated.ts";
import { syntheticPairedDifference } from "./synthetic.ts";

/** The mean of a measure less another of the same replicate; `expected` says what is known of that difference. */
export type PairedDifferencePrediction<G extends Grid, M extends string> = {
  readonly over: NoInfer<M>;
} & (Equals<G, M, "paired-difference"> | Bounded<G, M, "paired-difference">);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const pairedDifference: Kind<PairedDifferencePrediction<any, any>, PairedDifferenceQuestion> = {
  statistic: "paired-difference",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "paired-difference": true },
  answeredBy: { from: "cell" },
  columns: ({ of, over }) => [of, over],
  averaged: ({ of, over }) => [of, over],
  question: ({ of, over }, asked, { horizon, ranges }) => {
    if (of === over) throw new ClaimError(`${of} is compared with itself, another measure in \`over\` is required`);
    const range = rangeOfDifferences(ranges);
    return { statistic: "paired-difference", ...asked, ...(range ? { range, horizon } : {}) };
  },
  detail: () => ({}),
  judge: pairedDifferenceJudge,
  estimateShift: (_question, groups, [shift]) => {
    const each = groups[0]!.columns.map((column) => ({ columns: [column] }));
    return contrastShift([1, -1], "mean", each, [shift!, shift!]);
  },
  standardError: (_question, groups, finding) => contrastError([1], "mean", groups, finding),
  answer: "value",
  words: "mean difference of pairs",
  chart: "pairs",
  contrast: "difference",
  synthetic: syntheticPairedDifference,
};

/** Where both measures have a range: of values in [a, b] and [c, d], [a - d, b - c]. */
function rangeOfDifferences([of, over]: AskedOf["ranges"]): readonly [low: number, high: number] | undefined {
  return of && over && [of[0] - over[1], of[1] - over[0]];
}
