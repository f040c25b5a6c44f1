import { log } from "../../numerics/elementary.ts";
import { normalQuantile } from "../quantiles.ts";
import type { TwoBounds } from "./mean-at-variance.ts";

/** Values between `range` ends, in the order of their replicates. */
export interface BoundedValues {
  readonly values: Float64Array;
  readonly range: readonly [number, number];
  /** Replicates that the tier takes in the end: it tunes the bets, and must be the same at every look. */
  readonly horizon: number;
}

/**
 * Bounds for the mean of values within a range, by betting (I. Waudby-Smith and A. Ramdas, Estimating means of bounded random
 * variables by betting, JRSS B 86, 2024, section 4.2): P(some look's `low` is above the mean) <= alpha over all looks at
 * growing prefixes of one sequence, and the same of `high`; no law is assumed beyond the range, and values may depend on the past
 * as long as their conditional mean is the mean. Never outside the range.
 *
 * Proof: against a mean m the capital prod (1 + l_i (X_i - m)), bets 0 <= l_i < 1 / m known before X_i, is a nonnegative
 * martingale with start 1, so by Ville's inequality it ever reaches 1 / alpha with probability at most alpha. It falls in
 * m, so that the m where it has not are an interval.
 */
export function bettingBounds({ values, range, horizon }: BoundedValues, alpha: number): TwoBounds {
  const [from, to] = range;
  const unit = values.map((value) => (value - from) / (to - from));
  const budget = -log(alpha);
  const bets = plannedBets(unit, horizon, budget);
  const low = lowerBound(unit, bets, budget);
  const high =
    1 -
    lowerBound(
      unit.map((x) => 1 - x),
      bets,
      budget,
    );
  return { low: from + (to - from) * low, high: from + (to - from) * high };
}

/** The bets that would be best for the spread of the values before; a quarter stands in for the first. The same both ways. */
function plannedBets(unit: Float64Array, horizon: number, budget: number): Float64Array {
  const bets = new Float64Array(unit.length);
  let sum = 0.5;
  let square = 0.25;
  for (let i = 0; i < unit.length; i++) {
    bets[i] = Math.sqrt((2 * budget * (i + 1)) / (horizon * square));
    sum += unit[i]!;
    square += (unit[i]! - sum / (i + 2)) ** 2;
  }
  return bets;
}

/** No bet may lose more than this part of the capital: a bet of all is ruined by one zero. */
const BOLDEST = 0.95;

/** The least m at which the capital never reached e^budget; 40 halvings leave it low by 1e-12 of the range, the safe side. */
function lowerBound(unit: Float64Array, bets: Float64Array, budget: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (largestCapital(unit, bets, middle) >= budget) low = middle;
    else high = middle;
  }
  return low;
}

/** Logarithm of the most that the capital ever was. */
function largestCapital(unit: Float64Array, bets: Float64Array, mean: number): number {
  const most = BOLDEST / mean;
  let capital = 0;
  let largest = 0;
  for (let i = 0; i < unit.length; i++) {
    capital += log(1 + Math.min(bets[i]!, most) * (unit[i]! - mean));
    if (capital > largest) largest = capital;
  }
  return largest;
}

/**
 * Distance from the true mean within which such a bound lies with probability 1 - undecided, at the deviation `spread`: that of
 * the best fixed bet, and 2 budget / n of the range for the bets' learning and their ends, by which simulations stay within it.
 */
export function bettingReach(
  count: number,
  spread: number,
  [from, to]: readonly [number, number],
  alpha: number,
  undecided: number,
): number {
  const budget = -log(alpha);
  const limit = Math.sqrt(2 * budget) + normalQuantile(undecided);
  const reach = (limit * spread) / Math.sqrt(count) + ((to - from) * 2 * budget) / count;
  return reach < to - from ? reach : Number.POSITIVE_INFINITY;
}
