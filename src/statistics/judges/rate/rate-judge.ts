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
import { boundsAround, type Judge, RefusedSample } from "../judge.ts";
import { eventsOf, requireCounts } from "./events.ts";
import { highestRate, lowestRate } from "./rate-bounds.ts";

/** Groups: one, of one column of counts. */
export interface RateQuestion extends Question {
  readonly statistic: "rate";
  /** Of one count: its variance is mean + dispersion mean^2, as a negative binomial's is. Poisson where absent. */
  readonly dispersion?: number;
}

/**
 * Rate of events a replicate, by the law of their total: Garwood's bounds of Poisson counts (F. Garwood, Biometrika 28, 1936, 437-442), and
 * the same of negative binomial ones, whose total is negative binomial.
 */
export const rateJudge: Judge<RateQuestion> = {
  guarantee:
    "proved at every n, for independent Poisson counts, or counts whose total is no more spread; exact (Garwood). With a declared dispersion exact for negative binomial counts of it, and measured for those of a smaller one",

  bounds: (groups, { dispersion = 0 }, alpha) => {
    requireGroups("rate", groups, 1);
    const events = eventsOf("rate", groups[0]!);
    if (events.count === 0) throw new RefusedSample("rate requires at least one count, got none");
    requireCounts("rate", events, dispersion);
    const rate = events.events / events.count;
    const [low, high] = [lowestRate(events, dispersion, alpha), highestRate(events, dispersion, alpha)];
    return boundsAround(rate, { low, high }, [Math.sqrt(rate + dispersion * rate * rate)]);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("rate", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** The bound at the events that chance falls short of, or exceeds, with probability `undecided`, one unit further. */
function reachOf(question: RateQuestion): Reach {
  const known = knownGroups("rate", question.known, 1);
  const { value } = known[0]!;
  const { dispersion = 0 } = question;
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count } = parts[0]!;
    if (!(count >= Math.max(1, dispersion))) return Number.POSITIVE_INFINITY;
    const z = normalQuantile(left);
    const deviation = Math.sqrt(count * value * (1 + dispersion * value));
    const chance = z * deviation + (z * z * (1 + 2 * dispersion * value)) / 6 + 1;
    const fewest = Math.max(0, Math.floor(count * value - chance));
    const below = lowestRate({ events: fewest, count }, dispersion, alpha);
    const above = highestRate({ events: Math.ceil(count * value + chance), count }, dispersion, alpha);
    return Math.max(value - below, above - value);
  };
}
