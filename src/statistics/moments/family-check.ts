import { blockVarianceBounds } from "../proved/block-variance.ts";
import { normalQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";
import { heavinessOf, influenceOfGammas, influenceWithin } from "./influence.ts";
import { moments } from "./moments.ts";

/**
 * Why the values contradict the families declared of them, one a group, or undefined: the sample's |skewness|, its excess kurtosis or its
 * deviation is beyond what a law of the family shows with probability `level`, all groups and all three together.
 *
 * A refusal is "inconclusive": it can cost a decision, never a false one, so that its level is a part of what may stay
 * undecided. For the deviation it is proved (under the kurtosis); for the cumulants it is that of gamma laws at the ends of the
 * family, in the approximations of D'Agostino (1970) and of Anscombe and Glynn (1983), and measured: no test of a kurtosis
 * holds for every law of a kurtosis. docs/families.md has which wrong families it finds.
 */
export function contradiction(
  families: readonly Family[],
  values: readonly Float64Array[],
  level: number,
): string | undefined {
  if (level === 0) return undefined;
  for (const [index, family] of families.entries()) {
    if (values[index]!.length < FEWEST) continue;
    const found = contradictionOf(family, values[index]!, level / families.length / 3);
    if (found) return families.length === 1 ? found : `group ${index + 1} of ${families.length}: ${found}`;
  }
  return undefined;
}

/** Below eight values neither approximation is good (D'Agostino 1970); nothing is refused. */
const FEWEST = 8;

function contradictionOf(family: Family, values: Float64Array, level: number): string | undefined {
  const sample = moments(values);
  if (!(sample.variance > 0)) return undefined;
  const seen = (name: string, declared: number, value: number): string =>
    `the declared ${name} of at most ${declared.toPrecision(3)} is contradicted by ${value.toPrecision(3)} in ${values.length} values`;
  if (Math.abs(sample.skewness) > mostSkewness(family, values.length, level)) {
    return seen("|skewness|", family.skewness, Math.abs(sample.skewness));
  }
  if (sample.excessKurtosis > mostKurtosis(family, values.length, level)) {
    return seen("excess kurtosis", family.excessKurtosis, sample.excessKurtosis);
  }
  return deviationContradicted(family, values, level)
    ? seen("standard deviation", family.deviation!, Math.sqrt(sample.variance))
    : undefined;
}

function deviationContradicted({ deviation, excessKurtosis }: Family, values: Float64Array, level: number): boolean {
  if (deviation === undefined) return false;
  return blockVarianceBounds(values, excessKurtosis, -Math.log(level)).low > deviation ** 2;
}

/**
 * Largest sample |skewness| to expect, of the family's most skewed law and of its symmetric one, whose skewness varies more: for a
 * Laplace law the deviation is twice that of a gamma law of its kurtosis.
 */
function mostSkewness(family: Family, n: number, level: number): number {
  const theta = heavinessOf(family);
  const lean = theta === 0 ? 0 : family.skewness / (2 * theta);
  return Math.max(family.skewness + excessOver(theta, lean, n, level), excessOver(theta, 0, n, level));
}

/**
 * How far a sample's skewness may lie beyond the law's: deviation * a sinh(z / d), Johnson's SU law of the fourth moment that a
 * normal sample's skewness has (3 + 36 / n), plus that of the influences of a gamma law so heavy.
 */
function excessOver(theta: number, lean: number, n: number, level: number): number {
  const { deviation } = influenceOfGammas(3, theta, lean);
  const fourth = 3 + 36 / n + 1.5 * (influenceOfGammas(3, theta, 1).skewness ** 2 / n);
  const w2 = Math.sqrt(2 * (fourth - 1)) - 1;
  const d = 1 / Math.sqrt(Math.log(w2) / 2);
  const a = Math.sqrt(2 / (w2 - 1));
  return (deviation / Math.sqrt(n)) * a * Math.sinh(normalQuantile(level / 2) / d);
}

/** Largest sample excess kurtosis to expect: Anscombe and Glynn's cube root, with the deviation and skewness of the family's heaviest influences. */
function mostKurtosis(family: Family, n: number, level: number): number {
  const influence = influenceWithin(4, family);
  const skewness = influence.skewness / Math.sqrt(n);
  const a = 6 + (8 / skewness) * (2 / skewness + Math.sqrt(1 + 4 / skewness ** 2));
  const root = 1 - 2 / (9 * a) - normalQuantile(level) * Math.sqrt(2 / (9 * a));
  if (!(root > 0)) return Number.POSITIVE_INFINITY;
  const deviate = ((1 - 2 / a) / root ** 3 - 1) / Math.sqrt(2 / (a - 4));
  return family.excessKurtosis + (influence.deviation / Math.sqrt(n)) * deviate;
}
