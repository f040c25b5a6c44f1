import { pairedRatioJudge } from "../../statistics/judges/paired/paired-ratio-judge.ts";
import { ratioShift } from "../../statistics/moments/estimate-shift.ts";
import { contrastError } from "../../statistics/moments/standard-error.ts";
import type { PairedRatioQuestion } from "../../statistics/question.ts";
import { cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import { type Bounded, type Equals, evaluate } from "../stated.ts";
import { syntheticPairedRatio } from "./synthetic.ts";

/**
 * The mean of a measure over that of another of the same replicate. `expected` says what is known of the first less the ratio times the
 * second, in units of the second's mean; `expected.against.spread` is the second's own deviation over its mean.
 */
export type PairedRatioPrediction<G extends Grid, M extends string> = {
  readonly over: NoInfer<M>;
} & (Equals<G, M, "paired-ratio-of-means"> | Bounded<G, M, "paired-ratio-of-means">);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const pairedRatio: Kind<PairedRatioPrediction<any, any>, PairedRatioQuestion> = {
  statistic: "paired-ratio",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "paired-ratio-of-means": true },
  answeredBy: { from: "cell" },
  columns: ({ of, over }) => [of, over],
  averaged: ({ of, over }) => [of, over],
  question: ({ of, over, expected }, asked, { cells }) => {
    if (of === over) throw new ClaimError(`${of} is compared with itself, another measure in \`over\` is required`);
    const cell = cells[0]!;
    if (asked.families?.some(({ deviation }) => deviation !== undefined)) {
      throw new ClaimError(
        `the paired-ratio-of-means of ${of} at ${cellLabel(cell)} requires \`expected\` without \`deviation\`, which bounds ${of} less r times ${over} at no other ratio r`,
      );
    }
    const spread = expected?.against?.spread;
    return {
      statistic: "paired-ratio",
      ...asked,
      ...(spread === undefined ? {} : { overSpread: evaluate(spread, cell, "known spread of the second measure") }),
    };
  },
  detail: () => ({}),
  judge: pairedRatioJudge,
  estimateShift: (_question, groups, [shift]) => {
    const each = groups[0]!.columns.map((column) => ({ columns: [column] }));
    return ratioShift("mean", each, [shift!, shift!]);
  },
  standardError: (_question, groups, finding) => contrastError([1], "mean", groups, finding),
  answer: "value",
  words: "ratio of the means of pairs",
  chart: "pairs",
  contrast: "ratio",
  synthetic: syntheticPairedRatio,
};
