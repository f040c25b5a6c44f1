import type { QuantileQuestion } from "../../statistics/judges/quantile/quantile-judge.ts";
import { normalQuantile } from "../../statistics/quantiles.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesAnywhere, knownOfFirst, type Synthetic } from "../synthetic/synthetic.ts";
import { located, requiredSpread } from "../synthetic/values.ts";

/** Of normal values, whose quantiles are known; ranks are the same of every continuous law. */
export const syntheticQuantile: Synthetic<QuantileQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: () => gaussianLaw,
  draw: (question, truth, { replicates, stream }) => {
    const spread = requiredSpread(question, 0);
    const mean = truth - spread * normalQuantile(1 - question.part);
    return [located(gaussianLaw, mean, spread, replicates[0]!, stream)];
  },
  cases: [0.9, 0.25].map((part) => ({
    judge: "quantile",
    asks: { part },
    truth: 0.3,
    law: gaussianLaw,
    label: `Gaussian, part ${part}`,
    replicates: 120,
    part: 0.1,
  })),
};
