import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { logGamma } from "../../numerics/special-functions.ts";
import { orderedColumn, requireGroups } from "../contrasts/group-column.ts";
import { cdf } from "../laws.ts";
import { medianOfSorted } from "../moments/location.ts";
import { lowerRank, smallestCountForMedian } from "../order-statistic-ranks.ts";
import { largestSkewness } from "../planning/contrast-planning.ts";
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

/**
 * Exact binomial chances of the two ranks. Between n and the level a rank may be far from the middle, at n = 10 the outermost one, where
 * a law's tail decides and not its density at the median alone: so values are as likely beyond a distance as those of a normal law or
 * of a gamma law of the declared skewness, whichever is worse, of the known density at the median.
 */
function missesOf(question: MedianQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const alpha = inside ? levels.support : levels.refute;
  const count = counted[0]!;
  const rank = lowerRank(count, alpha);
  if (rank === 0) return 1;
  const spread = spreadOf("median", known[0]!);
  const { value } = known[0]!;
  // The bound at `rank` from an end is beyond a point at this distance from the median when more than that end's share lies beyond it.
  const tail = tailOf(spread, largestSkewness(question));
  const insideMiss = (distance: number): number => (tail(distance) === 0 ? 0 : atLeast(rank, count, tail(distance)));
  if (inside) return insideMiss(region.high - value) + insideMiss(value - region.low);
  return insideMiss(Math.max(value - region.high, region.low - value));
}

/** P(Bin(n, p) >= k) */
function atLeast(k: number, n: number, p: number): number {
  return binomialCdf(n - k, n, 1 - p);
}

/** P(a value is farther than a distance beyond the median on one side), at most. */
function tailOf(spread: number, skewness: number): (distance: number) => number {
  if (spread === 0) return (distance) => (distance > 0 ? 0 : 0.5);
  const normal = (distance: number): number => normalUpperTail(distance / spread);
  if (skewness < LEAST_SKEWNESS) return normal;
  const gamma = gammaTail(4 / skewness ** 2);
  return (distance) => Math.max(normal(distance), gamma(distance / spread));
}

/** Below, a gamma law is a normal one as far as a plan can tell: its tail at three deviations is a tenth more. */
const LEAST_SKEWNESS = 0.05;

/** The upper tail beyond the median of a gamma law, in units of the deviation that a normal law of its density there has. */
function gammaTail(shape: number): (distance: number) => number {
  const below = cdf({ name: "gamma", shape, location: 0, sign: 1 });
  const density = (x: number): number => Math.exp((shape - 1) * Math.log(x) - x - logGamma(shape));
  // From shape - 1/3, or below 1 from where the law begins as x^shape, five of Newton's steps reach the last digits.
  let median = shape > 0.5 ? shape - 1 / 3 : Math.exp((logGamma(shape + 1) - Math.LN2) / shape);
  for (let step = 0; step < 5; step++) median += Math.max(-median / 2, (0.5 - below(median)) / density(median));
  const unit = 1 / (Math.sqrt(2 * Math.PI) * density(median));
  return (distance) => 1 - below(median + distance * unit);
}
