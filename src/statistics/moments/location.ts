import type { Group } from "../judges/judge.ts";
import { meanOf } from "./moments.ts";

/** Where a group's values lie: a proportion is the mean of zeros and ones, a rate that of counts. */
export type Location = "mean" | "median" | "proportion" | "rate";

/** Of the first column. The lower of two middle values of which one is infinite. */
export function locationOf(of: Location, { columns: [values] }: Group): number {
  return of === "median" ? medianOfSorted(values!.slice().sort()) : meanOf(values!);
}

/** Middle value, or the mean of the two; the lower of two of which one is infinite. */
export function medianOfSorted(sorted: Float64Array): number {
  const upper = sorted[sorted.length >> 1]!;
  if (sorted.length % 2 === 1) return upper;
  const lower = sorted[(sorted.length >> 1) - 1]!;
  return Number.isFinite(lower) && Number.isFinite(upper) ? lower + (upper - lower) / 2 : lower;
}
