import { orderedColumn } from "../../contrasts/group-column.ts";
import { medianContrastBounds } from "../../contrasts/median-contrast.ts";
import { medianOfSorted } from "../../moments/location.ts";
import { type Bounds, boundsAround, type Group, JudgeError, RefusedSample } from "../judge.ts";

const WEIGHTS = [1, -1];

/**
 * Median of the first group over that of the second, of values that are nowhere below zero: a median's logarithm is the median of the
 * logarithms, so that the bounds are those of a difference of medians, exact for every law, with zeros and infinite values.
 */
export function ratioOfMedians(groups: readonly Group[], alpha: number): Bounds {
  const sorted = groups.map((group) => orderedColumn("ratio of medians", group));
  for (const [least] of sorted) {
    if (least! < 0) throw new JudgeError(`ratio of medians requires values of at least 0, got ${least}`);
  }
  const [first, second] = sorted.map(medianOfSorted) as [number, number];
  if (Number.isNaN(first / second)) {
    throw new RefusedSample(`ratio of medians requires medians that have a ratio, got ${first} and ${second}`);
  }
  const logarithms = sorted.map((values) => values.map(Math.log));
  const { low, high, spread } = medianContrastBounds("ratio of medians", logarithms, WEIGHTS, alpha);
  return boundsAround(first / second, { low: Math.exp(low), high: Math.exp(high) }, spread);
}
