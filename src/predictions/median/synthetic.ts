import type { MedianQuestion } from "../../statistics/question.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import {
  edgesAnywhere,
  knownOfFirst,
  lawWithMedian,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { centred, located, requiredSpread } from "../synthetic/values.ts";

export const syntheticMedian: Synthetic<MedianQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawWithMedian,
  draw: (question, truth, { replicates, stream, law }) => [
    located(law, ...centred(law, truth, requiredSpread(question, 0)), replicates[0]!, stream),
  ],
  cases: [
    ...[gaussianLaw, logUniform].map(caseOf),
    { ...caseOf(logUniform), replicates: 401, part: 0.3, tableOnly: true },
  ],
};

function caseOf(law: StandardLaw): SyntheticCase<MedianQuestion> {
  return { judge: "median", asks: {}, truth: 0.3, law };
}
