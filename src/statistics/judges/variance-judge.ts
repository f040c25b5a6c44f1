import { requireGroups, severalValues } from "../contrasts/group-column.ts";
import { influenceWithin } from "../moments/influence.ts";
import { moments } from "../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import { blockSize, blockVarianceBounds, expectedUpper, relativeVariance } from "../proved/block-variance.ts";
import { normalQuantile } from "../quantiles.ts";
import type { VarianceQuestion } from "../question.ts";
import { boundsAround, firstColumns, type Judge, requireSpread } from "./judge.ts";

/** Variance of independent values of one law: the mean of the unbiased variances of blocks (`blockVarianceBounds`). */
export const varianceJudge: Judge<VarianceQuestion> = {
  guarantee: "proved at every n, for independent values of a law whose excess kurtosis is within the declared one",

  bounds: (groups, question, alpha) => {
    requireGroups("variance", groups, 1);
    const values = severalValues("variance", groups[0]!);
    const [family] = familiesOf("variance", question, 1);
    const { variance } = moments(values);
    requireSpread("variance", variance);
    const found = blockVarianceBounds(values, family!.excessKurtosis, -Math.log(alpha));
    return boundsAround(variance, found, [Math.sqrt(variance)]);
  },

  familyValues: firstColumns,

  needsFamilies: () => true,

  detects: (replicates, question, errors) =>
    smallestHalfWidth(replicates, question.region, errors, varianceReach(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("variance", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, varianceReach(question));
  },
};

/**
 * Of the upper bound, the farther one: the estimate, off by its chance, times what the bound is above it. Squared deviations
 * are skewed to the right, by the largest skewness that the family's gamma laws allow.
 */
export function varianceReach(question: VarianceQuestion): Reach {
  const known = knownGroups("variance", question.known, 1);
  const [family] = familiesOf("variance", question, 1);
  const { excessKurtosis } = family!;
  const { skewness } = influenceWithin(2, family!);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count } = parts[0]!;
    const budget = -Math.log(alpha);
    const upper = expectedUpper(count, excessKurtosis, budget);
    if (!Number.isFinite(upper)) return Number.POSITIVE_INFINITY;
    const size = blockSize(count, excessKurtosis, budget);
    const deviation = Math.sqrt((size * relativeVariance(size, excessKurtosis)) / count);
    const z = normalQuantile(left);
    const chance = deviation * (z + (skewness * Math.max(0, z * z - 1)) / (6 * Math.sqrt(count)));
    return known[0]!.value * ((1 + chance) * upper - 1);
  };
}
