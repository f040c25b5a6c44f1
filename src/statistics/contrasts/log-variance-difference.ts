import type { Bounds } from "../judges/judge.ts";
import { JudgeError } from "../judges/judge.ts";
import { requireFamily } from "../moments/declared-family.ts";
import { influenceWithin } from "../moments/influence.ts";
import type { Moments } from "../moments/moments.ts";
import type { Part } from "../planning/contrast-planning.ts";
import { normalQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";

/**
 * Bound on sqrt(n) times the skewness of a log-variance standardised by the declared kurtosis K: the skewness of
 * (x - mean)^2 less 3 sqrt(K + 2). It is -sqrt 2 for Gaussian values, -0.1 for Laplace, 2.1 for exponential ones, 2.6 for
 * gammas of skewness 4; sqrt 8, that of a squared Gaussian itself, covers them, and the gamma law of the family those
 * beyond. (Standardised by the sample's own kurtosis it would be 6.4 for exponential values: the error of a variance and
 * of its standard error go together.)
 */
function logVarianceSkewness(family: Family): number {
  const squared = influenceWithin(2, family);
  return Math.max(Math.sqrt(8), squared.skewness - 3 * squared.deviation);
}

/** The level worked at is alpha over this, for the terms left out; as for means. */
const LEVEL_ALLOWANCE = 1.25;

/**
 * Bounds for ln variance of the first group less that of the second: standard errors sqrt((K + 2) / n) from the declared
 * excess kurtosis K, Cornish-Fisher term of the declared skewness, and the bias -(K + 2) / 2n of a logarithm.
 * Throws `JudgeError` for fewer than `fewestForLogVariance` values and for values that are all equal.
 */
export function logVarianceDifferenceBounds(groups: readonly Moments[], family: Family, alpha: number): Bounds {
  const fewest = fewestForLogVariance(alpha, family);
  for (const { count, variance } of groups) {
    if (count < fewest) {
      throw new JudgeError(`difference of log-variances requires at least ${fewest} values a group, got ${count}`);
    }
    if (!(variance > 0))
      throw new JudgeError(`difference of log-variances requires values that vary, got variance ${variance}`);
  }
  for (const group of groups) requireFamily("difference of log-variances", group, family);
  const [first, second] = groups as readonly [Moments, Moments];
  const estimate = Math.log(first.variance) - Math.log(second.variance);
  const halfWidth = logVarianceHalfWidth(
    groups.map(({ count }) => count),
    family,
    alpha,
  );
  return {
    estimate,
    low: estimate - halfWidth,
    high: estimate + halfWidth,
    spread: groups.map(({ variance }) => Math.sqrt(variance)),
  };
}

/** z^2 (3 + 4 (K + 2)): verified there for Gaussian, exponential and Laplace values; fewer were not tried. */
function fewestForLogVariance(alpha: number, { excessKurtosis }: Family): number {
  const z = normalQuantile(alpha / LEVEL_ALLOWANCE);
  return Math.ceil(z * z * (3 + 4 * (Math.max(0, excessKurtosis) + 2)));
}

/** Distance from the truth within which such a bound lies with probability 1 - undecided; the width itself has no noise. */
export function logVarianceReach(counts: readonly number[], family: Family, alpha: number, undecided: number): number {
  if (counts.some((count) => count < fewestForLogVariance(alpha, family))) return Number.POSITIVE_INFINITY;
  return logVarianceHalfWidth(counts, family, alpha) + logVarianceHalfWidth(counts, family, undecided);
}

function logVarianceHalfWidth(counts: readonly number[], family: Family, alpha: number): number {
  const { excessKurtosis } = family;
  const parts: readonly Part[] = counts.map((count) => ({
    count,
    variance: (Math.max(0, excessKurtosis) + 2) / count,
  }));
  const total = parts.reduce((sum, { variance }) => sum + variance, 0);
  const third = parts.reduce((sum, { count, variance }) => sum + variance ** 1.5 / Math.sqrt(count), 0) / total ** 1.5;
  const z = normalQuantile(alpha / LEVEL_ALLOWANCE);
  const quantile = z + (logVarianceSkewness(family) * third * Math.max(0, z * z - 1)) / 6;
  const bias = Math.max(...parts.map(({ variance }) => variance)) / 2;
  return Math.sqrt(total) * quantile + bias;
}
