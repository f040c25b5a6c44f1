import type { Question } from "../../question.ts";

/**
 * Two groups of one column: a statistic of the first over that of the second, which is above zero. `Known.spread`: of one
 * replicate's value over its mean (of logarithms, for medians), so that no scale need be known.
 */
export interface RatioQuestion extends Question {
  readonly statistic: "ratio";
  readonly of: "mean" | "median" | "proportion" | "rate";
  /** The values' declared range, where bounded. */
  readonly range?: readonly [number, number];
  /** Of one count, for rates: see `RateQuestion`. */
  readonly dispersion?: number;
}
