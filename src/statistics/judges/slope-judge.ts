import { orderedColumn, requireGroups, severalValues } from "../contrasts/group-column.ts";
import { contrastReach, meanContrastBounds } from "../contrasts/mean-contrast.ts";
import { medianContrastBounds, medianContrastReach } from "../contrasts/median-contrast.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  largestSkewness,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import type { SlopeQuestion } from "../question.ts";
import { firstColumns, type Judge, JudgeError } from "./judge.ts";

/**
 * Ordinary least squares through the groups' means or medians: the contrast sum_i c_i statistic_i with
 * c_i = (x_i - xbar) / sum (x - xbar)^2. The fit is the definition of the truth, no model: the groups' true statistics
 * need not lie on a line.
 */
export const slopeJudge: Judge<SlopeQuestion> = {
  subject: ({ through }) => `slope of ${through}s`,

  guarantee:
    "proved at every n, for independent groups; through medians: any law (joint order statistics); through means: as for a mean, each group of its own family",

  bounds: (groups, question, alpha) => {
    const weights = slopeWeights(question.at);
    requireGroups("slope", groups, weights.length);
    if (question.through === "median") {
      const sorted = groups.map((group) => orderedColumn("slope", group));
      return medianContrastBounds("slope", sorted, weights, alpha);
    }
    const families = familiesOf("slope", question, weights.length);
    const columns = groups.map((group) => severalValues("slope", group));
    return meanContrastBounds("slope", columns, weights, families, alpha);
  },

  familyValues: (groups, { through }) => (through === "mean" ? firstColumns(groups) : undefined),

  needsFamilies: ({ through }) => through === "mean",

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const weights = slopeWeights(question.at);
    const known = knownGroups("slope", question.known, weights.length);
    const value = weights.reduce((sum, c, i) => sum + c * known[i]!.value, 0);
    return decidingReplicates(replicates, value, question.region, errors, reachOf(question));
  },
};

/** Weights of the slope: (x_i - xbar) / sum (x - xbar)^2. Throws `JudgeError` for positions that fix no slope. */
export function slopeWeights(at: readonly number[]): readonly number[] {
  if (at.length < 2 || !at.every(Number.isFinite) || at.every((x) => x === at[0])) {
    throw new JudgeError(`slope requires at least two different finite positions, got ${at.join(", ") || "none"}`);
  }
  const centre = at.reduce((sum, x) => sum + x, 0) / at.length;
  const square = at.reduce((sum, x) => sum + (x - centre) ** 2, 0);
  return at.map((x) => (x - centre) / square);
}

function reachOf(question: SlopeQuestion): Reach {
  const weights = slopeWeights(question.at);
  const known = knownGroups("slope", question.known, weights.length);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, weights, undecided);
    return question.through === "median"
      ? medianContrastReach(parts, largestSkewness(question), alpha, left)
      : contrastReach(parts, weights, familiesOf("slope", question, weights.length), alpha, left);
  };
}
