import { requireGroups, severalValues } from "../../contrasts/group-column.ts";
import { moments } from "../../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { blockVarianceBounds } from "../../proved/block-variance.ts";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { meanBounds, meanReach } from "../../proved/mean-bounds.ts";
import { normalVariationBounds } from "../../proved/noncentral-t.ts";
import { normalQuantile } from "../../quantiles.ts";
import type { Family, Question } from "../../question.ts";
import { boundsAround, firstColumns, type Judge, RefusedSample, requireSpread } from "../judge.ts";
import { varianceReach } from "../variance-judge.ts";

/** Groups: one, of one column: the standard deviation of its values over their mean, which is above zero. */
export interface CoefficientOfVariationQuestion extends Question {
  readonly statistic: "coefficient-of-variation";
}

const SUBJECT = "coefficient of variation";

/** Part of the level that pays for the mean: its relative error is the smaller one, by the coefficient itself. */
const MEAN_SHARE = 0.1;

/** Standard deviation over mean: exact of a normal law, else the bounds of both at parts of the level. */
export const coefficientOfVariationJudge: Judge<CoefficientOfVariationQuestion> = {
  guarantee:
    "proved at every n, for independent values of a law whose mean is above zero: exact where it is declared normal (noncentral Student); else of an excess kurtosis within the declared one (the variance at nine tenths of the level, the mean at one)",

  bounds: (groups, question, alpha) => {
    requireGroups(SUBJECT, groups, 1);
    const values = severalValues(SUBJECT, groups[0]!);
    const family = familiesOf(SUBJECT, question, 1)[0]!;
    const { mean, variance } = moments(values);
    requireSpread(SUBJECT, variance);
    if (!(mean > 0)) throw new RefusedSample(`${SUBJECT} requires values whose mean is above zero, got one of ${mean}`);
    const coefficient = Math.sqrt(variance) / mean;
    const found =
      family.law === "normal"
        ? normalVariationBounds(coefficient, values.length, alpha)
        : ofFamily(values, family, alpha);
    return boundsAround(coefficient, found, [coefficient]);
  },

  familyValues: firstColumns,

  needsFamilies: () => true,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups(SUBJECT, question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** Either bound errs only where that of the mean or that of the variance does. */
function ofFamily(values: Float64Array, family: Family, alpha: number): TwoBounds {
  const mean = meanBounds(values, family, MEAN_SHARE * alpha);
  const variance = blockVarianceBounds(values, family.excessKurtosis, -Math.log((1 - MEAN_SHARE) * alpha));
  return {
    low: Math.sqrt(Math.max(0, variance.low)) / mean.high,
    high: mean.low > 0 ? Math.sqrt(variance.high) / mean.low : Number.POSITIVE_INFINITY,
  };
}

/** The mean being 1. */
function reachOf(question: CoefficientOfVariationQuestion): Reach {
  const known = knownGroups(SUBJECT, question.known, 1);
  const { value } = known[0]!;
  const family = familiesOf(SUBJECT, question, 1)[0]!;
  const { deviation: _, ...scaleFree } = family;
  const ofVariance = varianceReach({
    ...{ statistic: "variance", region: question.region, rivals: [], families: [scaleFree] },
    known: [{ value: value * value, spread: value, counts: 1 }],
  });
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count } = parts[0]!;
    if (!(count >= 2)) return Number.POSITIVE_INFINITY;
    if (family.law === "normal") return normalReach(value, count, alpha, left);
    const mean = meanReach(count, value, scaleFree, MEAN_SHARE * alpha, left / 2);
    const square = ofVariance([count], (1 - MEAN_SHARE) * alpha, left / 2);
    return mean < 1 ? Math.sqrt(value * value + square) / (1 - mean) - value : Number.POSITIVE_INFINITY;
  };
}

/**
 * The bounds at the coefficients that a sample falls short of and exceeds with probability `undecided`: of the deviation by the cube root of
 * chi-square (E. B. Wilson and M. M. Hilferty, PNAS 17, 1931), of both by the part that each has in the coefficient's variance.
 */
function normalReach(value: number, count: number, alpha: number, undecided: number): number {
  const z = normalQuantile(undecided);
  const degrees = count - 1;
  const [ofDeviation, ofMean] = [1 / Math.sqrt(2 * degrees), value / Math.sqrt(count)];
  const error = Math.hypot(ofDeviation, ofMean);
  const seen = (side: 1 | -1): number => {
    const cube = 1 - 2 / (9 * degrees) + (side * z * (ofDeviation / error) * Math.sqrt(2)) / (3 * Math.sqrt(degrees));
    return (value * Math.max(0.01, cube) ** 1.5) / Math.max(0.01, 1 - (side * z * ofMean * ofMean) / error);
  };
  const below = normalVariationBounds(seen(-1), count, alpha).low;
  const above = normalVariationBounds(seen(1), count, alpha).high;
  return Math.max(value - below, above - value);
}
