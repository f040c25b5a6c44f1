import type { Step } from "./survival-curve.ts";
import type { Moment } from "./survival-times.ts";

/** Curves that the law's own, P(T > t), keeps above and below of. */
export interface SurvivalBand {
  readonly low: readonly Step[];
  readonly high: readonly Step[];
}

/**
 * A band about the part that is left at each time, from times of which some are lost from sight:
 * P(the law's curve is anywhere below `low`) <= alpha, and the same of `high`, at every number of replicates, for any law of
 * times (atoms and never included), provided that at no time those lost until then say anything of who is over next.
 *
 * Proof. Let K = -ln P(T > t), and Y the number at risk. Spread each atom of the law over a little time of its own, in which
 * nobody is lost: replicates that are over at one time then are so one after the other, and P(T > t) = exp(-K) still. The
 * number N of those over less the integral of Y dK is a martingale, and so for any number c the process
 * prod over events (1 - c / Y) exp(c K), stopped when Y falls to c, is a nonnegative martingale with start 1 (Doleans-Dade; O. Aalen,
 * Annals of Statistics 6, 1978, 701-726), and so is prod (1 + c / Y) exp(-c K). Any average over fixed numbers c is one too. By
 * Ville's inequality it ever reaches 1 / alpha with probability at most alpha; it rises (falls) in K, so that the K at which
 * it has not are an interval, at all times together. A c whose process was stopped counts as 0, on the safe side.
 *
 * Cost: replicates times `PRICES`, and a few steps of Newton's method a time.
 */
export function survivalBand(moments: readonly Moment[], count: number, alpha: number): SurvivalBand {
  const budget = bandBudget(alpha);
  const widest = WIDEST * Math.sqrt(2 * count * budget);
  return {
    low: lowest(moments, pricesFrom(Math.min(widest, LARGEST_PART * count)), budget),
    high: highest(moments, pricesFrom(widest), budget),
  };
}

/** Logarithm of what the sum of the processes reaches with probability at most alpha. */
export function bandBudget(alpha: number): number {
  return -Math.log(alpha / PRICES);
}

/** Numbers c, each half of the one before: from 8 times the best one at the middle of a law without losses to an eighth of it. */
const PRICES = 7;
const WIDEST = 8;
/** Of the replicates: a c of all of them would be stopped by the first that is over. */
const LARGEST_PART = 0.9;

function pricesFrom(largest: number): readonly number[] {
  return Array.from({ length: PRICES }, (_, k) => largest / 2 ** k);
}

/** exp(-K) at the largest K that is kept. */
function lowest(moments: readonly Moment[], prices: readonly number[], budget: number): readonly Step[] {
  const logs = prices.map(() => 0);
  const stop = (left: number) => {
    for (const [k, price] of prices.entries()) if (price >= left) logs[k] = Number.NEGATIVE_INFINITY;
  };
  const curve = () => Math.exp(-largestKept(prices, logs, budget));
  return moments.map(({ time, atRisk, events, lost }) => {
    for (let left = atRisk; left > atRisk - events; left--) {
      stop(left);
      for (const [k, price] of prices.entries()) logs[k] = logs[k]! + Math.log1p(-Math.min(price, left) / left);
    }
    // an atom's K goes on after the last of its events
    stop(atRisk - events);
    const at = curve();
    stop(atRisk - events - lost);
    return { time, at, after: curve() };
  });
}

/** exp(-K) at the least K that is kept: -K obeys the equation of the largest. */
function highest(moments: readonly Moment[], prices: readonly number[], budget: number): readonly Step[] {
  const logs = prices.map(() => 0);
  return moments.map(({ time, atRisk, events }) => {
    for (let left = atRisk; left > atRisk - events; left--) {
      for (const [k, price] of prices.entries()) logs[k] = logs[k]! + Math.log1p(price / left);
    }
    const at = Math.min(1, Math.exp(largestKept(prices, logs, budget)));
    return { time, at, after: at };
  });
}

/**
 * The root K of sum exp(logs + prices K) = exp(budget): convex and rising, so that Newton's method from a K that is too large
 * stays too large, on the safe side. Infinity where every process was stopped.
 */
function largestKept(prices: readonly number[], logs: readonly number[], budget: number): number {
  let root = Math.min(...prices.map((price, k) => (budget - logs[k]!) / price));
  if (root === Number.POSITIVE_INFINITY) return root;
  for (let step = 0; step < NEWTON_STEPS; step++) {
    let [sum, slope] = [0, 0];
    for (const [k, price] of prices.entries()) {
      const part = Math.exp(logs[k]! + price * root - budget);
      sum += part;
      slope += price * part;
    }
    // ln of the sum, not the sum: nearly linear, and convex too
    const next = root - (Math.log(sum) * sum) / slope;
    if (!(next < root)) break;
    root = next;
  }
  return root;
}

/** From a sum at most `PRICES` times too large; each squares the error. */
const NEWTON_STEPS = 8;
