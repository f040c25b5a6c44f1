import { contrastReach } from "../../contrasts/mean-contrast.ts";
import { medianContrastReach } from "../../contrasts/median-contrast.ts";
import { knownGroups, largestSkewness, type Part, plannedParts, type Reach } from "../../planning/contrast-planning.ts";
import { meanReach } from "../../proved/mean-bounds.ts";
import { normalQuantile } from "../../quantiles.ts";
import type { Family, Known } from "../../question.ts";
import { type Bounds, JudgeError } from "../judge.ts";
import { byRange } from "./mean-ratio.ts";
import { boundsOfTallies } from "./proportion-ratio.ts";
import { boundsOfEvents } from "./rate-ratio.ts";
import type { RatioQuestion } from "./ratio-question.ts";

const SUBJECT = "ratio";

/** The ratio that a claim knows of its two groups. */
export function knownRatio(question: RatioQuestion): number {
  const [first, second] = knownGroups(SUBJECT, question.known, 2);
  return first!.value / second!.value;
}

/** Distance from the ratio within which a bound lies with probability 1 - undecided, the second mean being 1. */
export function reachOfRatio(question: RatioQuestion): Reach {
  const ratio = knownRatio(question);
  const known = knownGroups(SUBJECT, question.known, 2);
  const { dispersion = 0 } = question;
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1, 1], undecided);
    const asked = { ratio, parts, alpha, undecided: left };
    switch (question.of) {
      case "mean":
        return byRange(question) ? reachOfBets(asked) : reachOfMeans(question, asked);
      case "median": {
        const logarithmic = medianContrastReach(parts, largestSkewness(question), alpha, left);
        return ratio * Math.expm1(logarithmic);
      }
      case "proportion":
        return reachOfChances(asked, proportionsOf(ratio, known), boundsOfProportions);
      case "rate":
        if (parts.some(({ count }) => count < dispersion)) return Number.POSITIVE_INFINITY;
        return reachOfChances(asked, ratesOf(ratio, known, dispersion), boundsOfRates(dispersion));
    }
  };
}

interface Planned {
  readonly ratio: number;
  readonly parts: readonly Part[];
  readonly alpha: number;
  readonly undecided: number;
}

/** Of the rows' mean at the ratio, over what the second mean may seem to be. */
function reachOfMeans({ families = [] }: RatioQuestion, { ratio, parts, alpha, undecided }: Planned): number {
  const [first, second] = parts as readonly [Part, Part];
  const laws = families.map(scaleFree);
  const scaled = [{ ...first, spread: ratio * first.spread }, second];
  const rows = contrastReach(scaled, [1, -ratio], laws, alpha, undecided);
  const denominator = meanReach(second.count, second.spread, laws[1]!, alpha, undecided);
  return denominator < 1 ? rows / (1 - denominator) : Number.POSITIVE_INFINITY;
}

/** A deviation is in the values' own unit, which a ratio does not know: the kurtosis alone bounds plans. */
function scaleFree({ deviation: _, ...family }: Family): Family {
  return family;
}

/**
 * Of two bets at half of the level: their best widths, and the range's part, twice the least range that a spread allows:
 * values from 0 to b of mean 1 deviate by sqrt(b - 1) at most.
 */
function reachOfBets({ ratio, parts, alpha, undecided }: Planned): number {
  const budget = -Math.log(alpha / 2);
  const widths = parts.map(({ count, spread }) => {
    const limit = Math.sqrt(2 * budget) + normalQuantile(undecided / 2);
    return (limit * spread) / Math.sqrt(count) + (4 * (1 + spread * spread) * budget) / count;
  });
  const [first, second] = widths as [number, number];
  return second < 1 ? ratio * ((1 + first) / (1 - second) - 1) : Number.POSITIVE_INFINITY;
}

interface Chances {
  /** Of one replicate: a probability or a rate. */
  readonly chances: readonly [number, number];
  /** Relative variance of one replicate. */
  readonly variances: readonly [number, number];
  /** Third cumulant over the second, where one unit further is not room enough for it. */
  readonly skewed: readonly [number, number];
}

/** The second proportion is the one of the known spread, sqrt((1 - p) / p). */
function proportionsOf(ratio: number, known: readonly Known[]): Chances {
  const second = 1 / (1 + known[1]!.spread ** 2);
  const first = Math.min(1, ratio * second);
  return { chances: [first, second], variances: [1 / first - 1, 1 / second - 1], skewed: [0, 0] };
}

/** The second rate is the one of the known spread, sqrt(1 / rate + dispersion). */
function ratesOf(ratio: number, known: readonly Known[], dispersion: number): Chances {
  const { spread } = known[1]!;
  const second = 1 / (spread ** 2 - dispersion);
  if (second < 0) {
    throw new JudgeError(
      `planning of a ratio of rates requires a known spread over the mean above ${Math.sqrt(dispersion)}, the root of the dispersion, got ${spread}`,
    );
  }
  return {
    chances: [ratio * second, second],
    variances: [1 / (ratio * second) + dispersion, 1 / second + dispersion],
    skewed: dispersion === 0 ? [0, 0] : [1 + 2 * dispersion * ratio * second, 1 + 2 * dispersion * second],
  };
}

type BoundsOf = (events: readonly [number, number], counts: readonly [number, number], alpha: number) => Bounds;

const boundsOfProportions: BoundsOf = ([i, j], [n, m], alpha) =>
  boundsOfTallies({ ones: Math.min(i, n), count: n }, { ones: Math.min(j, m), count: m }, alpha);

const boundsOfRates =
  (dispersion: number): BoundsOf =>
  ([i, j], [n, m], alpha) =>
    boundsOfEvents({ events: i, count: n }, { events: j, count: m }, dispersion, alpha);

/** The bound at the events that both groups exceed (fall short of) jointly with probability 1 - undecided, one unit further. */
function reachOfChances(
  { ratio, parts, alpha, undecided }: Planned,
  { chances, variances, skewed }: Chances,
  boundsOf: BoundsOf,
): number {
  const counts = parts.map(({ count }) => count) as unknown as readonly [number, number];
  if (!(Math.min(...counts) >= 1)) return Number.POSITIVE_INFINITY;
  const relative = variances.map((variance, g) => variance / counts[g]!);
  const error = Math.sqrt(relative[0]! + relative[1]!);
  const share = error === 0 ? 0 : normalQuantile(undecided) / error;
  const moved = (g: 0 | 1, side: 1 | -1): number => {
    const events = counts[g] * chances[g];
    // the second term of the expansion of a quantile by cumulants (E. A. Cornish and R. A. Fisher, 1938)
    const further = (share * share * relative[g]! * skewed[g]!) / 6;
    return side === 1
      ? Math.ceil(events * (1 + share * relative[g]!) + further) + 1
      : Math.max(0, Math.floor(events * (1 - share * relative[g]!)) - 1);
  };
  const below = boundsOf([moved(0, -1), moved(1, 1)], counts, alpha).low;
  const fewer = moved(1, -1);
  const above = fewer === 0 ? Number.POSITIVE_INFINITY : boundsOf([moved(0, 1), fewer], counts, alpha).high;
  return Math.max(ratio - below, above - ratio);
}
