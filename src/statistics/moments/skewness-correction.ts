import { JudgeError } from "../judges/judge.ts";
import { normalQuantile, studentQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";

/**
 * The level that a corrected quantile really works at is `alpha / LEVEL_ALLOWANCE`, so that what the expansion leaves out
 * does not cost the promise. True over promised level on the heavier side, by tilted sampling at 1e-2, 1e-3, 1e-5 and 1e-7,
 * n once and three times the smallest allowed: gamma laws of skewness 1/2 to 4 .32 to .88, logarithms of chi-squares of 1
 * and 8 degrees .23 to .75, uniform .68 to .81, Laplace .01 to .70. A fair coin, whose lattice no expansion sees: to 1.06 for
 * n of 50 and more, 1.5 at n = 18: lattices are outside the guarantee.
 */
const LEVEL_ALLOWANCE = 1.25;

/**
 * Multiplier w such that mean + w s / sqrt(n) and mean - w s / sqrt(n) each miss the true mean with probability at most
 * alpha, for n independent values whose law has |skewness| and excess kurtosis within `family`.
 *
 * A plain t interval is wrong by exp(|skewness| z^3 / (3 sqrt n)) on one side: 38 times nominal for ln|U|, n = 120,
 * alpha = 1e-5. The Cornish-Fisher inversion of the Edgeworth expansion of Student's statistic (P. Hall, The Bootstrap and
 * Edgeworth Expansion, 1992, section 2.6, q1 and q2) has the lower-tail quantile
 *
 *   w = t + g (2 z^2 + 1) / (6 sqrt n) + z [g^2 (10 z^2 - 5/2) / 36 - k (z^2 - 3) / 12] / n,
 *
 * with skewness g, excess kurtosis k, z the normal and t Student's quantile (which holds the term (z^3 + z) / (4 n)). The
 * declared bounds are put for g on both sides, and for k its least possible value g^2 - 2: no estimate of g enters, so
 * none can be wrong together with the mean, the interval is symmetric, and its width is known when it is planned. What it
 * costs against an exact interval is a relative z g / (3 sqrt n) of width on the side where skewness helps.
 *
 * Requires what `smallestCount` says, or throws JudgeError. Holds for laws whose higher cumulants are in proportion (as
 * for gamma laws, the extreme of Statulevicius's condition |k_r| <= (r - 1)! theta^(r - 2)); verified by tilted sampling.
 */
export function correctedQuantile(alpha: number, count: number, family: Family): number {
  requireCount("a corrected interval", alpha, count, family);
  const level = alpha / LEVEL_ALLOWANCE;
  const z = normalQuantile(level);
  const g = family.skewness;
  const first = (g * (2 * z * z + 1)) / 6;
  const second = z * ((g * g * (10 * z * z - 2.5)) / 36 - ((g * g - 2) * (z * z - 3)) / 12);
  return studentQuantile(level, count - 1) + first / Math.sqrt(count) + Math.max(0, second) / count;
}

/**
 * Least number of values for which a corrected quantile is guaranteed: z^2 (3 + skewness^2 / 2), where z^2 / n stays small
 * enough that the omitted terms of order n^(-3/2) change the level by less than the allowance. (At 1e-7 and fewer values,
 * true over nominal level was 1.6 for the uniform law at n = 30 and 1.4 for a gamma law of skewness 4 at n = 120.)
 */
export function smallestCount(alpha: number, family: Family): number {
  const z = normalQuantile(alpha / LEVEL_ALLOWANCE);
  return Math.max(2, Math.ceil(z * z * (3 + (family.skewness * family.skewness) / 2)));
}

export function requireCount(subject: string, alpha: number, count: number, family: Family): void {
  if (!(family.skewness >= 0 && Number.isFinite(family.skewness) && Number.isFinite(family.excessKurtosis))) {
    const found = `${family.skewness} and ${family.excessKurtosis}`;
    throw new JudgeError(`${subject} requires finite bounds on |skewness| and excess kurtosis, got ${found}`);
  }
  const needed = smallestCount(alpha, family);
  if (!(count >= needed)) {
    const law = `level ${alpha} and skewness up to ${family.skewness}`;
    throw new JudgeError(`${subject} requires at least ${needed} values at ${law}, got ${count}`);
  }
}
