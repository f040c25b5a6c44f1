import type { HazardRatioQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { exponentialTimes } from "../synthetic/survival-times.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic } from "../synthetic/synthetic.ts";

export const syntheticHazardRatio: Synthetic<HazardRatioQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: ({ censored }, truth, { replicates, stream }) =>
    [truth, 1].map((hazard, g) => exponentialTimes(hazard, censored, replicates[g]!, stream)),
  cases: [
    {
      judge: "hazard ratio",
      asks: { censored: true },
      truth: 1.5,
      law: gaussianLaw,
      label: "exponential times, a third censored",
      known: [1.5, 1.5].map((value) => ({ value, spread: Math.sqrt(1.5), counts: 1 })),
      replicates: 200,
      part: 0.01,
    },
  ],
};
