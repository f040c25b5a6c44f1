import { finiteColumn } from "../../contrasts/group-column.ts";
import { type Bounds, type Group, JudgeError, RefusedSample } from "../judge.ts";
import { clopperPearson } from "../proportion-judge.ts";

/** Events in so many replicates. */
export interface Events {
  readonly events: number;
  readonly count: number;
}

/**
 * Rate of the first group's Poisson counts over that of the second's: given the total, the first group's events are binomial with
 * odds (rate ratio) (replicates ratio), whatever the rates (J. Przyborowski and H. Wilenski, Biometrika 31, 1940), so that Clopper
 * and Pearson's bounds are exact.
 */
export function ratioOfRates(groups: readonly Group[], alpha: number): Bounds {
  const [first, second] = groups.map((group) => eventsOf("ratio of rates", group)) as [Events, Events];
  if (first.events + second.events === 0) throw new RefusedSample("ratio of rates requires events, got none");
  return boundsOfEvents(first, second, alpha);
}

/** The same of events at hand. */
export function boundsOfEvents(first: Events, second: Events, alpha: number): Bounds {
  const { low, high } = clopperPearson(first.events, first.events + second.events, alpha);
  const ratioAt = (chance: number) => ((chance / (1 - chance)) * second.count) / first.count;
  return {
    estimate: first.events / first.count / (second.events / second.count),
    low: ratioAt(low),
    high: ratioAt(high),
    spread: [first, second].map(({ events, count }) => Math.sqrt(count / events)),
  };
}

/** Throws `JudgeError` for values that are no counts. */
export function eventsOf(subject: string, group: Group): Events {
  const column = finiteColumn(subject, group);
  const at = column.findIndex((value) => !(value >= 0 && Number.isInteger(value)));
  if (at >= 0)
    throw new JudgeError(`${subject} requires whole numbers from 0 up, got ${column[at]} at replicate ${at}`);
  return { events: column.reduce((sum, value) => sum + value, 0), count: column.length };
}
