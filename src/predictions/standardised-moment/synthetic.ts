import type { StandardisedMomentQuestion } from "../../statistics/question.ts";
import {
  bilateralGammaLaw,
  gaussianLaw,
  lawWithin,
  lightLaw,
  quadraticLaw,
  type StandardLaw,
} from "../synthetic/standard-law.ts";
import { edgesAnywhere, knownOfFirst, type Synthetic, type SyntheticCase } from "../synthetic/synthetic.ts";
import { knownSpread, located } from "../synthetic/values.ts";

export const syntheticMoment: Synthetic<StandardisedMomentQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => false,
  law: lawOfMoment,
  draw: (question, _truth, { replicates, stream, law }) => [
    located(law, 0, knownSpread(question, 0) ?? 1, replicates[0]!, stream),
  ],
  cases: [
    ...[gaussianLaw, quadraticLaw(-0.5), quadraticLaw(-1)].map(
      (law): SyntheticCase<StandardisedMomentQuestion> => ({
        judge: "skewness",
        asks: { order: 3 },
        truth: law.skewness,
        law,
        part: 0.05,
        tableOnly: law.skewness !== 0,
      }),
    ),
    ...[gaussianLaw, quadraticLaw(0.7)].map(
      (law): SyntheticCase<StandardisedMomentQuestion> => ({
        judge: "excess kurtosis",
        asks: { order: 4 },
        truth: law.excessKurtosis,
        law,
        part: 0.02,
        tableOnly: law.skewness !== 0,
      }),
    ),
  ],
};

/**
 * The law has the moment, and so no other of the family is taken: skewness from the quadratic of a Gaussian up to its reach,
 * then a gamma; kurtosis from a symmetric law.
 */
function lawOfMoment({ order }: StandardisedMomentQuestion, truth: number): StandardLaw {
  if (order === 3) {
    const family = { skewness: Math.abs(truth), excessKurtosis: 1.5 * truth * truth };
    return lawWithin(family, { skew: truth < 0 ? -1 : 1, tails: "light" });
  }
  return truth < 0 ? lightLaw(truth) : bilateralGammaLaw({ skewness: 0, excessKurtosis: truth });
}
