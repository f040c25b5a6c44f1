import { finiteColumn, orderedColumn, severalValues } from "../../contrasts/group-column.ts";
import { contrastReach, meanContrastBounds } from "../../contrasts/mean-contrast.ts";
import { medianContrastBounds, medianContrastReach } from "../../contrasts/median-contrast.ts";
import {
  familiesOf,
  knownGroups,
  largestSkewness,
  plannedParts,
  type Reach,
} from "../../planning/contrast-planning.ts";
import { bettingBounds, bettingReach } from "../../proved/betting.ts";
import { contrastRows } from "../../proved/independent-contrast.ts";
import type { ComparedArms, Family } from "../../question.ts";
import { type Bounds, boundsAround, type Group, JudgeError } from "../judge.ts";

/** One arm less another, by their places among the groups. */
export type Pair = readonly [first: number, second: number];

/**
 * Bounds for differences of two arms' means or medians, one pair after the other, each wrong with probability at most `alpha`: joint
 * order statistics; as a mean is bounded, of each arm's family; or bets on the rows' differences, within a declared range.
 */
export function pairBounds(
  subject: string,
  groups: readonly Group[],
  question: ComparedArms,
): (pair: Pair, alpha: number) => Bounds {
  const { through, range } = question;
  if (through === "median") {
    const sorted = groups.map((group) => orderedColumn(subject, group));
    return ([i, j], alpha) => medianContrastBounds(subject, [sorted[i]!, sorted[j]!], WEIGHTS, alpha);
  }
  const columns = groups.map((group) => severalValues(subject, group));
  const families = familiesOf(subject, question, groups.length, range !== undefined);
  if (families.length > 0) {
    return ([i, j], alpha) =>
      meanContrastBounds(subject, [columns[i]!, columns[j]!], WEIGHTS, [families[i]!, families[j]!], alpha);
  }
  for (const group of groups) requireRange(subject, finiteColumn(subject, group), range!);
  return ([i, j], alpha) => rangeBounds([columns[i]!, columns[j]!], range!, alpha);
}

const WEIGHTS = [1, -1];
/** Rows are made alike of any law; what a family would say of them is not asked. */
const UNUSED: readonly Family[] = WEIGHTS.map(() => ({ skewness: 0, excessKurtosis: 0 }));

function rangeBounds(columns: readonly Float64Array[], [from, to]: readonly [number, number], alpha: number): Bounds {
  const { values } = contrastRows(columns, WEIGHTS, UNUSED);
  const [first, second] = columns.map((column) => column.reduce((sum, value) => sum + value, 0) / column.length);
  const found = bettingBounds({ values, range: [from - to, to - from], horizon: values.length }, alpha);
  return boundsAround(first! - second!, found, columns.map(deviationOf));
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, values.length - 1));
}

function requireRange(subject: string, values: Float64Array, [low, high]: readonly [number, number]): void {
  const at = values.findIndex((value) => !(value >= low && value <= high));
  if (at >= 0) {
    throw new JudgeError(
      `${subject} requires values in the declared range [${low}, ${high}], got ${values[at]} at replicate ${at}`,
    );
  }
}

/**
 * How far from the known answer, which is the difference of one of the pairs, a bound may be expected: each pair's bound from its own
 * difference by its own arms' spreads, less what that difference has to spare before it is the answer; level and risk are split over
 * the pairs. `spare`: of a pair's known difference, at least 0.
 */
export function pairReach(
  subject: string,
  question: ComparedArms,
  pairs: readonly Pair[],
  spare: (difference: number) => number,
): Reach {
  const groups = question.names.length;
  const known = knownGroups(subject, question.known, groups);
  const families =
    question.through === "mean" ? familiesOf(subject, question, groups, question.range !== undefined) : [];
  const reachOf = (pair: Pair, replicates: readonly number[], level: number, risk: number): number => {
    const own = <T>(all: readonly T[]) => pair.map((arm) => all[arm]!);
    const { parts, left } = plannedParts(own(replicates), own(known), WEIGHTS, risk);
    if (question.through === "median") return medianContrastReach(parts, largestSkewness(question), level, left);
    if (families.length > 0) return contrastReach(parts, WEIGHTS, own(families), level, left);
    const [from, to] = question.range!;
    const rows = Math.min(...parts.map(({ count }) => count));
    const spread = Math.hypot(...parts.map((part) => part.spread));
    return bettingReach(rows, spread, [from - to, to - from], level, left);
  };
  return (replicates, alpha, undecided) =>
    Math.max(
      ...pairs.map((pair) => {
        const [first, second] = pair.map((arm) => known[arm]!.value);
        const more = spare(first! - second!);
        // of values that a claim does not know nothing is to spare
        const kept = more > 0 ? more : 0;
        return reachOf(pair, replicates, alpha / pairs.length, undecided / pairs.length) - kept;
      }),
    );
}
