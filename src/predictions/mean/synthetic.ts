import type { MeanQuestion } from "../../statistics/question.ts";
import { laplace, leaningRight, logUniform, logWeight, uniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, quadraticLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import {
  edgesAnywhere,
  knownOfFirst,
  lawOfFamily,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { located, requiredSpread } from "../synthetic/values.ts";

export const syntheticMean: Synthetic<MeanQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawOfFamily,
  draw: (question, truth, { replicates, stream, law }) => [
    located(law, truth, requiredSpread(question, 0), replicates[0]!, stream),
  ],
  cases: [
    ...[gaussianLaw, logWeight, logUniform].map((law) => caseOf(law)),
    ...[quadraticLaw(1), leaningRight, laplace, uniform].map((law) => ({
      ...caseOf(law),
      part: 0.3,
      tableOnly: law === leaningRight,
    })),
    { ...caseOf(logUniform), replicates: 2000, part: 0.1, tableOnly: true },
  ],
};

function caseOf(law: StandardLaw): SyntheticCase<MeanQuestion> {
  return { judge: "mean", asks: {}, truth: 0.3, law };
}
