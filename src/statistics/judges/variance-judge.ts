import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { requireFamily } from "../moments/declared-family.ts";
import { influenceWithin } from "../moments/influence.ts";
import { moments } from "../moments/moments.ts";
import { skewedUpperTail } from "../moments/skewed-tail.ts";
import { correctedQuantile, smallestCount } from "../moments/skewness-correction.ts";
import { isInside, type Planned, planningBy } from "../planning/planning.ts";
import type { Family, VarianceQuestion } from "../question.ts";
import { type Bounds, type Group, type Judge, JudgeError } from "./judge.ts";

/**
 * Variance of independent values as the mean of their squared deviations: Student's interval with the sample's own
 * kurtosis in the standard error, s^2 sqrt((k + 2) / n), corrected for the skewness that squared deviations have at most.
 *
 * The exact Edgeworth term of the studentised variance is g2 (2 z^2 + 1) / 6 - (z^2 + 1) g^2 / (k + 2)^(3/2), g2 the
 * squared deviations' skewness and g the values': the second part, from the estimated mean, only narrows and is left out.
 */
export const varianceJudge: Judge<VarianceQuestion> = {
  guarantee:
    "independent values with |skewness| and excess kurtosis within the declared bounds and higher cumulants no larger than a gamma law's",
  bounds: varianceBounds,
  ...planningBy(1, missesOf),
};

function varianceBounds(groups: readonly Group[], question: VarianceQuestion, alpha: number): Bounds {
  requireGroups("variance", groups, 1);
  const values = finiteColumn("variance", groups[0]!);
  if (values.length < 2) throw new JudgeError(`variance requires at least two values, got ${values.length}`);
  const family = familyOf(question);
  const sample = moments(values);
  requireFamily("variance", sample, family);
  const { count, variance, excessKurtosis } = sample;
  const limit = correctedQuantile(alpha, count, squaredFamily(family));
  const relative = limit * Math.sqrt(Math.max(0, excessKurtosis + 2) / count);
  return {
    estimate: variance,
    low: variance * Math.max(0, 1 - relative),
    high: variance * (1 + relative),
    spread: [Math.sqrt(variance)],
  };
}

/** Bounds for the squared deviations. Their kurtosis does not enter the correction: least possible is what counts there. */
function squaredFamily(family: Family): Family {
  return { skewness: influenceWithin(2, family).skewness, excessKurtosis: family.excessKurtosis };
}

function familyOf({ family }: VarianceQuestion): Family {
  if (family) return family;
  throw new JudgeError("variance requires declared bounds on skewness and kurtosis, got none");
}

/** Normal approximation of s^2 (1 -+ w sqrt((k + 2) / n)), whose own relative standard error is multiplied by the factor in brackets. */
function missesOf(question: VarianceQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const alpha = inside ? levels.support : levels.refute;
  const family = familyOf(question);
  const squared = squaredFamily(family);
  const n = counted[0]!;
  if (n < smallestCount(alpha, squared)) return 1;
  const { value } = known[0]!;
  const error = Math.sqrt(Math.max(0, family.excessKurtosis + 2) / n);
  const relative = correctedQuantile(alpha, n, squared) * error;
  const skewed = squared.skewness / Math.sqrt(n);
  // The standard error is estimated from the same deviations: it is large where the variance is.
  const noise = Math.sqrt(1 + correctedQuantile(alpha, n, squared) * skewed);
  const above = (bound: number): number => skewedUpperTail((bound / value - 1 - relative) / (error * noise), skewed);
  const below = (bound: number): number => skewedUpperTail((1 - relative - bound / value) / (error * noise), 0);
  if (inside) return above(region.high) + below(region.low);
  return value > region.high ? below(region.high) : above(region.low);
}
