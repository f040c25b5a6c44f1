import { log } from "../../numerics/elementary.ts";
import { nextUniform } from "../../numerics/random.ts";
import { digamma, trigamma } from "../../numerics/special-functions.ts";
import { nextGamma } from "./gamma.ts";
import { bilateralGammaLaw, lightLaw, type StandardLaw } from "./standard-law.ts";

/** ln chi-square of k degrees of freedom, standardised: the logarithm of a squared Gaussian weight for k = 1. */
export function logChiSquareLaw(k: number): StandardLaw {
  const shape = k / 2;
  const centre = digamma(shape);
  const deviation = Math.sqrt(trigamma(shape));
  // Third and fourth cumulants of ln G are polygammas; central differences of the trigamma function give them to 1e-6.
  const step = 1e-3 * shape;
  const third = (trigamma(shape + step) - trigamma(shape - step)) / (2 * step);
  const fourth = (trigamma(shape + step) - 2 * trigamma(shape) + trigamma(shape - step)) / (step * step);
  return {
    name: `ln chi-square(${k})`,
    skewness: third / deviation ** 3,
    excessKurtosis: fourth / deviation ** 4,
    fill: (stream, out, from, to) => {
      for (let i = from; i < to; i++) out[i] = (log(nextGamma(stream, shape)) - centre) / deviation;
    },
  };
}

/** ln |U|, the logarithm of a uniform weight: as skewed as the claims' values become. */
export const logUniform: StandardLaw = { ...bilateralGammaLaw({ skewness: -2, excessKurtosis: 6 }), name: "ln |U|" };
/** Of four values: nothing but atoms. */
export const fourValues: StandardLaw = {
  name: "four values",
  skewness: 0,
  excessKurtosis: 1.64 - 3,
  // between the middle ones, where the law has no density
  middle: { median: 0, density: 0 },
  fill: (stream, out, from, to) => {
    for (let i = from; i < to; i++) out[i] = FOUR[Math.floor(4 * nextUniform(stream))]!;
  },
};
const FOUR = [-3, -1, 1, 3].map((value) => value / Math.sqrt(5));
/** ln of a squared Gaussian weight. */
export const logWeight = logChiSquareLaw(1);
/** ln of the squared norm of a layer's output at width 16. */
export const logNorm = logChiSquareLaw(16);
export const laplace: StandardLaw = { ...bilateralGammaLaw({ skewness: 0, excessKurtosis: 3 }), name: "Laplace" };
export const leaningRight: StandardLaw = bilateralGammaLaw({ skewness: 1, excessKurtosis: 4 });
export const uniform: StandardLaw = { ...lightLaw(-1.2), name: "uniform" };
