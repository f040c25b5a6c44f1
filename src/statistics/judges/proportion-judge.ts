import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { isInside, type Planned, planningBy } from "../planning/planning.ts";
import { betaQuantile } from "../quantiles.ts";
import type { ProportionQuestion } from "../question.ts";
import { type Bounds, type Group, type Judge, JudgeError, RefusedSample } from "./judge.ts";

/** Proportion of ones by Clopper and Pearson's bounds: never wrong more often than stated, for any n. */
export const proportionJudge: Judge<ProportionQuestion> = {
  guarantee: "independent replicates, each one with the same probability",
  bounds: proportionBounds,
  ...planningBy(1, missesOf),
};

function proportionBounds(groups: readonly Group[], _question: ProportionQuestion, alpha: number): Bounds {
  requireGroups("proportion", groups, 1);
  const values = finiteColumn("proportion", groups[0]!);
  if (values.length < 2) throw new RefusedSample(`proportion requires at least two values, got ${values.length}`);
  const estimate = countOnes(values) / values.length;
  return {
    estimate,
    ...clopperPearson(countOnes(values), values.length, alpha),
    spread: [Math.sqrt(estimate * (1 - estimate))],
  };
}

/**
 * One-sided bounds for a probability, each wrong with probability at most alpha (C. J. Clopper and E. S. Pearson,
 * Biometrika 26, 1934, 404-413). The upper one is 1 less the lower one for the zeros, so that no tail is 1 - alpha.
 */
export function clopperPearson(
  ones: number,
  count: number,
  alpha: number,
): { readonly low: number; readonly high: number } {
  return { low: clopperPearsonLow(ones, count, alpha), high: clopperPearsonHigh(ones, count, alpha) };
}

/** The lower of the two alone: one beta quantile. */
export function clopperPearsonLow(ones: number, count: number, alpha: number): number {
  return ones === 0 ? 0 : betaQuantile(alpha, ones, count - ones + 1);
}

/** The upper one alone. */
export function clopperPearsonHigh(ones: number, count: number, alpha: number): number {
  return 1 - clopperPearsonLow(count - ones, count, alpha);
}

function countOnes(values: Float64Array): number {
  let ones = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== 0 && value !== 1)
      throw new JudgeError(`proportion requires zeros and ones, got ${value} at replicate ${i}`);
    ones += value;
  }
  return ones;
}

/** Exact: the numbers of ones whose bounds decide, and the binomial chance of all others. */
function missesOf(_question: ProportionQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const n = counted[0]!;
  const p = known[0]!.value;
  if (n < 2) return 1;
  if (isInside(planned)) {
    const least = leastOnesAbove(region.low, n, levels.support);
    const most = n - leastOnesAbove(1 - region.high, n, levels.support);
    return least > most ? 1 : atMost(least - 1, n, p) + atMost(n - most - 1, n, 1 - p);
  }
  if (p > region.high) return atMost(leastOnesAbove(region.high, n, levels.refute) - 1, n, p);
  return atMost(leastOnesAbove(1 - region.low, n, levels.refute) - 1, n, 1 - p);
}

/** Least number of ones among n whose lower bound by Clopper and Pearson reaches q; n + 1 where none does. */
export function leastOnesAbove(q: number, n: number, alpha: number): number {
  if (q <= 0) return 0;
  if (q >= 1) return n + 1;
  let low = 0;
  let high = n + 1;
  while (high - low > 1) {
    const k = Math.floor((low + high) / 2);
    // P(Bin(n, q) >= k)
    if (binomialCdf(n - k, n, 1 - q) <= alpha) high = k;
    else low = k;
  }
  return high;
}

/** P(Bin(n, p) <= k), 0 for a negative k. */
export function atMost(k: number, n: number, p: number): number {
  return k < 0 ? 0 : binomialCdf(Math.min(k, n), n, p);
}
