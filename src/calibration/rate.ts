import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";

/** How often something happened, with a two-sided 99% interval for its probability. */
export interface Rate {
  readonly events: number;
  /** Whole numbers of trials where counted; none where the probability was estimated by tilted sampling. */
  readonly trials: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/** A false alarm of one comparison of a rate with its promise has at most this probability. */
export const FALSE_ALARM = 1e-6;

/** Level of each end of the intervals that tables print: 99% two-sided. */
const END_LEVEL = 0.005;

/** A counted rate with its Clopper-Pearson interval (1934), exact for every probability. */
export function countedRate(events: number, trials: number): Rate {
  if (!(Number.isInteger(events) && events >= 0 && events <= trials && trials >= 1)) {
    throw new RangeError(`countedRate requires 0 to trials events in at least one trial, got ${events} in ${trials}`);
  }
  return {
    events,
    trials,
    rate: events / trials,
    low: events === 0 ? 0 : betaQuantile(END_LEVEL, events, trials - events + 1),
    high: events === trials ? 1 : betaQuantile(1 - END_LEVEL, events + 1, trials - events),
  };
}

/**
 * Probability of at least this many events if each trial had the promised one: the p-value of the exact one-sided test
 * that a promise is kept. 1 minus a distribution function, so that values below about 1e-12 are not resolved.
 */
export function chanceOfAsMany({ events, trials }: Rate, promised: number): number {
  return events === 0 ? 1 : Math.max(0, 1 - binomialCdf(events - 1, trials, promised));
}

/** Whether a rate is too high for the promise to be believed; false alarms of this check have at most the probability given. */
export function exceeds(rate: Rate, promised: number, falseAlarm: number): boolean {
  return chanceOfAsMany(rate, promised) < falseAlarm;
}
