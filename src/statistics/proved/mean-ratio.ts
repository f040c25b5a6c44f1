import { RefusedSample } from "../judges/judge.ts";
import { moments } from "../moments/moments.ts";
import type { Family } from "../question.ts";
import { keptEdge } from "./kept-edge.ts";
import type { TwoBounds } from "./mean-at-variance.ts";
import { beyondKept } from "./mean-bounds.ts";
import { studentBounds } from "./student.ts";

/** Independent rows of a numerator and a denominator, of two means whose ratio is asked for. */
export interface RatioRows {
  readonly numerators: Float64Array;
  readonly denominators: Float64Array;
  /** Of the denominators' law. */
  readonly denominator: Family;
  /** Of the law of `numerator - ratio * denominator`. */
  readonly familyAt: (ratio: number) => Family;
}

/**
 * Bounds for the ratio of two means, by Fieller's theorem (E. C. Fieller, JRSS B 16, 1954): at the true ratio r the rows
 * `numerator - r denominator` have mean 0, so that the test of a mean of 0 errs on each side with probability at most `alpha`, for
 * every law of the family. Ratios are kept that it does not reject; they are an interval where the denominators' mean is told from
 * zero, and nothing is bounded where it is not. The ends are sought outward from the ratio of the sample means, as a regression's.
 *
 * Throws `RefusedSample` for a second mean below zero, and for rows that do not vary about their ratio.
 */
export function meanRatioBounds(
  { numerators, denominators, denominator, familyAt }: RatioRows,
  alpha: number,
): TwoBounds {
  const fromZero = beyond(denominators, denominator, alpha);
  if (!(fromZero.size > 0)) return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  if (fromZero.side === -1) {
    throw new RefusedSample("ratio of means requires a second mean above zero, got one that is below it");
  }
  const rowsAt = (ratio: number) => numerators.map((value, row) => value - ratio * denominators[row]!);
  /** Positive where a mean of 0 is rejected on the side. */
  const beyondAt = (ratio: number, side: 1 | -1): number => {
    const found = beyond(rowsAt(ratio), familyAt(ratio), alpha);
    return found.side === side ? found.size : -Math.abs(found.size);
  };
  const total = sumOf(denominators);
  const around = sumOf(numerators) / total;
  const error = Math.sqrt(sumOf(rowsAt(around).map((value) => value * value))) / total;
  if (!(error > 0)) throw new RefusedSample("ratio of means requires values that vary about their ratio, got none");
  return {
    low: keptEdge((ratio) => beyondAt(ratio, 1), around, -error),
    high: keptEdge((ratio) => beyondAt(ratio, -1), around, error),
  };
}

/** By how much a mean of 0 is rejected, negative where it is kept, and on which side. */
function beyond(values: Float64Array, family: Family, alpha: number): { readonly side: number; readonly size: number } {
  if (family.law !== "normal") return beyondKept(values, family, alpha);
  const found = moments(values);
  const { low, high } = studentBounds(found, alpha);
  return { side: Math.sign(found.mean), size: Math.max(low, -high) };
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
