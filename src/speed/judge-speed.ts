import { median } from "simple-statistics";
import { lowerRank } from "../statistics/order-statistic-ranks.ts";

/** P(any benchmark of one comparison is called slower or faster although its code is the same), all of them together. */
export const FALSE_ALARMS = 1e-3;

/** A change that lies within this is called none: below it nobody would act. */
export const SAME_WITHIN = 0.03;

/**
 * Rounds are planned so that the interval's ends are the fourth smallest and fourth largest ratio: three rounds that a
 * disturbed machine spoiled on one side cost nothing.
 */
const PLANNED_RANK = 4;

export type SpeedVerdict = "slower" | "faster" | "same" | "undecided";

/** The head's time over the base's, less one: 0.04 is 4 % slower. */
export interface SpeedChange {
  readonly median: number;
  readonly low: number;
  readonly high: number;
  readonly verdict: SpeedVerdict;
}

/** Error level of each end of each interval: two ends a benchmark share what is allowed for all. */
export function levelFor(benchmarks: number): number {
  return FALSE_ALARMS / (2 * benchmarks);
}

/** Rounds for this many benchmarks, fixed before the first is run. */
export function roundsFor(benchmarks: number): number {
  return leastRounds(benchmarks, PLANNED_RANK);
}

/** Fewest rounds that give any interval at all. */
export function fewestRounds(benchmarks: number): number {
  return leastRounds(benchmarks, 1);
}

/**
 * Judges the logarithms of the paired ratios, one a round, by the order-statistic interval of their median.
 *
 * Each round decides by a fair coin which commit goes first, and treats both alike. Where both have the same code, the sign of
 * each logarithm is therefore that coin, whatever the machine does: drifts, bursts and heavy tails leave it a coin, and
 * P(a given end lies beyond zero) <= P(Bin(rounds, 1/2) <= rank - 1) <= level. Where one is slower by a constant factor the
 * same holds for the logarithm less that factor's, so the interval has its level there too.
 */
export function judgeSpeed(logRatios: readonly number[], benchmarks: number): SpeedChange {
  const rank = lowerRank(logRatios.length, levelFor(benchmarks));
  const sorted = [...logRatios].sort((a, b) => a - b);
  const low = rank === 0 ? -1 : Math.expm1(sorted[rank - 1]!);
  const high = rank === 0 ? Infinity : Math.expm1(sorted[sorted.length - rank]!);
  return { median: Math.expm1(median(sorted)), low, high, verdict: verdictOf(low, high) };
}

function verdictOf(low: number, high: number): SpeedVerdict {
  if (low > -SAME_WITHIN && high < SAME_WITHIN) return "same";
  if (low > 0) return "slower";
  return high < 0 ? "faster" : "undecided";
}

function leastRounds(benchmarks: number, rank: number): number {
  const level = levelFor(benchmarks);
  let rounds = 2;
  while (lowerRank(rounds, level) < rank) rounds++;
  return rounds;
}
