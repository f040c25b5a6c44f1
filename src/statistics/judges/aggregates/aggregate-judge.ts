import { finiteColumn, orderedColumn } from "../../contrasts/group-column.ts";
import {
  decidingReplicates,
  knownGroups,
  type Part,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { comparisonBounds, comparisonReach } from "../../proved/shares/binomial-comparison.ts";
import { pooledShareBounds, pooledShareReach } from "../../proved/shares/pooled-share.ts";
import type { AggregateQuestion } from "../../question.ts";
import { rankSpread } from "../../rank-spread.ts";
import { type Bounds, boundsAround, type Group, type Judge, JudgeError } from "../judge.ts";
import { interquartileMean, interquartileMeanBounds, interquartileMeanReach } from "./interquartile-mean.ts";
import { requireTasksAlike } from "./tasks-alike.ts";

/**
 * One number for the scores of several tasks, each as many runs: of the mixture in which every task counts alike. The interquartile mean;
 * the mean shortfall from a target (optimality gap); the share of scores above a threshold (a point of the performance profile).
 */
export const aggregateJudge: Judge<AggregateQuestion> = {
  subject: ({ of }) => of.replaceAll("-", " "),

  guarantee:
    "proved at every n, for independent scores of any laws, one a task, as many of each: interquartile mean by order statistics of the mixture; optimality gap, within the declared range, by comparison with a binomial; share above by Clopper and Pearson's bounds, which hold for tasks that differ too",

  bounds: (groups, question, alpha) => {
    requireTasksAlike("aggregate", groups);
    if (question.of === "interquartile-mean") return middleBounds(groups, alpha);
    const parts = groups.map((group) => partsOf(question, group));
    const scale = scaleOf(question);
    const total = parts.reduce((sum, { length }) => sum + length, 0);
    const mean = parts.reduce((sum, each) => sum + each.reduce((a, b) => a + b, 0), 0) / total;
    const { low, high } =
      question.of === "share-above"
        ? pooledShareBounds(Math.round(mean * total), total, alpha)
        : comparisonBounds(mean, total, alpha);
    return boundsAround(
      scale * mean,
      { low: scale * low, high: scale * high },
      parts.map((each) => scale * deviationOf(each)),
    );
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) =>
    decidingReplicates(replicates, knownAggregate(question), question.region, errors, reachOf(question)),
};

/** The mean of what is known of the tasks, each of which has its own value of the statistic. */
export function knownAggregate({ known = [] }: Pick<AggregateQuestion, "known">): number {
  return known.reduce((sum, { value }) => sum + value, 0) / known.length;
}

function middleBounds(groups: readonly Group[], alpha: number): Bounds {
  const sorted = groups.map((group) => orderedColumn("aggregate", group));
  const all = Float64Array.from(sorted.flatMap((each) => [...each])).sort();
  return boundsAround(interquartileMean(all), interquartileMeanBounds(all, alpha), sorted.map(rankSpread));
}

/** Each score as a part of [0, 1] of what the statistic can be. */
function partsOf(question: AggregateQuestion, group: Group): Float64Array {
  const { of, limit, floor } = question;
  if (of === "share-above") return orderedColumn("aggregate", group).map((score) => (score > limit ? 1 : 0));
  return finiteColumn("aggregate", group).map((score, at) => {
    if (score < floor)
      throw new JudgeError(
        `aggregate requires scores in the declared range, from ${floor}, got ${score} at replicate ${at}`,
      );
    return Math.max(0, limit - score) / (limit - floor);
  });
}

function scaleOf({ of, limit, floor }: AggregateQuestion): number {
  return of === "optimality-gap" ? limit - floor : 1;
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function reachOf(question: AggregateQuestion): Reach {
  const known = knownGroups("aggregate", question.known, question.known?.length ?? 1);
  const scale = scaleOf(question);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(
      replicates,
      known,
      known.map(() => 1),
      undecided,
    );
    const total = parts.length * Math.min(...parts.map(({ count }) => count));
    if (question.of === "interquartile-mean")
      return interquartileMeanReach(total, pooledSpread(question, parts), alpha, left);
    const reach = question.of === "share-above" ? pooledShareReach : comparisonReach;
    return scale * reach(knownAggregate(question) / scale, total, alpha, left);
  };
}

/** Of the mixture: the tasks' own, and how far they lie apart. */
function pooledSpread(question: AggregateQuestion, parts: readonly Part[]): number {
  const middle = knownAggregate(question);
  const squares = parts.map(({ spread }, i) => spread ** 2 + (question.known![i]!.value - middle) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}
