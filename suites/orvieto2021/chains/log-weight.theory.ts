import type { Initialisation } from "../../../src/lab/networks/network.ts";
import { EULER_GAMMA, polygamma } from "../../../src/numerics/special-functions.ts";
import type { Family } from "../../../src/statistics/question.ts";

/** Cumulants of ln |w| of one weight. */
export interface LogWeight {
  readonly mean: number;
  readonly variance: number;
  readonly third: number;
  readonly fourth: number;
}

/**
 * Uniform on [-t, t]: ln |w| = ln t - Exp(1), so cumulants ln t - 1, 1, -2, 6. Gaussian of deviation s: ln |w| =
 * ln s + (ln chi^2_1) / 2, so ln s - (gamma + ln 2) / 2, pi^2 / 8, psi''(1/2) / 8, psi'''(1/2) / 16.
 * Width 1: fan-in is 1, so the variance of a weight is the gain.
 */
export function logWeight(init: Initialisation): LogWeight {
  switch (init.law) {
    case "uniform":
      return { mean: 0.5 * Math.log(3 * init.gain) - 1, variance: 1, third: -2, fourth: 6 };
    case "gaussian":
      return {
        mean: 0.5 * Math.log(init.gain) - (EULER_GAMMA + Math.LN2) / 2,
        variance: Math.PI ** 2 / 8,
        third: polygamma(2, 0.5) / 8,
        fourth: polygamma(3, 0.5) / 16,
      };
    default:
      throw new RangeError(`logWeight knows uniform and gaussian weights, got ${init.law}`);
  }
}

/** Bounds on skewness and excess kurtosis of a sum, or mean, over `depth` weights. */
export function familyOfProduct(weight: LogWeight, depth: number): Family {
  return {
    skewness: Math.abs(weight.third) / (weight.variance ** 1.5 * Math.sqrt(depth)),
    excessKurtosis: weight.fourth / (weight.variance ** 2 * depth),
  };
}
