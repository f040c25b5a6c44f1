import type { CoefficientOfVariationQuestion } from "../../statistics/judges/deviation/variation-judge.ts";
import { logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import { edgesFrom, knownOfFirst, lawOfFamily, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { located } from "../synthetic/values.ts";

export const syntheticCoefficientOfVariation: Synthetic<CoefficientOfVariationQuestion> = {
  knownTruth: knownOfFirst,
  edges: (question, side) => edgesFrom(question, side, [Number.MIN_VALUE, Number.POSITIVE_INFINITY]),
  needsSpread: () => false,
  law: lawOfFamily,
  draw: (_question, truth, { replicates, stream, law }) => [located(law, 1, truth, replicates[0]!, stream)],
  cases: [
    ...[gaussianLaw, logUniform].map((law) => caseOf(law)),
    {
      ...caseOf(gaussianLaw),
      ...{ family: { skewness: 0, excessKurtosis: 0, law: "normal" }, replicates: 12, part: 0.02 },
      label: "normal by declaration",
    },
  ],
};

function caseOf(law: StandardLaw): SyntheticCase<CoefficientOfVariationQuestion> {
  const known = [{ value: 0.2, spread: 0.2, counts: 1 }];
  // The lower bound is 0, which is finite, at any number of values: the fewest would say nothing.
  return { judge: "coefficient of variation", asks: {}, truth: 0.2, law, known, part: 0.1, replicates: 300 };
}
