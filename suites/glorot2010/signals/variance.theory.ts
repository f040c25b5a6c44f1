import type { Family } from "../../../src/statistics/question.ts";

/**
 * Spread of the mean over `layers` linear layers of n units of what a layer keeps of the squared norm, over its mean. A layer keeps
 * an average of n independent squares, each of a sum of uniform weights: excess kurtosis -1.2 times sum u^4 of the direction u,
 * so the variance is at most that of normal weights, 2 / n.
 */
export const ratioSpread = (width: number, layers: number): number => Math.sqrt(2 / (width * layers));

/** Bounds on skewness and excess kurtosis of the same: those of chi-squared with n times `layers` degrees of freedom, which normal weights have. */
export const ratioFamily = (width: number, layers: number): Family => ({
  skewness: Math.sqrt(8 / (width * layers)),
  excessKurtosis: 12 / (width * layers),
});

/** Factors of a unit's variance from n units to m with the variance 2 / (n + m) of normalised weights: forward n, backward m of them add. */
export const compromise = (from: number, to: number) => ({
  forward: (2 * from) / (from + to),
  backward: (2 * to) / (from + to),
});
