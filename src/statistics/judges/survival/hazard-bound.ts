import type { PairedMoment } from "./paired-moments.ts";

/** Alternatives tried at once, each twice as far from the ratio asked about as the one before. */
const ALTERNATIVES = 7;

/** Logarithm of what the sum of the likelihood ratios reaches with probability at most alpha. */
export function hazardBudget(alpha: number): number {
  return -Math.log(alpha / ALTERNATIVES);
}

/**
 * A number that ln(hazard of the first group / hazard of the second) is below with probability at most alpha, `budget` its
 * `hazardBudget`; `count`: replicates of both. -Infinity where the first has too few events.
 *
 * Proof. Given all that happened before, an event is the first group's with probability r Y1 / (r Y1 + Y2), r the ratio and Y those at
 * risk, whatever the hazard that both share. So the likelihood ratio of r exp(d) and r over the events is a martingale of
 * start 1 under r, as is the average over fixed d > 0; by Ville's inequality it reaches 1 / alpha with probability at most
 * alpha (J. ter Schure, M. Perez-Ortiz, A. Ly, P. Grunwald, The safe logrank test, New England Journal of Statistics in Data Science 2, 2024).
 * The partial likelihood's logarithm is concave in ln r, so that the ratio falls in it and the r where it is small are a half-line.
 *
 * Events at one time happened one after the other in an order that was not seen. Those of the second group first leaves the
 * largest share of the first at risk, and so the least ratio of any order: what holds of it holds of the true one.
 */
export function hazardBound(moments: readonly PairedMoment[], count: number, budget: number): number {
  const nearest = Math.sqrt((2 * budget) / (count / 4)) / 2;
  const steps = Array.from({ length: ALTERNATIVES }, (_, k) => nearest * 2 ** k);
  const risks = risksInOrder(moments);
  const ofFirst = moments.reduce((sum, { events }) => sum + events[0], 0);
  const exceeds = (logRatio: number): boolean => {
    const ratio = Math.exp(logRatio);
    let sum = 0;
    for (const step of steps) {
      let evidence = step * ofFirst - budget;
      for (const [first, second] of risks)
        evidence -= Math.log1p((Math.expm1(step) * ratio * first) / (ratio * first + second));
      sum += Math.exp(Math.min(MOST_EVIDENCE, evidence));
    }
    return sum >= 1;
  };
  return lastBelow(exceeds);
}

/** Beyond which a likelihood ratio is beyond every level; its exponential is finite. */
const MOST_EVIDENCE = 600;

/** Those at risk before each single event, the second group's first at each time. */
function risksInOrder(moments: readonly PairedMoment[]): readonly (readonly [number, number])[] {
  return moments.flatMap(({ atRisk: [first, second], events: [d1, d2] }) => [
    ...Array.from({ length: d2 }, (_, j) => [first, second - j] as const),
    ...Array.from({ length: d1 }, (_, j) => [first - j, second - d2] as const),
  ]);
}

/** |ln ratio| beyond which nothing is told apart. */
export const FARTHEST = 50;

/** The largest logarithm at which a falling condition holds, low by 1e-13; -Infinity where it holds nowhere. */
function lastBelow(holds: (logRatio: number) => boolean): number {
  let [low, high] = [-FARTHEST, FARTHEST];
  if (!holds(low)) return Number.NEGATIVE_INFINITY;
  for (let step = 0; step < 50; step++) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}
