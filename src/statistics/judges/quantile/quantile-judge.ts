import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { orderedColumn, requireGroups } from "../../contrasts/group-column.ts";
import { lowerRank } from "../../order-statistic-ranks.ts";
import { isInside, type Planned, planningBy, spreadOf } from "../../planning/planning.ts";
import { normalQuantile, normalUpperTail } from "../../quantiles.ts";
import type { Question } from "../../question.ts";
import { type Bounds, type Group, type Judge, RefusedSample } from "../judge.ts";

/** Groups: one, of one column; infinite values have a rank. `Known.spread`: of the normal law with the same density at the quantile. */
export interface QuantileQuestion extends Question {
  readonly statistic: "quantile";
  /** Part of the law that lies at or below it, between 0 and 1. */
  readonly part: number;
}

/** Quantile by order statistics: exact for every law, as a median. */
export const quantileJudge: Judge<QuantileQuestion> = {
  guarantee:
    "proved at every n, for independent values of any law, by the binomial law of ranks; ties and infinite values only widen the interval",
  bounds: quantileBounds,
  ...planningBy(1, missesOf),
};

function quantileBounds(groups: readonly Group[], { part }: QuantileQuestion, alpha: number): Bounds {
  requireGroups("quantile", groups, 1);
  const sorted = orderedColumn("quantile", groups[0]!);
  const count = sorted.length;
  const [below, above] = ranksOf(count, alpha, part);
  if (below === 0 && above === 0) {
    const needed = Math.ceil(Math.log(alpha) / Math.log(Math.max(part, 1 - part)));
    const least = Math.min(needed, Math.ceil(Math.log(alpha) / Math.log(Math.min(part, 1 - part))));
    throw new RefusedSample(
      `quantile ${part} requires at least ${least} values at level ${alpha} for a bound on one side, ${needed} for both, got ${count}`,
    );
  }
  return {
    estimate: sorted[Math.max(0, Math.ceil(count * part) - 1)]!,
    low: below === 0 ? Number.NEGATIVE_INFINITY : sorted[below - 1]!,
    high: above === 0 ? Number.POSITIVE_INFINITY : sorted[count - above]!,
    spread: [spreadAt(sorted, part)],
  };
}

/** Ranks from the lower and from the upper end; 0 where so few values bound nothing there. */
function ranksOf(count: number, alpha: number, part: number): readonly [number, number] {
  return [lowerRank(count, alpha, part), lowerRank(count, alpha, 1 - part)];
}

/** As `rankSpread` of a median: two order statistics about n^(4/5) / 2 ranks to either side, over what a normal law has there. */
function spreadAt(sorted: Float64Array, part: number): number {
  const count = sorted.length;
  const half = count ** 0.8 / 2;
  const low = Math.max(1, Math.round((count + 1) * part - half));
  const high = Math.min(count, Math.round((count + 1) * part + half));
  const deviates = normalQuantile(low / (count + 1)) - normalQuantile(high / (count + 1));
  const distance = sorted[high - 1]! - sorted[low - 1]!;
  return distance > 0 && deviates > 0 ? distance / deviates : 0;
}

/** Exact binomial chances of the two ranks, for values that are normal with the known quantile and spread. */
function missesOf({ part }: QuantileQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const count = counted[0]!;
  const [below, above] = ranksOf(count, inside ? levels.support : levels.refute, part);
  const spread = spreadOf("quantile", known[0]!);
  const { value } = known[0]!;
  /** P(a value lies at least so far above the quantile), and below it. */
  const over = (distance: number) => tail(distance, spread, part);
  const under = (distance: number) => tail(distance, spread, 1 - part);
  // A bound of rank k from an end lies beyond a point where at least k values do.
  const highMiss = (distance: number) => missOf(above, count, over(distance));
  const lowMiss = (distance: number) => missOf(below, count, under(distance));
  if (inside) return highMiss(region.high - value) + lowMiss(value - region.low);
  // Refuted where the bound on the region's side passes its edge: unless too few values lie on the quantile's side of it.
  return value > region.high
    ? missOf(below, count, 1 - over(region.high - value))
    : missOf(above, count, 1 - under(value - region.low));
}

/** P(Bin(n, chance) >= rank); 1 without a rank, 0 where the region has no such edge. */
function missOf(rank: number, count: number, chance: number): number {
  if (chance === 0) return 0;
  return rank === 0 ? 1 : binomialCdf(count - rank, count, 1 - chance);
}

function tail(distance: number, spread: number, part: number): number {
  if (distance === Number.POSITIVE_INFINITY) return 0;
  if (spread === 0) return distance > 0 ? 0 : 1 - part;
  return normalUpperTail(normalQuantile(1 - part) + distance / spread);
}
