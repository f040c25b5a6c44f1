import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { type Judge, JudgeError, type Levels, type PlanningErrors } from "../judges/judge.ts";
import type { Known, Question, Region } from "../question.ts";

/** What planning knows when it asks a judge for its chance to miss. */
export interface Planned {
  /** Of each group, after exclusions. */
  readonly counted: readonly number[];
  readonly region: Region;
  readonly known: readonly Known[];
  readonly levels: Levels;
}

/**
 * Probability that a question stays undecided: not supported where the known value lies inside the region, not refuted
 * where it lies outside. 1 where the judge would refuse so few values.
 */
export type Misses<Q extends Question> = (question: Q, planned: Planned) => number;

/** The planning half of a judge with `groups` groups, from its chance to miss. */
export function planningBy<Q extends Question>(groups: number, misses: Misses<Q>): Pick<Judge<Q>, "detects" | "needs"> {
  const missesOf = (question: Q, region: Region, replicates: readonly number[], errors: PlanningErrors): number => {
    const known = knownOf(question, groups);
    const shortfall = known.some(({ counts }) => counts < 1) ? (SHORTFALL * errors.undecided) / groups : 0;
    const counted = replicates.map((n, i) => countedReplicates(n, known[i]!.counts, shortfall));
    return shortfall * groups + Math.min(1, misses(question, { counted, region, known, levels: errors }));
  };
  return {
    detects: (replicates, question, errors) => {
      requireReplicates(question, replicates, groups);
      const { value } = knownOf(question, groups)[0]!;
      return smallestMargin(
        (margin) =>
          missesOf(question, { low: value - margin, high: value + margin }, replicates, errors) <= errors.undecided,
      );
    },
    needs: (replicates, question, errors) => {
      requireReplicates(question, replicates, groups);
      const scaled = (n: number): readonly number[] => replicates.map((r) => Math.ceil((r * n) / replicates[0]!));
      const n = fewest((n) => missesOf(question, question.region, scaled(n), errors) <= errors.undecided);
      return Number.isFinite(n) ? scaled(n) : replicates.map(() => Number.POSITIVE_INFINITY);
    },
  };
}

/** Whether the known value lies inside the region, so that the question should be supported. */
export function isInside({ region, known }: Planned): boolean {
  const { value } = known[0]!;
  return value >= region.low && value <= region.high;
}

/** The known spread of a group; throws `JudgeError` where the claim states none. */
export function spreadOf(statistic: string, known: Known): number {
  if (known.spread >= 0 && Number.isFinite(known.spread)) return known.spread;
  throw new JudgeError(`planning of a ${statistic} requires a known spread of at least 0, got ${known.spread}`);
}

/** What the undecided share spends on more exclusions than expected; so small that it costs little, and its normal deviate too. */
const SHORTFALL = 0.1;

/** A family of streams has no more replicates. */
const MOST_REPLICATES = 2 ** 32;

function knownOf(question: Question, groups: number): readonly Known[] {
  const known = question.known;
  if (known?.length !== groups) {
    throw new JudgeError(
      `planning of a ${question.statistic} requires ${groups} known groups, got ${known?.length ?? 0}`,
    );
  }
  for (const { value, counts } of known) {
    if (!Number.isFinite(value)) {
      throw new JudgeError(`planning of a ${question.statistic} requires a finite known value, got ${value}`);
    }
    if (!(counts > 0 && counts <= 1)) {
      throw new JudgeError(
        `planning of a ${question.statistic} requires a proportion that counts in (0, 1], got ${counts}`,
      );
    }
  }
  return known;
}

function requireReplicates(question: Question, replicates: readonly number[], groups: number): void {
  if (replicates.length !== groups || !replicates.every((n) => Number.isInteger(n) && n > 0)) {
    throw new JudgeError(
      `planning of a ${question.statistic} requires ${groups} positive numbers of replicates, got [${replicates.join(", ")}]`,
    );
  }
}

/** The number that count out of `replicates`, which fewer do only with probability `level` at most. */
function countedReplicates(replicates: number, counts: number, level: number): number {
  if (counts === 1) return replicates;
  let low = 0;
  let high = replicates;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (binomialCdf(middle - 1, replicates, counts) <= level) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The n at which `decides` turns true, by doubling and halving; Infinity where it never does. */
function fewest(decides: (n: number) => boolean): number {
  let high = 1;
  while (!decides(high)) {
    high *= 2;
    if (high > MOST_REPLICATES) return Number.POSITIVE_INFINITY;
  }
  let low = high === 1 ? 0 : high / 2;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** The margin at which `decides` turns true, to a relative 1e-6; Infinity where none from 2^-40 to 2^40 does. */
function smallestMargin(decides: (margin: number) => boolean): number {
  const range = 2 ** 40;
  if (!decides(range)) return Number.POSITIVE_INFINITY;
  let low = 1 / range;
  let high = range;
  while (high / low > 1 + 1e-6) {
    const middle = Math.sqrt(low * high);
    if (decides(middle)) high = middle;
    else low = middle;
  }
  return high;
}
