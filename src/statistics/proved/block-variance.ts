import { log } from "../../numerics/elementary.ts";
import type { TwoBounds } from "./mean-at-variance.ts";
import { type SoftTerms, softened, softRoot } from "./soft-sum.ts";

/**
 * Bounds for the variance of independent values of one law whose excess kurtosis is at most `excessKurtosis`, each wrong
 * with probability at most e^-budget, at every n and for every such law.
 *
 * Proof: the unbiased variances Y of blocks of b values have mean v and variance v^2 (K / b + 2 / (b - 1)) at most, so that
 * Y / v - 1 has mean 0 and a variance that is known but for K: `mean-at-variance.ts` applies to it with one fixed step, and
 * the v that are kept are an interval, because psi(step (1 - Y / v)) falls in 1 / v. No mean is estimated across blocks.
 */
export function blockVarianceBounds(values: Float64Array, excessKurtosis: number, budget: number): TwoBounds {
  const size = blockSize(values.length, excessKurtosis, budget);
  return varianceBoundsOfBlocks(blockVariances(values, size), relativeVariance(size, excessKurtosis), budget);
}

/** The same from blocks at hand, whose relative variance is at most `relative`. */
function varianceBoundsOfBlocks(blocks: Float64Array, relative: number, budget: number): TwoBounds {
  const step = Math.sqrt((2 * budget) / (blocks.length * relative));
  const allowed = budget + blocks.length * log(1 + 0.5 * step * step * relative);
  const terms: SoftTerms = { a: new Float64Array(blocks.length).fill(step), b: blocks.map((block) => step * block) };
  const atInfinity = blocks.length * softened(step);
  // In u = 1 / v: u = 0 is an infinite variance.
  const high = atInfinity > allowed ? 1 / softRoot(terms, allowed) : Number.POSITIVE_INFINITY;
  const low = 1 / softRoot(terms, -allowed);
  return { low: Number.isNaN(low) ? 0 : low, high: Number.isNaN(high) ? 0 : high };
}

/** Variance of a block's unbiased variance over the squared variance: K / b + 2 / (b - 1), exactly, at kurtosis K. */
export function relativeVariance(size: number, excessKurtosis: number): number {
  return Math.max(0, excessKurtosis) / size + 2 / (size - 1);
}

/**
 * Values a block: large blocks estimate their means at less cost (2 b / (b - 1) instead of 2), many of them leave room for the
 * tail of a few (1 - 2 budget / blocks). The size that makes the product smallest; fixed by n, so that no data choose it.
 */
export function blockSize(count: number, excessKurtosis: number, budget: number): number {
  let best = 2;
  let least = Number.POSITIVE_INFINITY;
  for (const size of SIZES) {
    const room = 1 - (2 * budget) / Math.floor(count / size);
    const width = (size * relativeVariance(size, excessKurtosis)) / room;
    if (room > 0 && width < least) [best, least] = [size, width];
  }
  return best;
}

const SIZES = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32];

/** Unbiased variances of consecutive blocks of `size` values; what is left over at the end is not used. */
export function blockVariances(values: Float64Array, size: number): Float64Array {
  const variances = new Float64Array(Math.floor(values.length / size));
  for (let block = 0; block < variances.length; block++) {
    const from = block * size;
    let mean = 0;
    for (let i = from; i < from + size; i++) mean += values[i]! / size;
    let square = 0;
    for (let i = from; i < from + size; i++) square += (values[i]! - mean) ** 2;
    variances[block] = square / (size - 1);
  }
  return variances;
}

/** Half-width of such bounds over the variance, to expect at so many values; Infinity where none is. */
export function relativeHalfWidth(count: number, excessKurtosis: number, budget: number): number {
  const size = blockSize(count, excessKurtosis, budget);
  const room = 1 - (2 * budget) / Math.floor(count / size);
  return room > 0
    ? Math.sqrt((2 * budget * size * relativeVariance(size, excessKurtosis)) / (count * room))
    : Number.POSITIVE_INFINITY;
}

/** Upper bound over the variance, to expect at so many values: less far than the half-width, as blocks are never negative. */
export function expectedUpper(count: number, excessKurtosis: number, budget: number): number {
  const size = blockSize(count, excessKurtosis, budget);
  const width = Math.sqrt((2 * budget * size * relativeVariance(size, excessKurtosis)) / count);
  return width < 1 ? 1 / (1 - width) : Number.POSITIVE_INFINITY;
}
