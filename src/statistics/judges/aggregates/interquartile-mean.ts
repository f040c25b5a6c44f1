import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { normalQuantile } from "../../quantiles.ts";

/** Levels at which the quantile function is bounded; more follow it closer, and each takes a part of alpha. */
const LEVELS = 16;

/** Mean of the values without a quarter of them, rounded down, at either end; from values in ascending order. */
export function interquartileMean(sorted: Float64Array): number {
  const cut = Math.floor(sorted.length / 4);
  return sorted.subarray(cut, sorted.length - cut).reduce((sum, value) => sum + value / (sorted.length - 2 * cut), 0);
}

/**
 * Bounds for twice the integral of the quantile function over its middle half, each wrong with probability at most alpha, of independent
 * values, as many of each of several laws, whose mixture is meant; infinite where the values are too few.
 *
 * Proof: the values that are at most the mixture's quantile at u are a count of independent events of mean chance at least u, which
 * stays at a number up to u n - 1 with at most the chance of a binomial count (W. Hoeffding, Annals of Mathematical Statistics 27,
 * 1956, theorem 4): so an order statistic bounds the quantile. Between two levels the quantile function is at least its value at the
 * lower one. All levels hold together, with a part of alpha each. Above by symmetry.
 */
export function interquartileMeanBounds(sorted: Float64Array, alpha: number): TwoBounds {
  const turned = sorted.map((value) => -value).reverse();
  return { low: lowerBound(sorted, alpha), high: -lowerBound(turned, alpha) };
}

function lowerBound(sorted: Float64Array, alpha: number): number {
  let sum = 0;
  for (let step = 0; step < LEVELS; step++) {
    const rank = lowerRank(sorted.length, levelAt(step), alpha / LEVELS);
    sum += rank === 0 ? Number.NEGATIVE_INFINITY : sorted[rank - 1]! / LEVELS;
  }
  return sum;
}

function levelAt(step: number): number {
  return 0.25 + step / (2 * LEVELS);
}

/** Largest rank r, from 1, whose order statistic exceeds the quantile at u with probability at most alpha: P(Bin(n, u) <= r - 1); 0 for none. */
function lowerRank(n: number, u: number, alpha: number): number {
  let low = 0;
  let high = Math.max(0, Math.floor(u * n));
  while (low < high) {
    const rank = Math.ceil((low + high) / 2);
    if (binomialCdf(rank - 1, n, u) <= alpha) low = rank;
    else high = rank - 1;
  }
  return low;
}

/** Distance within which such a bound is expected, of a normal law of this deviation: the quantiles at its levels, further by both risks. */
export function interquartileMeanReach(n: number, spread: number, alpha: number, undecided: number): number {
  const deviates = normalQuantile(alpha / LEVELS) + normalQuantile(undecided);
  let sum = 0;
  for (let step = 0; step < LEVELS; step++) {
    const u = levelAt(step);
    const reached = u - deviates * Math.sqrt((u * (1 - u)) / n) - 1 / n;
    if (!(reached > 0)) return Number.POSITIVE_INFINITY;
    sum += normalQuantile(reached) / LEVELS;
  }
  return spread * sum;
}
