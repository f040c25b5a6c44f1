import { logGamma } from "../../numerics/special-functions.ts";
import { type Bounds, JudgeError, RefusedSample } from "../judges/judge.ts";
import type { Part } from "../planning/contrast-planning.ts";
import { normalQuantile, normalUpperTail } from "../quantiles.ts";
import { rankSpread } from "../rank-spread.ts";
import { jointBudget, leastTotal, type Offers } from "./joint-bound.ts";

/** sqrt(pi / 2): standard error of a median times sqrt n over the spread that `Known` declares for medians. */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

/**
 * Bounds for sum_i weights[i] median_i of independent groups, each of ordered values: exact and distribution-free, ties and
 * infinite values included. The order-statistic bounds of all groups together, over the joint region of `jointBudget`:
 * the groups' levels are not fixed in advance, but every split that the region allows is covered.
 *
 * Throws `RefusedSample` for too few values a group, and `JudgeError` where the contrast of the sample medians is undefined.
 */
export function medianContrastBounds(
  subject: string,
  sorted: readonly Float64Array[],
  weights: readonly number[],
  alpha: number,
): Bounds {
  const used = weights.flatMap((weight, i) => (weight === 0 ? [] : [{ weight, values: sorted[i]! }]));
  const budget = jointBudget(alpha, used.length);
  const fewest = fewestFor(budget);
  for (const { values } of used) {
    if (values.length < fewest) {
      throw new RefusedSample(
        `${subject} requires at least ${fewest} values a group at level ${alpha}, got ${values.length}`,
      );
    }
  }
  const estimate = used.reduce((sum, { weight, values }) => sum + weight * middle(values), 0);
  if (Number.isNaN(estimate))
    throw new JudgeError(`${subject} requires medians that combine, got infinite ones of both signs`);
  const prices = used.map(({ values }) => rankPrices(values.length));
  const least = (sign: 1 | -1): number =>
    leastTotal(
      used.map(({ weight, values }, i) => offersOf(values, prices[i]!, sign * weight)),
      budget,
    );
  return { estimate, low: least(1), high: -least(-1), spread: sorted.map(rankSpread) };
}

/**
 * Distance from the truth within which such a bound lies with probability 1 - undecided; `Infinity` for too few values.
 * Each bound is one rank off the continuous one at worst: 2 / sqrt n of a standard error. A skewed law's quantiles curve
 * away from the median's tangent: by skewness / 6 of a normal deviate for a quadratic of a Gaussian, 1/5 for an exponential.
 */
export function medianContrastReach(
  parts: readonly Part[],
  skewness: number,
  alpha: number,
  undecided: number,
): number {
  const used = parts.filter(({ variance }) => variance !== 0);
  const fewest = Math.min(...used.map(({ count }) => count));
  const budget = jointBudget(alpha, used.length);
  if (!(fewest >= fewestFor(budget))) return Number.POSITIVE_INFINITY;
  const error = MEDIAN_ERROR * Math.sqrt(used.reduce((sum, { variance }) => sum + variance, 0));
  const deviate = Math.sqrt(budget) + normalQuantile(undecided) + 2 / Math.sqrt(fewest);
  const curvature = (skewness / 5) * ((MEDIAN_ERROR * deviate) / Math.sqrt(fewest));
  return error * deviate * (1 + curvature);
}

/** Values a group from which on the bounds are finite: the least value's p-value is 2^-n. */
function fewestFor(budget: number): number {
  return Math.floor(-Math.log2(normalUpperTail(Math.sqrt(budget)))) + 1;
}

function middle(sorted: Float64Array): number {
  const n = sorted.length;
  const [below, above] = [sorted[(n - 1) >> 1]!, sorted[n >> 1]!];
  return below === above ? below : (below + above) / 2;
}

/**
 * What weight * median may be: median >= x_(r) unless the count of values at most the median, a Bin(n, 1/2) or more, is
 * below r; the p-value of r is P(Bin(n, 1/2) <= r). Mirrored where the weight is negative.
 */
function offersOf(sorted: Float64Array, { first, prices }: RankPrices, weight: number): Offers {
  const n = sorted.length;
  const values = prices.map((_, i) => {
    const rank = first + i;
    if (rank === 0) return Number.NEGATIVE_INFINITY;
    const value = weight > 0 ? sorted[rank - 1]! : sorted[n - rank]!;
    return weight * value;
  });
  return { prices, values };
}

/** Below n / 2 - 6 sqrt n, twelve standard deviations, a rank has a p-value under e^-72 and is never reached. */
const REACH_IN_ROOTS = 6;

/** Of a rank's p-value: smaller ones cost the same. */
const SMALLEST_TAIL = 1e-30;

interface RankPrices {
  readonly first: number;
  readonly prices: Float64Array;
}

/** Squared deviates of P(Bin(n, 1/2) <= rank) for the ranks `first`, first + 1, ... up to the first with p >= 1/2, whose price is 0. */
function rankPrices(n: number): RankPrices {
  const first = Math.max(0, Math.floor(n / 2 - REACH_IN_ROOTS * Math.sqrt(n)));
  let mass = Math.exp(logGamma(n + 1) - logGamma(first + 1) - logGamma(n - first + 1) - n * Math.LN2);
  let tail = mass;
  const prices: number[] = [];
  for (let rank = first; tail < 0.5; rank++) {
    prices.push(normalQuantile(Math.max(tail, SMALLEST_TAIL)) ** 2);
    mass *= (n - rank) / (rank + 1);
    tail += mass;
  }
  prices.push(0);
  return { first, prices: Float64Array.from(prices) };
}
