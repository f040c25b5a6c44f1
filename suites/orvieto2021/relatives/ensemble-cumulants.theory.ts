import type { Family } from "../../../src/statistics/question.ts";
import type { LogRatio } from "../width/log-norm.theory.ts";

/** One replicate's law: its mean, its deviation over the mean's size, and what shape it has. */
export interface CumulantLaw {
  readonly mean: number;
  readonly spread: number;
  readonly family: Family;
}

/** Law of the mean of `size` independent sums, each of `layers` independent log ratios. */
export function meanOfEnsemble(ratio: LogRatio, layers: number, size: number): CumulantLaw {
  const sums = layers * size;
  return {
    mean: layers * ratio.mean,
    spread: Math.sqrt(ratio.variance / sums) / Math.abs(ratio.mean),
    family: {
      skewness: Math.abs(ratio.third) / (ratio.variance ** 1.5 * Math.sqrt(sums)),
      excessKurtosis: Math.abs(ratio.fourth) / (ratio.variance ** 2 * sums),
    },
  };
}

/**
 * Law of the unbiased variance of `size` such sums, by Fisher's cumulants of the second k-statistic (Kendall and Stuart, volume 1,
 * chapter 12) in standardised cumulants g3 and g4 of a sum. What holds cumulants beyond the fourth is left out: it falls with
 * the square of the number of layers.
 */
export function varianceOfEnsemble(ratio: LogRatio, layers: number, size: number): CumulantLaw {
  const squaredSkewness = ratio.third ** 2 / (ratio.variance ** 3 * layers);
  const excess = ratio.fourth / (ratio.variance ** 2 * layers);
  const freedom = size - 1;
  const second = 2 / freedom + excess / size;
  const third =
    8 / freedom ** 2 + (12 * excess) / (size * freedom) + (4 * (size - 2) * squaredSkewness) / (size * freedom ** 2);
  const fourth =
    48 / freedom ** 3 +
    (144 * excess) / (size * freedom ** 2) +
    (96 * (size - 2) * squaredSkewness) / (size * freedom ** 3);
  return {
    mean: layers * ratio.variance,
    spread: Math.sqrt(second),
    family: { skewness: third / second ** 1.5, excessKurtosis: fourth / second ** 2 },
  };
}
