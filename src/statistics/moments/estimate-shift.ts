import type { Group } from "../judges/judge.ts";
import { type Location, locationOf } from "./location.ts";
import { moments } from "./moments.ts";

/** Unit roundoff of float64. */
const ROUNDOFF = 2 ** -53;

/** How the values of a group may have moved: each by at most `bound`, but for `free` of them, which may be anywhere. */
export interface GroupShift {
  readonly bound: number;
  readonly free: number;
}

/**
 * How far a question's estimate can move: a median by the bound and by as many ranks as values are free, a proportion by their
 * part; means and largest values by the bound where none is free; contrasts by the weighted sum of that; standard deviations
 * by sqrt(n / (n - 1)) bounds (the triangle inequality). Sums are allowed their own rounding, n roundoffs of the mean absolute
 * value on either side. Undefined where nothing follows: means with free values, moments of higher order, distances of
 * laws, regressions.
 */
export type EstimateShift<Q> = (
  question: Q,
  groups: readonly Group[],
  shifts: readonly GroupShift[],
) => number | undefined;

/** Of statistics that may move further than any of their values, or by nothing that is derived. */
export const noEstimateShift: EstimateShift<unknown> = () => undefined;

/** Of the largest value of one group. */
export const largestShift: EstimateShift<unknown> = (_question, _groups, [shift]) =>
  shift!.free === 0 ? shift!.bound : undefined;

/** Of the variance of one group. */
export const varianceShift: EstimateShift<unknown> = (_question, [group], [shift]) => {
  const moved = deviationShift(group!, shift!);
  return moved && moved.shift * (2 * moved.deviation + moved.shift);
};

/** Of sum_i weights[i] statistic_i. */
export function contrastShift(
  weights: readonly number[],
  of: Location,
  groups: readonly Group[],
  shifts: readonly GroupShift[],
): number | undefined {
  let sum = 0;
  for (const [index, group] of groups.entries()) {
    const moved = locationShift(of, group, shifts[index]!);
    if (moved === undefined) return undefined;
    sum += Math.abs(weights[index]!) * moved;
  }
  return sum;
}

/**
 * Of one statistic over another: |a' / b' - a / b| <= (shift of a + |a / b| shift of b) / (|b| - shift of b); undefined where a shift
 * could take all of b.
 */
export function ratioShift(of: Location, groups: readonly Group[], shifts: readonly GroupShift[]): number | undefined {
  const [first, second] = groups.map((group, index) => locationShift(of, group, shifts[index]!));
  if (first === undefined || second === undefined) return undefined;
  const [a, b] = groups.map((group) => locationOf(of, group)) as [number, number];
  const left = Math.abs(b) - second;
  if (!(left > 0)) return undefined;
  // quotients have a rounding of their own
  return (first + Math.abs(a / b) * second) / left + 2 * ROUNDOFF * Math.abs(a / b);
}

function locationShift(of: Location, group: Group, { bound, free }: GroupShift): number | undefined {
  const values = group.columns[0]!;
  switch (of) {
    case "median":
      return bound + rankDistance(values, free);
    case "proportion":
      // zeros and ones: one that moves by less than 1 has not moved
      return bound >= 1 ? 1 : Math.min(1, free / values.length);
    case "mean":
    case "rate":
      if (free > 0) return undefined;
      // values that are equal to the last bit have equal sums
      return bound > 0 ? bound + summationError(group) : 0;
  }
}

/** From the median to the value that many ranks away, on the side where that is further. */
function rankDistance(values: Float64Array, ranks: number): number {
  if (ranks === 0) return 0;
  const sorted = values.slice().sort();
  const [low, high] = [Math.floor((sorted.length - 1) / 2), Math.ceil((sorted.length - 1) / 2)];
  const median = (sorted[low]! + sorted[high]!) / 2;
  const [below, above] = [sorted[low - ranks] ?? Number.NEGATIVE_INFINITY, sorted[high + ranks] ?? Infinity];
  return Math.max(above - median, median - below);
}

/** |ln s'^2 - ln s^2| of both groups; undefined where a shift could take all of a group's spread. */
export function logVarianceShift(groups: readonly Group[], shifts: readonly GroupShift[]): number | undefined {
  let sum = 0;
  for (const [index, group] of groups.entries()) {
    const moved = deviationShift(group, shifts[index]!);
    if (moved === undefined || !(moved.shift < moved.deviation)) return undefined;
    sum += 2 * Math.log(moved.deviation / (moved.deviation - moved.shift));
  }
  return sum;
}

/** Of the standard deviation of one group, and that itself. */
export function deviationShift(
  group: Group,
  { bound, free }: GroupShift,
): { readonly deviation: number; readonly shift: number } | undefined {
  if (free > 0) return undefined;
  const { variance, count } = moments(group.columns[0]!);
  const rounding = bound > 0 ? summationError(group) : 0;
  return { deviation: Math.sqrt(variance), shift: bound * Math.sqrt(count / (count - 1)) + rounding };
}

/** Of the standard deviation of one group over its mean; undefined where a shift could take all of the mean. */
export function variationShift(group: Group, shift: GroupShift): number | undefined {
  const moved = deviationShift(group, shift);
  const mean = locationOf("mean", group);
  const ofMean = locationShift("mean", group, shift);
  if (moved === undefined || ofMean === undefined || !(mean - ofMean > 0)) return undefined;
  const coefficient = moved.deviation / mean;
  return (moved.shift + coefficient * ofMean) / (mean - ofMean) + 2 * ROUNDOFF * coefficient;
}

/** Bound on the rounding of two sums over the same n values, each divided by n. */
function summationError({ columns: [values] }: Group): number {
  let sum = 0;
  for (const value of values!) sum += Math.abs(value);
  return 2 * ROUNDOFF * sum;
}
