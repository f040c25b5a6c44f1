import type { Family } from "../question.ts";
import { blockSize, blockVarianceBounds, blockVariances, expectedUpper, relativeVariance } from "./block-variance.ts";
import type { TwoBounds } from "./mean-at-variance.ts";
import { type SoftTerms, softRoot } from "./soft-sum.ts";

/**
 * Bounds for the first group's variance over the second's, each wrong with probability at most `alpha` for independent values of
 * any two laws within their families.
 *
 * Proof: at the true ratio r the differences D = Y - r Z of the groups' block variances, one block of each a row, have mean 0 and
 * variance v^2 (relative variance of Y + that of Z), v the first variance, because r times the second is v as well. A tenth of the level
 * bounds v from above, the rest is spent as for a mean, with steps from the rows before. sum psi(step (Y - r Z)) falls in r,
 * so that the ratios kept are an interval.
 */
export function varianceRatioBounds(
  groups: readonly [Float64Array, Float64Array],
  families: readonly [Family, Family],
  alpha: number,
): TwoBounds {
  const sizes = groups.map(({ length }) => length);
  const { blocks, relative, rows } = pairing(sizes, families, alpha);
  const [first, second] = groups.map((group, g) => blockVariances(group, blocks[g]!).subarray(0, rows));
  const { high } = blockVarianceBounds(groups[0], families[0].excessKurtosis, -Math.log(VARIANCE_SHARE * alpha));
  const budget = -Math.log((1 - VARIANCE_SHARE) * alpha);
  const steps = stepsFromBefore(first!, relative, budget);
  let allowed = budget;
  for (const step of steps) allowed += Math.log1p(0.5 * step * step * relative * high * high);
  if (!Number.isFinite(allowed)) return { low: 0, high: Number.POSITIVE_INFINITY };
  const terms: SoftTerms = {
    a: first!.map((value, i) => steps[i]! * value),
    b: second!.map((value, i) => steps[i]! * value),
  };
  return { low: Math.max(0, softRoot(terms, allowed)), high: softRoot(terms, -allowed) };
}

const VARIANCE_SHARE = 0.1;

interface Pairing {
  readonly blocks: readonly number[];
  readonly rows: number;
  /** Variance of Y - r Z over the squared first variance. */
  readonly relative: number;
}

/** As many rows as the smaller group has blocks; the larger one's blocks are longer. */
function pairing(sizes: readonly number[], families: readonly Family[], alpha: number): Pairing {
  const kurtosis = Math.max(...families.map(({ excessKurtosis }) => excessKurtosis));
  const least = Math.min(...sizes);
  const size = blockSize(least, kurtosis, -Math.log(alpha));
  const rows = Math.floor(least / size);
  const blocks = sizes.map((count) => Math.max(size, Math.floor(count / Math.max(1, rows))));
  const relative = blocks.reduce((sum, block, g) => sum + relativeVariance(block, families[g]!.excessKurtosis), 0);
  return { blocks, rows, relative };
}

/** The best step for the variance that the mean of the rows before stands for; the first four rows have none. */
function stepsFromBefore(first: Float64Array, relative: number, budget: number): Float64Array {
  const steps = new Float64Array(first.length);
  let sum = 0;
  for (let i = 0; i < first.length; i++) {
    if (i >= 4 && sum > 0) steps[i] = Math.sqrt((2 * budget) / (first.length * relative)) / (sum / i);
    sum += first[i]!;
  }
  return steps;
}

/** Half-width in the logarithm of the ratio, and the deviation of its estimate, to expect of groups of these sizes. */
export function expectedLogWidth(
  sizes: readonly number[],
  families: readonly [Family, Family],
  alpha: number,
): { readonly halfWidth: number; readonly deviation: number } {
  const { rows, relative } = pairing(sizes, families, alpha);
  const budget = -Math.log((1 - VARIANCE_SHARE) * alpha);
  const upper = expectedUpper(sizes[0]!, families[0].excessKurtosis, -Math.log(VARIANCE_SHARE * alpha));
  const deviation = Math.sqrt(relative / rows);
  const halfWidth = (Math.sqrt(budget / 2) * (1 + upper ** 2) * deviation) / Math.max(1e-9, 1 - budget / rows);
  if (!(rows > 2 * budget && halfWidth < 1)) return { halfWidth: Number.POSITIVE_INFINITY, deviation };
  return { halfWidth: -Math.log1p(-halfWidth), deviation };
}
