import { logGamma } from "../../../numerics/special-functions.ts";
import { requireGroups } from "../../contrasts/group-column.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { normalQuantile } from "../../quantiles.ts";
import type { Question } from "../../question.ts";
import { type Bounds, type Judge, RefusedSample } from "../judge.ts";
import { eventsOf } from "../ratio/rate-ratio.ts";

/** Groups: one, of one column of counts. */
export interface RateQuestion extends Question {
  readonly statistic: "rate";
}

/** Rate of events a replicate by Garwood's bounds (F. Garwood, Biometrika 28, 1936, 437-442): the total of Poisson counts is Poisson. */
export const rateJudge: Judge<RateQuestion> = {
  guarantee:
    "proved at every n, for independent Poisson counts, or counts whose total is no more spread; exact (Garwood)",

  bounds: (groups, _question, alpha) => {
    requireGroups("rate", groups, 1);
    const { events, count } = eventsOf("rate", groups[0]!);
    if (count === 0) throw new RefusedSample("rate requires at least one count, got none");
    return rateBounds(events, count, alpha);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("rate", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

function rateBounds(events: number, count: number, alpha: number): Bounds {
  return {
    estimate: events / count,
    low: events === 0 ? 0 : meanAt(alpha, events, (mean) => atLeast(events, mean), 1) / count,
    high: meanAt(alpha, events, (mean) => atMost(events, mean), -1) / count,
    spread: [Math.sqrt(events / count)],
  };
}

/** The bound at the events that chance falls short of, or exceeds, with probability `undecided`, one unit further. */
function reachOf(question: RateQuestion): Reach {
  const known = knownGroups("rate", question.known, 1);
  const { value } = known[0]!;
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count } = parts[0]!;
    if (!(count >= 1)) return Number.POSITIVE_INFINITY;
    const z = normalQuantile(left);
    const chance = z * Math.sqrt(count * value) + (z * z) / 6 + 1;
    const below = rateBounds(Math.max(0, Math.floor(count * value - chance)), count, alpha).low;
    const above = rateBounds(Math.ceil(count * value + chance), count, alpha).high;
    return Math.max(value - below, above - value);
  };
}

/** The mean at which a tail is `alpha`, to a relative 1e-13, the outer end; the tail grows with the mean (`sign` 1) or falls. */
function meanAt(alpha: number, events: number, tail: (mean: number) => number, sign: 1 | -1): number {
  let [low, high] = sign === 1 ? [0, events] : [events, events + 1];
  if (sign === -1) while (tail(high) > alpha) high *= 2;
  while (high - low > 1e-13 * high) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    const isInner = sign === 1 ? tail(middle) > alpha : tail(middle) <= alpha;
    if (isInner) high = middle;
    else low = middle;
  }
  return sign === 1 ? low : high;
}

/** P(Poisson(mean) <= k) where k is below the mean: from its largest term down, without cancellation. */
function atMost(k: number, mean: number): number {
  let [term, sum] = [chanceOf(k, mean), 0];
  for (let i = k; term > sum * Number.EPSILON; i--) {
    sum += term;
    term *= i / mean;
  }
  return sum;
}

/** P(Poisson(mean) >= k) where k is above the mean. */
function atLeast(k: number, mean: number): number {
  let [term, sum] = [chanceOf(k, mean), 0];
  for (let i = k; term > sum * Number.EPSILON; i++) {
    sum += term;
    term *= mean / (i + 1);
  }
  return sum;
}

function chanceOf(k: number, mean: number): number {
  return mean === 0 ? (k === 0 ? 1 : 0) : Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
}
