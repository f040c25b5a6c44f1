import type { Bounds } from "../judges/judge.ts";
import { clopperPearsonHigh, clopperPearsonLow } from "../judges/proportion-judge.ts";
import type { TwoBounds } from "../proved/mean-at-variance.ts";
import { normalQuantile } from "../quantiles.ts";
import { type ExactBounds, jointDifference, leastDifference } from "./joint-difference.ts";
import type { Tally } from "./tally.ts";

/**
 * Bounds for the first proportion less the second: exact (conservative), Clopper-Pearson bounds of both groups over the
 * joint region of `jointDifference`. Cost: 64 beta quantiles.
 */
export function proportionDifferenceBounds(first: Tally, second: Tally, alpha: number): Bounds {
  const { low, high } = jointProportions(first, second, alpha, (p) => p);
  return {
    estimate: first.ones / first.count - second.ones / second.count,
    low: Math.max(-1, low),
    high: Math.min(1, high),
    spread: [first, second].map(({ ones, count }) => Math.sqrt((ones / count) * (1 - ones / count))),
  };
}

/** Bounds for `scale` of the first proportion less that of the second, of a scale that grows. */
export function jointProportions(
  first: Tally,
  second: Tally,
  alpha: number,
  scale: (proportion: number) => number,
): TwoBounds {
  return jointDifference(exactBounds(first, scale), exactBounds(second, scale), alpha);
}

function exactBounds({ ones, count }: Tally, scale: (proportion: number) => number): ExactBounds {
  return {
    low: (level) => scale(clopperPearsonLow(ones, count, level)),
    high: (level) => scale(clopperPearsonHigh(ones, count, level)),
  };
}

/** The lower bound of `proportionDifferenceBounds`. */
function leastProportionDifference(first: Tally, second: Tally, alpha: number): number {
  const [of, less] = [first, second].map((tally) => exactBounds(tally, (p) => p)) as [ExactBounds, ExactBounds];
  return Math.max(-1, leastDifference(of, less, alpha));
}

/**
 * A pair of proportions with the difference: about the middle, whose variance is the largest and whose plan the hardest, unless their
 * standard deviations are known, which put the pair's middle at a smaller proportion. Undefined spreads: unknown.
 */
export function proportionsApart(
  difference: number,
  spreads: readonly (number | undefined)[],
): readonly [first: number, second: number] {
  const [first, second] = [difference / 2, -difference / 2].map(
    (part, i) => middleOf(spreads[i], Math.abs(part)) + part,
  );
  return [first!, second!];
}

/** The smaller proportion of a known standard deviation (one half where none is known), kept from leaving [0, 1] by half a difference. */
function middleOf(spread: number | undefined, half: number): number {
  const root = spread === undefined ? 0 : Math.sqrt(Math.max(0, 1 - 4 * spread * spread));
  return Math.min(1 - half, Math.max(half, (1 - root) / 2));
}

/**
 * Distance from p1 - p2 within which the bound lies with probability 1 - undecided: the bound at the tallies that both
 * groups exceed (fall short of) jointly with that probability, binomials by their normal quantiles, one unit further.
 */
export function proportionDifferenceReach(
  proportions: readonly [number, number],
  counts: readonly [number, number],
  alpha: number,
  undecided: number,
): number {
  if (!(Math.min(...counts) >= 1)) return Number.POSITIVE_INFINITY;
  const [p, q] = proportions;
  const [n, m] = counts;
  const error = Math.sqrt((p * (1 - p)) / n + (q * (1 - q)) / m);
  // The unfavourable deviation of the difference, shared between both groups in proportion to their variances.
  const share = error === 0 ? 0 : normalQuantile(undecided) / error;
  const lowOnes = Math.max(0, Math.floor(n * p - share * p * (1 - p)) - 1);
  const highOnes = Math.min(m, Math.ceil(m * q + share * q * (1 - q)) + 1);
  const below = leastProportionDifference({ ones: lowOnes, count: n }, { ones: highOnes, count: m }, alpha);
  const moreOnes = Math.min(n, Math.ceil(n * p + share * p * (1 - p)) + 1);
  const fewerOnes = Math.max(0, Math.floor(m * q - share * q * (1 - q)) - 1);
  // the upper bound of a difference is the lower one of the difference turned round
  const above = -leastProportionDifference({ ones: fewerOnes, count: m }, { ones: moreOnes, count: n }, alpha);
  return Math.max(p - q - below, above - (p - q));
}
