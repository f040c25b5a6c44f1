import type { VarianceQuestion } from "../../statistics/question.ts";
import { laplace, logNorm, logUniform, uniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { located } from "../synthetic/values.ts";

export const syntheticVariance: Synthetic<VarianceQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [0, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream, law }) => [located(law, 0, Math.sqrt(truth), replicates[0]!, stream)],
  cases: [
    ...[gaussianLaw, logNorm, logUniform, uniform].map((law) => caseOf(law, 0.3)),
    { ...caseOf(laplace, 0.05), tableOnly: true },
  ],
};

function caseOf(law: StandardLaw, part: number): SyntheticCase<VarianceQuestion> {
  return { judge: "variance", asks: {}, truth: 1, law, part };
}
