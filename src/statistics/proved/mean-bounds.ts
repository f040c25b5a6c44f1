import { JudgeError } from "../judges/judge.ts";
import { moments } from "../moments/moments.ts";
import { normalQuantile, studentQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";
import { blockVarianceBounds, expectedUpper } from "./block-variance.ts";
import {
  allowedSum,
  constantSteps,
  halfWidthAtConstant,
  halfWidthAtPredictable,
  meanAtVariance,
  predictableSteps,
  productOf,
  type TwoBounds,
} from "./mean-at-variance.ts";
import { softSum } from "./soft-sum.ts";
import { studentBounds } from "./student.ts";

/**
 * Bounds for the mean of independent values of one law in the family, each wrong with probability at most `alpha`.
 *
 * The strongest thing declared decides how, before any data: a normal law gives Student's bounds, exact from two values on; a
 * deviation known from theory gives `meanAtVariance` with it; else a part of the level bounds the variance from above under
 * the declared kurtosis, and `meanAtVariance` uses that bound: P(either errs) is at most the sum. Infinite where the values are
 * too few. The skewness enters nowhere.
 */
export function meanBounds(values: Float64Array, family: Family, alpha: number): TwoBounds {
  if (family.law === "normal") return studentBounds(moments(values), alpha);
  const { steps, variance, budget } = knowledgeOf(values, family, alpha);
  return meanAtVariance(values, steps, variance, budget);
}

/** By how much the sum at 0 is beyond what a mean of 0 is allowed, negative where it is kept, and on which side. */
export function beyondKept(
  values: Float64Array,
  family: Family,
  alpha: number,
): { readonly side: number; readonly size: number } {
  const { steps, variance, budget } = knowledgeOf(values, family, alpha);
  const allowed = allowedSum(steps, variance, budget);
  const { sum } = softSum({ a: productOf(values, steps), b: steps }, 0);
  return { side: Math.sign(sum), size: Math.abs(sum) - allowed };
}

/** Part of the level that pays for the bound on the variance: a tenth widens the mean's part by half a percent at 1e-5. */
const VARIANCE_SHARE = 0.1;

interface Knowledge {
  readonly steps: Float64Array;
  readonly variance: number;
  readonly budget: number;
}

function knowledgeOf(values: Float64Array, { deviation, excessKurtosis }: Family, alpha: number): Knowledge {
  if (deviation !== undefined) {
    const [variance, budget] = [deviation ** 2, -Math.log(alpha)];
    return { steps: constantSteps(values.length, variance, budget), variance, budget };
  }
  const budget = -Math.log((1 - VARIANCE_SHARE) * alpha);
  const { high: variance } = blockVarianceBounds(values, excessKurtosis, -Math.log(VARIANCE_SHARE * alpha));
  return { steps: predictableSteps(values, budget), variance, budget };
}

/**
 * Distance from the true mean within which one such bound lies with probability 1 - undecided, at so many values of deviation
 * `spread`; Infinity where they are too few. The bound varies more than the mean, as its width does; its centre is drawn
 * towards the bulk of a skewed law by g sqrt(2 budget / n) / 6 half-widths. `actual`: of the values, where more is known of them
 * than the family that the bound is made for.
 */
export function meanReach(
  count: number,
  spread: number,
  family: Family,
  alpha: number,
  undecided: number,
  actual: Pick<Family, "skewness" | "excessKurtosis"> = family,
): number {
  if (count < 2) return Number.POSITIVE_INFINITY;
  if (spread === 0) return 0;
  const error = spread / Math.sqrt(count);
  const { skewness, excessKurtosis } = actual;
  const limit = expectedHalfWidth(count, spread, family, alpha) / error;
  if (!Number.isFinite(limit)) return Number.POSITIVE_INFINITY;
  const variability =
    family.deviation === undefined ? (limit ** 2 * (Math.max(0, excessKurtosis) + 2)) / (4 * count) : 0;
  const correlation = family.deviation === undefined ? (limit * skewness) / Math.sqrt(count) : 0;
  const z = normalQuantile(undecided);
  const chance = z + (skewness * Math.max(0, z * z - 1)) / (6 * Math.sqrt(count));
  const drawn = family.law === "normal" ? 0 : (skewness * limit) / (6 * Math.sqrt(count));
  return error * (limit * (1 + drawn) + chance * Math.sqrt(1 + correlation + variability));
}

function expectedHalfWidth(count: number, spread: number, family: Family, alpha: number): number {
  if (family.law === "normal") return (studentQuantile(alpha, count - 1) * spread) / Math.sqrt(count);
  if (family.deviation !== undefined) {
    return halfWidthAtConstant(count, family.deviation ** 2, -Math.log(alpha));
  }
  const upper = expectedUpper(count, family.excessKurtosis, -Math.log(VARIANCE_SHARE * alpha));
  return halfWidthAtPredictable(count, spread ** 2, spread ** 2 * upper, -Math.log((1 - VARIANCE_SHARE) * alpha));
}

/** Throws `JudgeError` for a family that bounds nothing. */
export function requireFinite(subject: string, { skewness, excessKurtosis, deviation, law }: Family): void {
  const bounded = skewness >= 0 && Number.isFinite(skewness) && Number.isFinite(excessKurtosis);
  if (!bounded) {
    throw new JudgeError(
      `${subject} requires finite bounds on |skewness| and excess kurtosis, got ${skewness} and ${excessKurtosis}`,
    );
  }
  if (deviation !== undefined && !(deviation > 0 && Number.isFinite(deviation))) {
    throw new JudgeError(`${subject} requires a positive deviation, got ${deviation}`);
  }
  if (law === "normal" && (skewness !== 0 || excessKurtosis !== 0)) {
    throw new JudgeError(
      `${subject} requires skewness and excess kurtosis 0 of a normal law, got ${skewness} and ${excessKurtosis}`,
    );
  }
}
