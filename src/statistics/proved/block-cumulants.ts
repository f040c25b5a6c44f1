import { heavinessOf, influenceWithin } from "../moments/influence.ts";
import type { Family } from "../question.ts";
import { blockVarianceBounds, expectedUpper, relativeHalfWidth } from "./block-variance.ts";
import { halfWidthAtPredictable, meanAtVariance, predictableSteps, type TwoBounds } from "./mean-at-variance.ts";

/**
 * Bounds for the skewness (order 3) or excess kurtosis (order 4) of independent values whose standardised cumulants are no
 * larger than those of the family's heaviest gamma law, |k_r| <= (r - 1)! theta^(r - 2) for r up to 6 (or 8).
 *
 * Proof: Fisher's k-statistics of blocks are unbiased for the cumulant, and their variance is a sum of products of cumulants (M.
 * Kendall and A. Stuart, The Advanced Theory of Statistics I, section 12.16), so bounded by the family relative to a power of the
 * variance. A tenth of the level goes to each bound on the variance, eight tenths to the mean of the k-statistics.
 */
export function standardisedCumulantBounds(
  order: 3 | 4,
  values: Float64Array,
  family: Family,
  alpha: number,
): TwoBounds {
  const share = -Math.log(VARIANCE_SHARE * alpha);
  const variance = blockVarianceBounds(values, family.excessKurtosis, share);
  const budget = -Math.log((1 - 2 * VARIANCE_SHARE) * alpha);
  const size = cumulantBlock(order, values.length, family, budget);
  const statistics = blockCumulants(order, values, size);
  const spread = relativeCumulantVariance(order, size, family) * variance.high ** order;
  const { low, high } = meanAtVariance(statistics, predictableSteps(statistics, budget), spread, budget);
  const scaled = (bound: number, divisor: number): number => (bound === 0 ? 0 : bound / divisor ** (order / 2));
  return {
    low: scaled(low, low < 0 ? variance.low : variance.high),
    high: scaled(high, high > 0 ? variance.low : variance.high),
  };
}

const VARIANCE_SHARE = 0.1;
const SIZES = [8, 12, 16, 24, 32, 48, 64, 96, 128] as const;

function cumulantBlock(order: 3 | 4, count: number, family: Family, budget: number): number {
  let best: number = SIZES[0];
  let least = Number.POSITIVE_INFINITY;
  for (const size of SIZES) {
    const room = 1 - (2 * budget) / Math.floor(count / size);
    const width = (size * relativeCumulantVariance(order, size, family)) / room;
    if (room > 0 && width < least) [best, least] = [size, width];
  }
  return best;
}

/** The k-statistics k3 or k4 of consecutive blocks: unbiased for the third or fourth cumulant. */
export function blockCumulants(order: 3 | 4, values: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: Math.floor(values.length / size) }, (_, block) =>
    order === 3 ? thirdOf(values, block * size, size) : fourthOf(values, block * size, size),
  );
}

function powerSums(values: Float64Array, from: number, n: number): readonly [number, number, number] {
  let mean = 0;
  for (let i = from; i < from + n; i++) mean += values[i]! / n;
  let [second, third, fourth] = [0, 0, 0];
  for (let i = from; i < from + n; i++) {
    const deviation = values[i]! - mean;
    const square = deviation * deviation;
    second += square;
    third += square * deviation;
    fourth += square * square;
  }
  return [second, third, fourth];
}

function thirdOf(values: Float64Array, from: number, n: number): number {
  const [, third] = powerSums(values, from, n);
  return (n * third) / ((n - 1) * (n - 2));
}

function fourthOf(values: Float64Array, from: number, n: number): number {
  const [second, , fourth] = powerSums(values, from, n);
  return (n * (n + 1) * fourth - 3 * (n - 1) * second * second) / ((n - 1) * (n - 2) * (n - 3));
}

/** Largest variance in the family of a block's k-statistic, over the variance to the power of the order. */
export function relativeCumulantVariance(order: 3 | 4, n: number, family: Family): number {
  const theta = heavinessOf(family);
  const [third, fourth] = [family.skewness, Math.max(0, family.excessKurtosis)];
  const sixth = 120 * theta ** 4;
  if (order === 3) return sixth / n + (9 * (fourth + third ** 2)) / (n - 1) + (6 * n) / ((n - 1) * (n - 2));
  const fifth = 24 * theta ** 3;
  const eighth = 5040 * theta ** 6;
  return (
    eighth / n +
    (16 * sixth + 48 * fifth * third + 34 * fourth ** 2) / (n - 1) +
    (72 * n * (fourth + 2 * third ** 2)) / ((n - 1) * (n - 2)) +
    (24 * n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3))
  );
}

/**
 * Half-width to expect around a standardised cumulant `value`, and the deviation of a bound, of its centre and of its width with the bounds on
 * the variance. `skewness`: of a sample's kurtosis, which comes out far too large sooner than too small; a sample's skewness is nearly even.
 */
export function expectedCumulantWidth(
  order: 3 | 4,
  count: number,
  value: number,
  family: Family,
  alpha: number,
): { readonly halfWidth: number; readonly deviation: number; readonly skewness: number } {
  const share = -Math.log(VARIANCE_SHARE * alpha);
  const upper = expectedUpper(count, family.excessKurtosis, share);
  const lower = 1 + relativeHalfWidth(count, family.excessKurtosis, share);
  const budget = -Math.log((1 - 2 * VARIANCE_SHARE) * alpha);
  const size = cumulantBlock(order, count, family, budget);
  const rows = Math.floor(count / size);
  const spread = relativeCumulantVariance(order, size, family);
  const width = halfWidthAtPredictable(rows, spread, spread * upper ** order, budget);
  const grown = lower ** (order / 2);
  const bound = grown * (Math.abs(value) + width);
  const ofVariance = (order / 2) * Math.sqrt((Math.max(0, family.excessKurtosis) + 2) / count);
  return {
    halfWidth: bound - Math.abs(value),
    deviation: Math.hypot(grown * Math.sqrt(spread / rows), bound * ofVariance),
    skewness: order === 3 ? 0 : influenceWithin(order, family).skewness / Math.sqrt(count),
  };
}
