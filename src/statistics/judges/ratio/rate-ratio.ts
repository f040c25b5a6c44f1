import { type ExactBounds, jointDifference } from "../../contrasts/joint-difference.ts";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { type Bounds, type Group, RefusedSample } from "../judge.ts";
import { clopperPearson } from "../proportion-judge.ts";
import { type Events, eventsOf, requireCounts } from "../rate/events.ts";
import { highestRate, lowestRate } from "../rate/rate-bounds.ts";

/**
 * Rate of the first group's Poisson counts over that of the second's: given the total, the first group's events are binomial with
 * odds (rate ratio) (replicates ratio), whatever the rates (J. Przyborowski and H. Wilenski, Biometrika 31, 1940), so that Clopper
 * and Pearson's bounds are exact.
 */
export function ratioOfRates(groups: readonly Group[], dispersion: number, alpha: number): Bounds {
  const [first, second] = groups.map((group) => eventsOf("ratio of rates", group)) as [Events, Events];
  if (first.events + second.events === 0) throw new RefusedSample("ratio of rates requires events, got none");
  for (const each of [first, second]) requireCounts("ratio of rates", each, dispersion);
  return boundsOfEvents(first, second, dispersion, alpha);
}

/** The same of events at hand: of negative binomial counts by the joint region of both rates, as for proportions. */
export function boundsOfEvents(first: Events, second: Events, dispersion: number, alpha: number): Bounds {
  const bounds = dispersion === 0 ? givenTotal(first, second, alpha) : jointRates(first, second, dispersion, alpha);
  return {
    estimate: first.events / first.count / (second.events / second.count),
    ...bounds,
    spread: [first, second].map(({ events, count }) => Math.sqrt(count / events + dispersion)),
  };
}

function jointRates(first: Events, second: Events, dispersion: number, alpha: number): TwoBounds {
  const logarithms = (events: Events): ExactBounds => ({
    low: (level) => Math.log(lowestRate(events, dispersion, level)),
    high: (level) => Math.log(highestRate(events, dispersion, level)),
  });
  const { low, high } = jointDifference(logarithms(first), logarithms(second), alpha);
  return { low: Math.exp(low), high: Math.exp(high) };
}

function givenTotal(first: Events, second: Events, alpha: number): TwoBounds {
  const { low, high } = clopperPearson(first.events, first.events + second.events, alpha);
  const ratioAt = (chance: number) => ((chance / (1 - chance)) * second.count) / first.count;
  return { low: ratioAt(low), high: ratioAt(high) };
}
