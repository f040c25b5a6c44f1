import type { Question, SlopeQuestion } from "../../statistics/question.ts";

/** Where the truth of a unit is put. */
export type Setting = "centre" | "inside" | "outside";

/**
 * "Just" inside or outside, as a part of the region's half-width (of the spread of one-sided regions): far below any
 * standard error, far above rounding.
 */
const JUST = 1e-6;

/** The statistic's known finite-size value, where planning assumes it to be. NaN where the claim does not say. */
export function knownTruth(question: Question): number {
  const [first, second] = question.known ?? [];
  if (question.statistic === "slope") return knownSlope(question);
  if (question.statistic === "difference") return (first?.value ?? Number.NaN) - (second?.value ?? Number.NaN);
  if (question.statistic === "identity" || question.statistic === "bytes") {
    return first !== undefined && Number.isFinite(first.value) ? first.value : 0;
  }
  return first?.value ?? Number.NaN;
}

function knownSlope({ at, known }: SlopeQuestion): number {
  const centre = at.reduce((sum, t) => sum + t, 0) / at.length;
  const square = at.reduce((sum, t) => sum + (t - centre) ** 2, 0);
  return at.reduce((sum, t, i) => sum + ((t - centre) / square) * (known?.[i]?.value ?? Number.NaN), 0);
}

/** Truths just inside or just outside the edges of the region that values of the statistic can lie beyond. */
export function edgeTruths(question: Question, setting: "inside" | "outside"): readonly number[] {
  const { low, high } = question.region;
  if (question.statistic === "bytes") return [setting === "inside" ? high : high + 1];
  const width = Number.isFinite(high - low) ? (high - low) / 2 : (question.known?.[0]?.spread ?? 1);
  const step = (setting === "inside" ? -1 : 1) * JUST * (Number.isFinite(width) && width > 0 ? width : 1);
  const [least, most] = rangeOf(question);
  return [low - step, high + step].filter((truth) => Number.isFinite(truth) && truth >= least && truth <= most);
}

/** Values that the statistic can take; of distances, discrepancies and counts only the upper edge is one to cross. */
function rangeOf(question: Question): readonly [least: number, most: number] {
  switch (question.statistic) {
    case "proportion":
      return [0, 1];
    case "variance":
      return [0, Number.POSITIVE_INFINITY];
    case "law":
    case "same-law":
      return [question.region.high / 2, 1];
    case "identity":
      return [question.region.high / 2, Number.POSITIVE_INFINITY];
    case "difference":
      return question.of === "proportion" ? [-1, 1] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
    default:
      return [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  }
}
