import { nextUniform } from "../../numerics/random.ts";
import type { Group } from "../../statistics/judges/judge.ts";
import type { Family, RegressionQuestion } from "../../statistics/question.ts";
import { laplace, logUniform } from "../synthetic/example-laws.ts";
import { gaussianLaw, type StandardLaw } from "../synthetic/standard-law.ts";
import {
  type Drawn,
  edgesAnywhere,
  knownOfFirst,
  lawOfFamily,
  type Synthetic,
  type SyntheticCase,
} from "../synthetic/synthetic.ts";
import { requiredSpread } from "../synthetic/values.ts";

export const syntheticRegression: Synthetic<RegressionQuestion> = {
  knownTruth: knownOfFirst,
  edges: edgesAnywhere,
  needsSpread: () => true,
  law: lawOfFamily,
  draw: (question, truth, drawn) => [pairs(truth, requiredSpread(question, 0), drawn)],
  cases: [gaussianLaw, logUniform, laplace].map(
    (law): SyntheticCase<RegressionQuestion> => ({
      judge: "regression",
      asks: {},
      truth: -1,
      law,
      family: blockFamily(law),
      part: 0.05,
    }),
  ),
};

/** Of a block's score: no more than a heavy score's own, and 0.5 (by simulation) where a score's is 0. */
function blockFamily({ skewness, excessKurtosis }: StandardLaw): Family {
  return { skewness: Math.abs(skewness), excessKurtosis: Math.max(1, excessKurtosis) };
}

/** The regressor's size is uniform between these, which gives it variance 1: a^2 + a b + b^2 = 3. */
const LEAST_REGRESSOR = 0.5;
const LARGEST_REGRESSOR = (Math.sqrt(3 * (4 - LEAST_REGRESSOR ** 2)) - LEAST_REGRESSOR) / 2;

/**
 * The judge's family is that of the score, regressor times residual: so the score is drawn from it, and divided by the
 * regressor, of random sign and size, it is a residual that is skewed and heteroscedastic and has mean 0 given the regressor.
 */
function pairs(slope: number, spread: number, { replicates, stream, law }: Drawn): Group {
  const n = replicates[0]!;
  const regressor = new Float64Array(n);
  const response = new Float64Array(n);
  law.fill(stream, response, 0, n);
  for (let i = 0; i < n; i++) {
    const size = LEAST_REGRESSOR + (LARGEST_REGRESSOR - LEAST_REGRESSOR) * nextUniform(stream);
    const x = nextUniform(stream) < 0.5 ? -size : size;
    regressor[i] = x;
    response[i] = slope * x + (spread * response[i]!) / x;
  }
  return { columns: [regressor, response] };
}
