import type { Finding, Group } from "../judges/judge.ts";
import { slopeWeights } from "../judges/slope-judge.ts";
import type { Question } from "../question.ts";

/** Standard error of a normal sample's median over that of its mean. */
const MEDIAN_FACTOR = Math.sqrt(Math.PI / 2);

/**
 * Standard error of a finding's estimate from the spread of its groups, in the normal approximation: to show and compare
 * estimates, never for a verdict. Undefined for statistics whose spread says nothing of it.
 */
export function standardError(
  question: Question,
  groups: readonly Group[],
  { spread }: Pick<Finding, "spread">,
): number | undefined {
  const ofMeans = groups.map(({ columns }, index) => spread[index]! / Math.sqrt(columns[0]!.length));
  switch (question.statistic) {
    case "mean":
    case "proportion":
      return ofMeans[0];
    case "median":
      return MEDIAN_FACTOR * ofMeans[0]!;
    case "slope":
      return (
        (question.through === "median" ? MEDIAN_FACTOR : 1) *
        Math.hypot(...slopeWeights(question.at).map((weight, index) => weight * ofMeans[index]!))
      );
    case "difference":
      if (question.of === "log-variance") return undefined;
      return (question.of === "median" ? MEDIAN_FACTOR : 1) * Math.hypot(...ofMeans);
    default:
      return undefined;
  }
}
