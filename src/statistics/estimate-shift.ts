import type { Group } from "./judge.ts";
import { moments } from "./moments.ts";
import type { Question } from "./question.ts";
import { slopeWeights } from "./slope-judge.ts";

/** Unit roundoff of float64. */
const ROUNDOFF = 2 ** -53;

/**
 * How far a question's estimate can move when no value of group g moves by more than `shifts[g]`: medians, means and largest
 * values move no further than their values, contrasts by the weighted sum, standard deviations by sqrt(n / (n - 1)) times
 * as much (the triangle inequality). Sums are allowed their own rounding, n roundoffs of the mean absolute value on
 * either side. Undefined where no bound holds for every sample: proportions, moments of higher order, distances of laws.
 */
export function estimateShift(
  question: Question,
  groups: readonly Group[],
  shifts: readonly number[],
): number | undefined {
  switch (question.statistic) {
    case "median":
    case "identity":
      return shifts[0];
    case "mean":
      return shifts[0]! + summationError(groups[0]!);
    case "slope":
      return contrastShift(slopeWeights(question.at), question.through, groups, shifts);
    case "difference":
      return question.of === "mean" || question.of === "median"
        ? contrastShift([1, -1], question.of, groups, shifts)
        : question.of === "log-variance"
          ? logVarianceShift(groups, shifts)
          : undefined;
    case "variance": {
      const { deviation, shift } = deviationShift(groups[0]!, shifts[0]!);
      return shift * (2 * deviation + shift);
    }
    default:
      return undefined;
  }
}

function contrastShift(
  weights: readonly number[],
  through: "mean" | "median",
  groups: readonly Group[],
  shifts: readonly number[],
): number {
  return groups.reduce((sum, group, index) => {
    const own = shifts[index]! + (through === "mean" ? summationError(group) : 0);
    return sum + Math.abs(weights[index]!) * own;
  }, 0);
}

/** |ln s'^2 - ln s^2| of both groups; undefined where a shift could take all of a group's spread. */
function logVarianceShift(groups: readonly Group[], shifts: readonly number[]): number | undefined {
  let sum = 0;
  for (const [index, group] of groups.entries()) {
    const { deviation, shift } = deviationShift(group, shifts[index]!);
    if (!(shift < deviation)) return undefined;
    sum += 2 * Math.log(deviation / (deviation - shift));
  }
  return sum;
}

function deviationShift(group: Group, shift: number): { readonly deviation: number; readonly shift: number } {
  const { variance, count } = moments(group.columns[0]!);
  return { deviation: Math.sqrt(variance), shift: shift * Math.sqrt(count / (count - 1)) + summationError(group) };
}

/** Bound on the rounding of two sums over the same n values, each divided by n. */
function summationError({ columns: [values] }: Group): number {
  let sum = 0;
  for (const value of values!) sum += Math.abs(value);
  return 2 * ROUNDOFF * sum;
}
