import { exp } from "../../numerics/elementary.ts";
import { proportionsApart } from "../../statistics/contrasts/proportion-difference.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { DifferenceQuestion, Known } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import {
  type Drawn,
  edgesAnywhere,
  edgesFrom,
  lawOfFamily,
  lawWithMedian,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { bernoulli, centred, knownSpread, located, requiredSpread } from "../synthetic/values.ts";

export const syntheticDifference: Synthetic<DifferenceQuestion> = {
  knownTruth: ({ known }) => (known?.[0]?.value ?? Number.NaN) - (known?.[1]?.value ?? Number.NaN),
  edges: (question, side) =>
    question.of === "proportion" ? edgesFrom(question, side, [-1, 1]) : edgesAnywhere(question, side),
  needsSpread: ({ of }) => of !== "proportion",
  law: (question, truth, lean) => (question.of === "median" ? lawWithMedian : lawOfFamily)(question, truth, lean),
  draw: (question, truth, drawn) => [0, 1].map((index) => half(question, truth, index, drawn)),
  cases: [
    ...[gaussianLaw, logUniform].map(
      (law): SyntheticCase<DifferenceQuestion> => ({
        judge: "difference of means",
        asks: { of: "mean" },
        truth: 0.5,
        law,
        known: halfAway(1, 2),
        part: 0.5,
      }),
    ),
    {
      judge: "difference of medians",
      asks: { of: "median" },
      truth: 0.5,
      law: logUniform,
      known: halfAway(1, 2),
      replicates: 200,
      part: 0.02,
    },
    ...[gaussianLaw, logUniform].map(
      (law): SyntheticCase<DifferenceQuestion> => ({
        judge: "difference of log-variances",
        asks: { of: "log-variance" },
        truth: 0.5,
        law,
        known: halfAway(1, 1),
        part: 0.3,
      }),
    ),
    {
      judge: "difference of proportions",
      asks: { of: "proportion" },
      truth: 0.1,
      law: gaussianLaw,
      label: "probabilities .35 and .25",
      known: [0.35, 0.25].map((value) => ({ value, spread: Math.sqrt(0.21), counts: 1 })),
      replicates: 300,
      part: 0.02,
    },
  ],
};

function halfAway(...spreads: readonly number[]): readonly Known[] {
  return spreads.map((spread, i) => ({ value: i === 0 ? 0.5 : 0, spread, counts: 1 }));
}

/** The difference is split evenly over both groups. */
function half(question: DifferenceQuestion, truth: number, index: number, { replicates, stream, law }: Drawn): Group {
  const n = replicates[index]!;
  if (question.of === "proportion") {
    const spreads = [0, 1].map((group) => knownSpread(question, group));
    return bernoulli(proportionsApart(truth, spreads)[index]!, n, stream);
  }
  const part = index === 0 ? truth / 2 : -truth / 2;
  const spread = requiredSpread(question, index);
  switch (question.of) {
    case "mean":
      return located(law, part, spread, n, stream);
    case "median":
      return located(law, ...centred(law, part, spread), n, stream);
    case "log-variance":
      return located(law, 0, spread * exp(part / 2), n, stream);
  }
}
