import type { Finding, Group } from "../judges/judge.ts";
import { type Location, locationOf } from "./location.ts";

/**
 * Standard error of a question's estimate from the spread of its groups, in the normal approximation: to show and compare
 * estimates, never for a verdict. Undefined for statistics whose spread says nothing of it.
 */
export type StandardError<Q> = (
  question: Q,
  groups: readonly Group[],
  finding: Pick<Finding, "spread" | "estimate">,
) => number | undefined;

/** Standard error of a normal sample's median over that of its mean. */
const MEDIAN_FACTOR = Math.sqrt(Math.PI / 2);

/** Of sum_i weights[i] statistic_i over independent groups. */
export function contrastError(
  weights: readonly number[],
  of: Location,
  groups: readonly Group[],
  { spread }: Pick<Finding, "spread">,
): number {
  const ofMeans = groups.map(({ columns }, index) => spread[index]! / Math.sqrt(columns[0]!.length));
  const joint = Math.hypot(...weights.map((weight, index) => weight * ofMeans[index]!));
  return of === "median" ? MEDIAN_FACTOR * joint : joint;
}

/** Of one statistic over another, whose spreads are relative: the ratio times their joint error. */
export function ratioError(
  of: Location,
  groups: readonly Group[],
  { spread }: Pick<Finding, "spread">,
): number | undefined {
  const [first, second] = groups.map((group) => locationOf(of, group)) as [number, number];
  const relative = Math.hypot(...groups.map(({ columns }, index) => spread[index]! / Math.sqrt(columns[0]!.length)));
  const error = Math.abs(first / second) * relative * (of === "median" ? MEDIAN_FACTOR : 1);
  return Number.isFinite(error) ? error : undefined;
}

/**
 * Of the mean over strata, two groups each, of the chance that a value of the one exceeds one of the other: at most that of as many
 * independent pairs as the smaller group has (Hoeffding 1963, https://doi.org/10.1080/01621459.1963.10500830, section 5b).
 */
export const superiorityError: StandardError<unknown> = (_question, groups, { estimate }) => {
  const pairs = Math.min(...groups.map(({ columns }) => columns[0]!.length)) * (groups.length / 2);
  return Math.sqrt((estimate * (1 - estimate)) / pairs);
};

/** Of statistics whose spread is not that of what is averaged. */
export const noStandardError: StandardError<unknown> = () => undefined;
