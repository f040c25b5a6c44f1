import { finiteColumn, orderedColumn, requireGroups } from "../contrasts/group-column.ts";
import { logVarianceDifferenceBounds, logVarianceReach } from "../contrasts/log-variance-difference.ts";
import { contrastReach, meanContrastBounds } from "../contrasts/mean-contrast.ts";
import { medianContrastBounds, medianContrastReach } from "../contrasts/median-contrast.ts";
import {
  proportionDifferenceBounds,
  proportionDifferenceReach,
  type Tally,
} from "../contrasts/proportion-difference.ts";
import { moments } from "../moments/moments.ts";
import {
  decidingReplicates,
  declaredFamily,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import type { DifferenceQuestion } from "../question.ts";
import { type Group, type Judge, JudgeError } from "./judge.ts";

const WEIGHTS = [1, -1];

/**
 * A statistic of the first group less that of the second, groups independent. Equivalence and "at least so large" are
 * regions. Known values of log-variances are logarithms of variances.
 */
export const differenceJudge: Judge<DifferenceQuestion> = {
  guarantee:
    "two independent groups; medians of any law and proportions: exactly (joint order statistics, joint Clopper-Pearson; conservative); means: skewness at most the declared bound, from the smallest count of a mean on a group; log-variances: excess kurtosis at most the declared bound, tails like a gamma's or lighter, from about 11 z^2 values a group on",

  bounds: (groups, question, alpha) => {
    requireGroups("difference", groups, 2);
    switch (question.of) {
      case "mean":
        return meanContrastBounds("difference", momentsOf(groups), WEIGHTS, familyOf(question), alpha);
      case "log-variance":
        return logVarianceDifferenceBounds(momentsOf(groups), familyOf(question), alpha);
      case "median": {
        const sorted = groups.map((group) => orderedColumn("difference", group));
        return medianContrastBounds("difference", sorted, WEIGHTS, alpha);
      }
      case "proportion":
        return proportionDifferenceBounds(tallyOf(groups[0]!), tallyOf(groups[1]!), alpha);
    }
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [first, second] = knownGroups("difference", question.known, 2);
    return decidingReplicates(replicates, first!.value - second!.value, question.region, errors, reachOf(question));
  },
};

function reachOf(question: DifferenceQuestion): Reach {
  const known = knownGroups("difference", question.known, 2);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, WEIGHTS, undecided);
    const [n, m] = [parts[0]!.count, parts[1]!.count];
    switch (question.of) {
      case "mean":
        return contrastReach(parts, familyOf(question), alpha, left);
      case "log-variance":
        return logVarianceReach([n, m], familyOf(question), alpha, left);
      case "median":
        return medianContrastReach(parts, question.family?.skewness ?? 0, alpha, left);
      case "proportion":
        return proportionDifferenceReach([known[0]!.value, known[1]!.value], [n, m], alpha, left);
    }
  };
}

function familyOf({ of, family }: DifferenceQuestion): NonNullable<DifferenceQuestion["family"]> {
  return declaredFamily(`difference of ${of}s`, family);
}

function momentsOf(groups: readonly Group[]): readonly ReturnType<typeof moments>[] {
  return groups.map((group) => {
    const column = finiteColumn("difference", group);
    if (column.length < 2)
      throw new JudgeError(`difference requires at least two values a group, got ${column.length}`);
    return moments(column);
  });
}

function tallyOf(group: Group): Tally {
  const column = finiteColumn("difference of proportions", group);
  let ones = 0;
  for (const value of column) {
    if (value !== 0 && value !== 1)
      throw new JudgeError(`difference of proportions requires zeros and ones, got ${value}`);
    ones += value;
  }
  if (column.length === 0)
    throw new JudgeError("difference of proportions requires at least one value a group, got none");
  return { ones, count: column.length };
}
