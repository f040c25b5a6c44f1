import { aggregateJudge } from "../../statistics/judges/aggregates/aggregate-judge.ts";
import { noEstimateShift } from "../../statistics/moments/estimate-shift.ts";
import { noStandardError } from "../../statistics/moments/standard-error.ts";
import type { AggregateQuestion } from "../../statistics/question.ts";
import { type AnyCell, cellLabel, type Grid } from "../cells.ts";
import { ClaimError } from "../claim-error.ts";
import { AT_LEAST, AT_MOST, VALUE_WITHIN } from "../form.ts";
import type { AskedOf, Kind } from "../kind.ts";
import { type Along, type Bounded, type Equals, evaluate, type Value } from "../stated.ts";
import { syntheticAggregate } from "./synthetic.ts";

type Says<G extends Grid, M extends string, S extends string> = (Equals<G, M, S> | Bounded<G, M, S>) & {
  /** The axis of the tasks. */
  readonly along: Along<G>;
};

/** One number for the scores of all tasks together, each task counting alike. */
export type AggregatePrediction<G extends Grid, M extends string> =
  | (Says<G, M, "interquartile-mean"> & { readonly target?: undefined; readonly threshold?: undefined })
  /** The mean shortfall of the scores from `target`, none where they reach it. */
  | (Says<G, M, "optimality-gap"> & { readonly target: Value<G>; readonly threshold?: undefined })
  /** The share of the scores above `threshold`: one point of a performance profile. */
  | (Says<G, M, "share-above"> & { readonly threshold: Value<G>; readonly target?: undefined });

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
type AnyAggregate = AggregatePrediction<any, any>;

export const aggregate: Kind<AnyAggregate, AggregateQuestion> = {
  statistic: "aggregate",
  says: { equals: VALUE_WITHIN, "at-most": AT_MOST, "at-least": AT_LEAST },
  averages: { "interquartile-mean": false, "optimality-gap": false, "share-above": false },
  answeredBy: { from: "axis", along: ({ along }) => along, asks: "mixture" },
  question: (prediction, asked, of) => ({
    statistic: "aggregate",
    of: prediction.statistic,
    ...limitsOf(prediction, of),
    ...asked,
  }),
  detail: ({ of, limit }) => ({ of, ...(of === "interquartile-mean" ? {} : { limit }) }),
  judge: aggregateJudge,
  estimateShift: noEstimateShift,
  standardError: noStandardError,
  answer: "value",
  words: "aggregate over tasks",
  called: ({ of, limit }) =>
    of === "interquartile-mean"
      ? "interquartile mean"
      : `${of === "share-above" ? "share above" : "shortfall from"} ${limit}`,
  chart: "tasks",
  synthetic: syntheticAggregate,
};

function limitsOf(prediction: AnyAggregate, { cells, range }: AskedOf): Pick<AggregateQuestion, "limit" | "floor"> {
  const cell = cells[0]!;
  if (prediction.statistic === "interquartile-mean") return { limit: 0, floor: 0 };
  if (prediction.statistic === "share-above")
    return { limit: stated(prediction.threshold, cell, "threshold"), floor: 0 };
  const limit = stated(prediction.target, cell, "target");
  if (range === undefined) {
    throw new ClaimError(
      `an optimality gap requires a measure with a range, ${prediction.of} has none: one score far enough down is any mean`,
    );
  }
  if (!(limit > range[0]))
    throw new ClaimError(`the target is ${limit}, one above the range's lower end ${range[0]} is required`);
  return { limit, floor: range[0] };
}

function stated(value: Value<Grid> | undefined, cell: AnyCell, what: "threshold" | "target"): number {
  if (value === undefined) throw new ClaimError(`a ${what} at ${cellLabel(cell)} is required, got none`);
  return evaluate(value, cell, what);
}
