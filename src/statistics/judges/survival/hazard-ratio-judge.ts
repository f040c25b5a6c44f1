import { requireGroups } from "../../contrasts/group-column.ts";
import { isInside, type Planned, planningBy } from "../../planning/planning.ts";
import { normalUpperTail } from "../../quantiles.ts";
import type { HazardRatioQuestion, Known } from "../../question.ts";
import { type Bounds, boundsAround, type Group, type Judge, RefusedSample } from "../judge.ts";
import { coxEstimate } from "./cox-estimate.ts";
import { hazardBound, hazardBudget } from "./hazard-bound.ts";
import { pairedMoments, swapped } from "./paired-moments.ts";
import { seenOf } from "./survival-times.ts";

/**
 * Hazard of the first group over that of the second, where that is one number at all times (D. R. Cox's proportional hazards):
 * bounds by likelihood ratios.
 */
export const hazardRatioJudge: Judge<HazardRatioQuestion> = {
  guarantee:
    "proved at every n, for two independent groups of independent times whose hazards are proportional, of any law, where censoring tells nothing of who is over next; ties, as of times in whole steps, only widen the interval",
  bounds: hazardRatioBounds,
  ...planningBy(2, missesOf),
};

function hazardRatioBounds(groups: readonly Group[], { censored }: HazardRatioQuestion, alpha: number): Bounds {
  requireGroups("hazard ratio", groups, 2);
  const [first, second] = groups.map((group) => seenOf("hazard ratio", group, censored));
  const moments = pairedMoments(first!, second!);
  if (moments.length === 0) throw new RefusedSample("hazard ratio requires events, got none");
  const count = first!.length + second!.length;
  const budget = hazardBudget(alpha);
  const low = hazardBound(moments, count, budget);
  const high = -hazardBound(moments.map(swapped), count, budget);
  const spread = [first!, second!].map(({ length }, group) => {
    const events = moments.reduce((sum, moment) => sum + moment.events[group as 0 | 1], 0);
    return Math.sqrt(length / Math.max(1, events));
  });
  return boundsAround(Math.exp(coxEstimate(moments)), { low: Math.exp(low), high: Math.exp(high) }, spread);
}

/** Half-width of the interval of ln ratio over that of the best single alternative: seldom more, by simulation. */
const MIXTURE_FACTOR = 1.15;

/** By the normal approximation of ln ratio, whose variance is the sum of spread^2 / n: 1 / events of each where the ratio is near 1. */
function missesOf(_question: HazardRatioQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const centre = Math.log(known[0]!.value);
  const error = Math.hypot(...known.map((group, i) => spreadOf(group) / Math.sqrt(counted[i]!)));
  const budget = hazardBudget(inside ? levels.support : levels.refute);
  const width = error * MIXTURE_FACTOR * Math.sqrt(2 * budget);
  const [low, high] = [Math.log(Math.max(0, region.low)), Math.log(Math.max(0, region.high))];
  const slacks = inside ? [high - centre, centre - low] : [Math.max(centre - high, low - centre)];
  return slacks.reduce((sum, slack) => sum + missedBy(slack - width, error), 0);
}

/** All of them over, where the claim does not say. */
function spreadOf({ spread }: Known): number {
  return Number.isFinite(spread) && spread > 0 ? spread : 1;
}

function missedBy(slack: number, error: number): number {
  if (!(slack > 0)) return 1;
  return slack === Number.POSITIVE_INFINITY ? 0 : normalUpperTail(slack / error);
}
