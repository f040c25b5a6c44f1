import type { ProportionQuestion } from "../../statistics/question.ts";
import { gaussianLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { bernoulli } from "../synthetic/values.ts";

export const syntheticProportion: Synthetic<ProportionQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, 1]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream }) => [bernoulli(truth, replicates[0]!, stream)],
  cases: [0.5, 1 / 32, 0.97].map(
    (p): SyntheticCase<ProportionQuestion> => ({
      judge: "proportion",
      asks: {},
      truth: p,
      law: gaussianLaw,
      label: `probability ${p}`,
      replicates: 200,
      known: [{ value: p, spread: Math.sqrt(p * (1 - p)), counts: 1 }],
      part: 0.3,
    }),
  ),
};
