import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { orderedColumn, requireGroups } from "../contrasts/group-column.ts";
import { medianOfSorted } from "../moments/location.ts";
import { lowerRank, smallestCountForMedian } from "../order-statistic-ranks.ts";
import { isInside, type Planned, planningBy, spreadOf } from "../planning/planning.ts";
import { normalUpperTail } from "../quantiles.ts";
import type { MedianQuestion } from "../question.ts";
import { rankSpread } from "../rank-spread.ts";
import { type Bounds, type Group, type Judge, RefusedSample } from "./judge.ts";

/** Median by order statistics: exact for every law, with ties and infinite values, which have a rank like any other. */
export const medianJudge: Judge<MedianQuestion> = {
  guarantee: "independent values of any law; ties and infinite values only widen the interval",
  bounds: medianBounds,
  ...planningBy(1, missesOf),
};

function medianBounds(groups: readonly Group[], _question: MedianQuestion, alpha: number): Bounds {
  requireGroups("median", groups, 1);
  const sorted = orderedColumn("median", groups[0]!);
  const count = sorted.length;
  const needed = smallestCountForMedian(alpha);
  if (count < needed) {
    throw new RefusedSample(`median requires at least ${needed} values at level ${alpha}, got ${count}`);
  }
  const rank = lowerRank(count, alpha);
  return {
    estimate: medianOfSorted(sorted),
    low: sorted[rank - 1]!,
    high: sorted[count - rank]!,
    spread: [rankSpread(sorted)],
  };
}

/** Exact binomial chances of the two ranks, for values that are normal about the known median. */
function missesOf(_question: MedianQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const alpha = inside ? levels.support : levels.refute;
  const count = counted[0]!;
  const rank = lowerRank(count, alpha);
  if (rank === 0) return 1;
  const spread = spreadOf("median", known[0]!);
  const { value } = known[0]!;
  // The bound at `rank` from an end is beyond a point at this distance from the median when more than that end's share lies beyond it.
  const insideMiss = (distance: number): number =>
    beyond(distance, spread) === 0 ? 0 : atLeast(rank, count, beyond(distance, spread));
  if (inside) return insideMiss(region.high - value) + insideMiss(value - region.low);
  return insideMiss(Math.max(value - region.high, region.low - value));
}

/** P(Bin(n, p) >= k) */
function atLeast(k: number, n: number, p: number): number {
  return binomialCdf(n - k, n, 1 - p);
}

function beyond(distance: number, spread: number): number {
  if (spread === 0) return distance > 0 ? 0 : 0.5;
  return normalUpperTail(distance / spread);
}
