import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { requireFamily } from "../moments/declared-family.ts";
import { heavinessOf, influence, influenceWithin } from "../moments/influence.ts";
import { type Moments, moments } from "../moments/moments.ts";
import { correctedQuantile, smallestCount } from "../moments/skewness-correction.ts";
import { isInside, type Planned, planningBy } from "../planning/planning.ts";
import { normalQuantile, normalUpperTail } from "../quantiles.ts";
import type { Family, StandardisedMomentQuestion } from "../question.ts";
import { type Bounds, type Group, type Judge, JudgeError } from "./judge.ts";

/**
 * Skewness or excess kurtosis of independent values: the estimate corrected for its bias under a normal law (Fisher's G1
 * and G2), its standard error from the values' influences, corrected for the influences' largest skewness in the family.
 */
export const standardisedMomentJudge: Judge<StandardisedMomentQuestion> = {
  guarantee:
    "independent values of a nearly normal law: declared |skewness| at most 1 and excess kurtosis at most 1.5, higher cumulants no larger than a gamma law's, thousands of values",
  bounds: momentBounds,
  ...planningBy(1, missesOf),
};

/** theta = 1/2, a gamma law of shape 4: beyond it the twelfth moment rules the influences, and no n in reach is enough. */
const HEAVIEST = 0.5;

/**
 * Least n is z^2 times this: the fourth moment of the influences under a normal law (He3 and He4; 93 and 639), so that the
 * few largest influences of a sample do not rule its standard error.
 */
const COUNT_FACTOR = { 3: 93, 4: 639 } as const;

function momentBounds(groups: readonly Group[], question: StandardisedMomentQuestion, alpha: number): Bounds {
  requireGroups("standardised moment", groups, 1);
  const values = finiteColumn("standardised moment", groups[0]!);
  const family = familyOf(question);
  const { order } = question;
  const needed = fewestValues(order, alpha, family);
  if (values.length < needed) {
    const subject = order === 3 ? "skewness" : "excess kurtosis";
    throw new JudgeError(`${subject} requires at least ${needed} values at level ${alpha}, got ${values.length}`);
  }
  const sample = moments(values);
  if (sample.variance === 0) throw new JudgeError("standardised moment requires values that differ, got all equal");
  requireFamily("standardised moment", sample, family);
  const limit = correctedQuantile(alpha, sample.count, influencesFamily(order, family));
  const halfWidth = (limit * influenceDeviation(values, sample, order)) / Math.sqrt(sample.count);
  const estimate = unbiasedUnderNormal(sample, order);
  return { estimate, low: estimate - halfWidth, high: estimate + halfWidth, spread: [Math.sqrt(sample.variance)] };
}

/** Fisher's G1 and G2 (D. N. Joanes and C. A. Gill, The Statistician 47, 1998, 183-189). */
function unbiasedUnderNormal({ count: n, skewness, excessKurtosis }: Moments, order: 3 | 4): number {
  if (order === 3) return (skewness * Math.sqrt(n * (n - 1))) / (n - 2);
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * excessKurtosis + 6);
}

/** Standard deviation of the values' influences; the sample's own are centred by construction. */
function influenceDeviation(values: Float64Array, sample: Moments, order: 3 | 4): number {
  const coefficients = influence(order, sample.skewness, sample.excessKurtosis);
  const { count, mean } = sample;
  const scale = Math.sqrt((sample.variance * (count - 1)) / count);
  let sum = 0;
  for (let i = 0; i < count; i++) {
    const x = (values[i]! - mean) / scale;
    let y = 0;
    for (let j = coefficients.length - 1; j >= 0; j--) y = y * x + coefficients[j]!;
    sum += y * y;
  }
  return Math.sqrt(sum / (count - 1));
}

function fewestValues(order: 3 | 4, alpha: number, family: Family): number {
  const z = normalQuantile(alpha);
  return Math.max(4, Math.ceil(COUNT_FACTOR[order] * z * z), smallestCount(alpha, influencesFamily(order, family)));
}

function influencesFamily(order: 3 | 4, family: Family): Family {
  return { skewness: influenceWithin(order, family).skewness, excessKurtosis: family.excessKurtosis };
}

function familyOf({ family }: StandardisedMomentQuestion): Family {
  if (!family) throw new JudgeError("standardised moment requires declared bounds on skewness and kurtosis, got none");
  if (heavinessOf(family) <= HEAVIEST) return family;
  const found = `${family.skewness} and ${family.excessKurtosis}`;
  throw new JudgeError(
    `standardised moment requires declared |skewness| of at most 1 and excess kurtosis of at most 1.5, got ${found}`,
  );
}

/** Normal approximation, with the standard deviation that the family's heaviest law gives. */
function missesOf(question: StandardisedMomentQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const alpha = inside ? levels.support : levels.refute;
  const family = familyOf(question);
  const n = counted[0]!;
  if (n < fewestValues(question.order, alpha, family)) return 1;
  const { value } = known[0]!;
  const shape = influenceWithin(question.order, family);
  const error = shape.deviation / Math.sqrt(n);
  const limit = correctedQuantile(alpha, n, influencesFamily(question.order, family));
  const noise = Math.sqrt(1 + (limit * shape.skewness) / Math.sqrt(n));
  const tail = (distance: number): number => normalUpperTail((distance / error - limit) / noise);
  if (inside) return tail(region.high - value) + tail(value - region.low);
  return tail(Math.max(value - region.high, region.low - value));
}
