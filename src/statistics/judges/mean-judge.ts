import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { requireFamily } from "../moments/declared-family.ts";
import { type Moments, moments } from "../moments/moments.ts";
import { skewedUpperTail } from "../moments/skewed-tail.ts";
import { correctedQuantile, smallestCount } from "../moments/skewness-correction.ts";
import { isInside, type Misses, planningBy, spreadOf } from "../planning/planning.ts";
import type { MeanQuestion } from "../question.ts";
import { type Bounds, type Judge, JudgeError } from "./judge.ts";

/**
 * Mean of independent values. With a declared family and enough values: Student's interval corrected for the largest
 * skewness declared (`correctedQuantile`). Otherwise, with a declared range: the tighter of the bounds of Maurer and Pontil
 * (empirical Bernstein) and of Hoeffding, at half the level each. Otherwise it refuses.
 */
export const meanJudge: Judge<MeanQuestion> = {
  guarantee:
    "independent values, either with |skewness| and excess kurtosis within the declared bounds, higher cumulants no larger than a gamma law's and no lattice coarser than their standard deviation, or within a declared range",
  bounds: meanBounds,
  ...planningBy(1, missesOf),
};

function meanBounds(
  groups: Parameters<Judge<MeanQuestion>["bounds"]>[0],
  question: MeanQuestion,
  alpha: number,
): Bounds {
  requireGroups("mean", groups, 1);
  const values = finiteColumn("mean", groups[0]!);
  if (values.length < 2) throw new JudgeError(`mean requires at least two values, got ${values.length}`);
  if (question.range) requireRange(values, question.range);
  const sample = moments(values);
  const spread = Math.sqrt(sample.variance);
  const halfWidth = halfWidthAt(question, alpha, sample.count, spread, sample);
  const { mean } = sample;
  return { estimate: mean, low: mean - halfWidth, high: mean + halfWidth, spread: [spread] };
}

/** Half-width of the interval; with `sample`, its moments are held against the declared family. Throws where nothing is guaranteed. */
function halfWidthAt(question: MeanQuestion, alpha: number, count: number, spread: number, sample?: Moments): number {
  const { family, range } = question;
  if (family && (!range || count >= smallestCount(alpha, family))) {
    if (sample) requireFamily("mean", sample, family);
    return (correctedQuantile(alpha, count, family) * spread) / Math.sqrt(count);
  }
  if (range) return rangeHalfWidth(alpha, count, spread, range);
  throw new JudgeError("mean requires declared bounds on skewness and kurtosis, or a declared range, got neither");
}

/**
 * A. Maurer and M. Pontil, Empirical Bernstein Bounds and Sample Variance Penalization (2009), theorem 4, and Hoeffding
 * (1963), theorem 2: each at alpha / 2, so that the smaller may be taken.
 */
function rangeHalfWidth(alpha: number, count: number, spread: number, [low, high]: readonly [number, number]): number {
  const width = high - low;
  const bernstein = Math.log(4 / alpha);
  const hoeffding = width * Math.sqrt(Math.log(2 / alpha) / (2 * count));
  const maurer = spread * Math.sqrt((2 * bernstein) / count) + (7 * width * bernstein) / (3 * (count - 1));
  return Math.min(maurer, hoeffding);
}

function requireRange(values: Float64Array, [low, high]: readonly [number, number]): void {
  const at = values.findIndex((value) => !(value >= low && value <= high));
  if (at >= 0) {
    throw new JudgeError(
      `mean requires values in the declared range [${low}, ${high}], got ${values[at]} at replicate ${at}`,
    );
  }
}

/**
 * Normal approximation. The bound mean + w s / sqrt n varies more than the mean: its relative variance is
 * 1 + w g / sqrt n + w^2 (k + 2) / (4 n), and its tail is that of a gamma law of the mean's skewness.
 */
function missesOf(...[question, planned]: Parameters<Misses<MeanQuestion>>): number {
  const { counted, region, known, levels } = planned;
  const n = counted[0]!;
  const { family, range } = question;
  const inside = isInside(planned);
  const alpha = inside ? levels.support : levels.refute;
  if (n < 2 || (family && !range && n < smallestCount(alpha, family))) return 1;
  const { value } = known[0]!;
  const spread = spreadOf("mean", known[0]!);
  const error = spread / Math.sqrt(n);
  const halfWidth = halfWidthAt(question, alpha, n, spread);
  const { skewness, excessKurtosis } = family ?? { skewness: 0, excessKurtosis: 0 };
  const limit = error === 0 ? 0 : halfWidth / error;
  const noise = 1 + (limit * skewness) / Math.sqrt(n) + (limit * limit * Math.max(0, excessKurtosis + 2)) / (4 * n);
  const tail = (distance: number): number => {
    if (error === 0) return distance >= 0 ? 0 : 1;
    return skewedUpperTail((distance - halfWidth) / (error * Math.sqrt(noise)), skewness / Math.sqrt(n));
  };
  if (inside) return tail(region.high - value) + tail(value - region.low);
  return tail(Math.max(value - region.high, region.low - value));
}
