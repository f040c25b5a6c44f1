import { orderedColumn, requireGroups, severalValues } from "../contrasts/group-column.ts";
import { logVarianceDifferenceBounds, logVarianceReach } from "../contrasts/log-variance-difference.ts";
import { contrastReach, meanContrastBounds } from "../contrasts/mean-contrast.ts";
import { medianContrastBounds, medianContrastReach } from "../contrasts/median-contrast.ts";
import {
  proportionDifferenceBounds,
  proportionDifferenceReach,
  proportionsApart,
} from "../contrasts/proportion-difference.ts";
import { tallyOf } from "../contrasts/tally.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  largestSkewness,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import type { DifferenceQuestion, Family, Known } from "../question.ts";
import { firstColumns, type Group, type Judge } from "./judge.ts";

const WEIGHTS = [1, -1];

/**
 * A statistic of the first group less that of the second, groups independent. Equivalence and "at least so large" are
 * regions. Known values of log-variances are logarithms of variances.
 */
export const differenceJudge: Judge<DifferenceQuestion> = {
  subject: ({ of }) => `difference of ${of}s`,

  guarantee:
    "proved at every n, for two independent groups; medians of any law and proportions: joint order statistics, joint Clopper-Pearson; means: as for a mean, each group of its own family; log-variances: excess kurtosis of each within its declared bound",

  bounds: (groups, question, alpha) => {
    requireGroups("difference", groups, 2);
    switch (question.of) {
      case "mean":
        return meanContrastBounds("difference", columnsOf(groups), WEIGHTS, families(question), alpha);
      case "log-variance":
        return logVarianceDifferenceBounds(columnsOf(groups), families(question), alpha);
      case "median": {
        const sorted = groups.map((group) => orderedColumn("difference", group));
        return medianContrastBounds("difference", sorted, WEIGHTS, alpha);
      }
      case "proportion": {
        const [first, second] = groups.map((group) => tallyOf("difference of proportions", group));
        return proportionDifferenceBounds(first!, second!, alpha);
      }
    }
  },

  familyValues: (groups, { of }) => (of === "mean" || of === "log-variance" ? firstColumns(groups) : undefined),

  needsFamilies: ({ of }) => of === "mean" || of === "log-variance",

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
        return contrastReach(parts, WEIGHTS, families(question), alpha, left);
      case "log-variance":
        return logVarianceReach([n, m], families(question), alpha, left);
      case "median":
        return medianContrastReach(parts, largestSkewness(question), alpha, left);
      case "proportion":
        return proportionDifferenceReach(plannedProportions(known), [n, m], alpha, left);
    }
  };
}

/** A claim knows the difference alone: its plan is for the pair with it that is hardest to tell. */
function plannedProportions([first, second]: readonly Known[]): readonly [number, number] {
  const spreads = [first!, second!].map(({ spread }) => (Number.isFinite(spread) ? spread : undefined));
  return proportionsApart(first!.value - second!.value, spreads);
}

function families(question: DifferenceQuestion): readonly [Family, Family] {
  const [first, second] = familiesOf(`difference of ${question.of}s`, question, 2);
  return [first!, second!];
}

function columnsOf(groups: readonly Group[]): readonly [Float64Array, Float64Array] {
  const [first, second] = groups.map((group) => severalValues("difference", group));
  return [first!, second!];
}
