import { survivalJudge } from "../../statistics/judges/survival/survival-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { SurvivalQuestion } from "../../statistics/question.ts";
import { type AnyCell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { Kind } from "../kind.ts";
import { type AnyValue, type Bounded, type Equals, evaluate, type Value } from "../stated.ts";
import { syntheticSurvival } from "./synthetic.ts";

/** Of times that may be lost from sight: the measure that is 1 where `of` is the last time seen, 0 where it is when it was over. */
export interface Censored<M extends string> {
  readonly censored?: NoInfer<M>;
}

interface At<G extends Grid> {
  /** The time at which, or until which, it is asked. */
  readonly until: Value<G>;
}

type Said<G extends Grid, M extends string, Statistic extends string> =
  | Equals<G, M, Statistic>
  | Bounded<G, M, Statistic>;

/** Of times until something is over, +Infinity where it never is. */
export type SurvivalPrediction<G extends Grid, M extends string> = Censored<M> &
  (
    | Said<G, M, "median-time">
    /** The part for which it takes longer than `until`; the mean of the lesser of time and `until`. */
    | (Said<G, M, "fraction-left" | "restricted-mean-time"> & At<G>)
  );

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export const survival: Kind<SurvivalPrediction<any, any>, SurvivalQuestion> = {
  statistic: "survival",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "fraction-left": false, "median-time": false, "restricted-mean-time": false },
  answeredBy: { from: "cell" },
  columns: ({ of, censored }) => (censored === undefined ? [of] : [of, censored]),
  question: (prediction, asked, { cells, horizon }) => ({
    statistic: "survival",
    of: prediction.statistic,
    censored: prediction.censored !== undefined,
    ...("until" in prediction ? { limit: limitAt(prediction.until, cells[0]!) } : {}),
    horizon,
    ...asked,
  }),
  detail: ({ of, censored, limit }) => ({
    of,
    censored: censored ? "at random" : "never",
    ...(limit === undefined ? {} : { limit }),
  }),
  judge: survivalJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "part or time",
  called: ({ of, limit }) =>
    of === "fraction-left" ? `part beyond ${limit}` : of === "median-time" ? "median" : `mean up to ${limit}`,
  chart: "times",
  synthetic: syntheticSurvival,
};

function limitAt(until: AnyValue, cell: AnyCell): number {
  const limit = evaluate(until, cell, "`until`");
  if (limit > 0) return limit;
  throw new ClaimError(`\`until\` at ${cellLabel(cell)} is ${limit}, a positive time is required`);
}
