import type { VarianceQuestion } from "../../statistics/question.ts";
import { laplace, logNorm, logUniform, uniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type Trial } from "../synthetic/synthetic.ts";
import { located } from "../synthetic/values.ts";

export const syntheticVariance: Synthetic<VarianceQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream, law }) => [located(law, 0, Math.sqrt(truth), replicates[0]!, stream)],
  trials: [
    ...[gaussianLaw, logNorm, logUniform, uniform].map((law) => trial(law, 0.3)),
    { ...trial(laplace, 0.05), tableOnly: true },
  ],
};

function trial(law: StandardLaw, part: number): Trial<VarianceQuestion> {
  return { judge: "variance", asks: {}, truth: 1, law, part };
}
