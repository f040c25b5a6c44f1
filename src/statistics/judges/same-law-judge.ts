import { orderedColumn, requireGroups } from "../contrasts/group-column.ts";
import { isInside, type Planned, planningBy } from "../planning/planning.ts";
import type { SameLawQuestion } from "../question.ts";
import { rankSpread } from "../rank-spread.ts";
import { type Bounds, type Group, type Judge, RefusedSample } from "./judge.ts";
import { bandWidth } from "./law-judge.ts";

/** Largest distance between the laws of two independent groups, by a band about each at half the level. */
export const sameLawJudge: Judge<SameLawQuestion> = {
  guarantee: "two independent groups of independent values of any laws, with atoms or without",
  bounds: sameLawBounds,
  ...planningBy(2, missesOf),
};

function sameLawBounds(groups: readonly Group[], _question: SameLawQuestion, alpha: number): Bounds {
  requireGroups("same law", groups, 2);
  const sorted = groups.map((group) => orderedColumn("same law", group));
  for (const { length } of sorted) {
    if (length < 2) throw new RefusedSample(`same law requires at least two values a group, got ${length}`);
  }
  const estimate = distanceBetween(sorted[0]!, sorted[1]!);
  const width = widthOf(alpha, [sorted[0]!.length, sorted[1]!.length]);
  return {
    estimate,
    low: Math.max(0, estimate - width),
    high: Math.min(1, estimate + width),
    spread: sorted.map(rankSpread),
  };
}

/** sup |F_n - G_m| from values in ascending order, by merging; both jump together at equal values. */
export function distanceBetween(first: Float64Array, second: Float64Array): number {
  const n = first.length;
  const m = second.length;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n && j < m) {
    const x = Math.min(first[i]!, second[j]!);
    while (i < n && first[i]! === x) i++;
    while (j < m && second[j]! === x) j++;
    largest = Math.max(largest, Math.abs(i / n - j / m));
  }
  return largest;
}

function widthOf(level: number, counted: readonly number[]): number {
  return counted.reduce((width, n) => width + bandWidth(level / counted.length, n), 0);
}

/**
 * The bounds hold for any two laws; planning may use the sharper 2 exp(-2 d^2 nm / (n + m)) that equal laws have
 * (F. Wei and R. M. Dudley, Statistics and Probability Letters 82, 2012, 636-644), and one point where they differ most.
 */
function missesOf(_question: SameLawQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const [n, m] = [counted[0]!, counted[1]!];
  const { value } = known[0]!;
  if (n < 2 || m < 2) return 1;
  const together = (n * m) / (n + m);
  const tail = (sides: 1 | 2, slack: number): number =>
    slack <= 0 ? 1 : sides * Math.exp(-2 * together * slack * slack);
  if (isInside(planned)) {
    const width = widthOf(levels.support, counted);
    const above = region.high >= 1 ? 0 : tail(2, region.high - value - width);
    return above + (region.low <= 0 ? 0 : tail(1, value - region.low - width));
  }
  const width = widthOf(levels.refute, counted);
  return value > region.high ? tail(1, value - region.high - width) : tail(2, region.low - value - width);
}
