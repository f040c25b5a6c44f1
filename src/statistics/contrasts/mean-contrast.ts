import type { Bounds } from "../judges/judge.ts";
import { requireFamily } from "../moments/declared-family.ts";
import type { Moments } from "../moments/moments.ts";
import { correctedQuantile, requireCount, smallestCount } from "../moments/skewness-correction.ts";
import type { Part } from "../planning/contrast-planning.ts";
import type { Family } from "../question.ts";

/**
 * Bounds for sum_i weights[i] mean_i of independent groups of unequal variances and sizes: Welch's t with Satterthwaite's
 * degrees of freedom and the skewness correction of the mean. Throws `JudgeError` for fewer values in any group than a
 * mean of its own would need.
 */
export function meanContrastBounds(
  subject: string,
  groups: readonly Moments[],
  weights: readonly number[],
  family: Family,
  alpha: number,
): Bounds {
  for (const group of groups) {
    requireCount(subject, alpha, group.count, family);
    requireFamily(subject, group, family);
  }
  const estimate = groups.reduce((sum, { mean }, i) => sum + weights[i]! * mean, 0);
  const parts = groups.map(({ count, variance }, i) => ({ count, variance: (weights[i]! ** 2 * variance) / count }));
  const halfWidth = Math.sqrt(totalVariance(parts)) * contrastQuantile(parts, family, alpha);
  return {
    estimate,
    low: estimate - halfWidth,
    high: estimate + halfWidth,
    spread: groups.map(({ variance }) => Math.sqrt(variance)),
  };
}

/**
 * Distance from the truth within which a bound of such a contrast lies with probability 1 - undecided; `Infinity` for
 * fewer values than the guarantee needs. A bound is estimate -+ quantile * standard error; its variance over the
 * estimate's is 1 + quantile * skewness + quantile^2 (kurtosis + 2) / 4n, both from the noise of the standard error.
 */
export function contrastReach(parts: readonly Part[], family: Family, alpha: number, undecided: number): number {
  const fewest = Math.max(smallestCount(alpha, family), smallestCount(undecided, family));
  if (parts.some(({ count }) => count < fewest)) return Number.POSITIVE_INFINITY;
  if (totalVariance(parts) === 0) return 0;
  const quantile = contrastQuantile(parts, family, alpha);
  const chance = contrastQuantile(parts, family, undecided);
  const { count, skewness } = equivalentMean(parts, family);
  const noise =
    1 + (quantile * skewness) / Math.sqrt(count) + (quantile ** 2 * (family.excessKurtosis + 2)) / (4 * count);
  return Math.sqrt(totalVariance(parts)) * (quantile + chance * Math.sqrt(noise));
}

/** `correctedQuantile` of the mean that has the contrast's degrees of freedom and third cumulant. */
function contrastQuantile(parts: readonly Part[], family: Family, alpha: number): number {
  // All values of each group equal: the bounds are the estimate, whatever the quantile.
  if (totalVariance(parts) === 0) return 0;
  const { count, skewness } = equivalentMean(parts, family);
  return correctedQuantile(alpha, count, { ...family, skewness });
}

/**
 * Satterthwaite (1946) gives the degrees of freedom (sum v_i)^2 / sum v_i^2 / (n_i - 1). Third cumulants of independent
 * parts add: the contrast's skewness is at most bound * sum v_i^(3/2) n_i^(-1/2) / (sum v_i)^(3/2), which by Cauchy and
 * Schwarz is at most bound / sqrt(degrees), so that the equivalent mean lies in the family and has values enough.
 */
function equivalentMean(parts: readonly Part[], family: Family): { count: number; skewness: number } {
  const total = totalVariance(parts);
  const degrees = total ** 2 / parts.reduce((sum, { count, variance }) => sum + variance ** 2 / (count - 1), 0);
  const count = degrees + 1;
  const third = parts.reduce((sum, part) => sum + part.variance ** 1.5 / Math.sqrt(part.count), 0) / total ** 1.5;
  return { count, skewness: family.skewness * Math.min(1, third * Math.sqrt(count)) };
}

function totalVariance(parts: readonly Part[]): number {
  return parts.reduce((sum, { variance }) => sum + variance, 0);
}
