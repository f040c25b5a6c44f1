import type { Family } from "../statistics/question.ts";
import { type AnyCell, type Cell, cellLabel, type Grid } from "./cells.ts";
import { ClaimError } from "./claim-error.ts";

/** A number, or the theory's formula for it; the manifest carries the evaluated numbers. */
export type Value<G extends Grid> = number | ((cell: Cell<G>) => number);

// biome-ignore lint/suspicious/noExplicitAny: the grid's type is gone once a claim is one of many
export type AnyValue = Value<any>;

/** How far from the prediction still counts as agreement, and why that far. */
export interface Margin<G extends Grid> {
  readonly within: Value<G>;
  readonly because: string;
}

/** A one-sided prediction and why the bound lies where it does. */
export interface Bound<G extends Grid> {
  readonly bound: Value<G>;
  readonly because: string;
}

/** What is known of one replicate's value, for planning and for the judge's guarantee; never for a verdict. */
export interface Shape<G extends Grid> {
  /** The finite-size value, where it is known to differ from the prediction; its derivation stands in `because` of the margin. */
  readonly value?: Value<G>;
  /** Standard deviation of one replicate's value; see `Known.spread` of the statistics. */
  readonly spread?: Value<G>;
  /** Probability that a replicate counts, where `given` excludes some. */
  readonly counts?: Value<G>;
  /** Bounds on skewness and excess kurtosis of one replicate's value. */
  readonly family?: Family | ((cell: Cell<G>) => Family);
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyShape = Shape<any>;

/** The measure that a prediction is about: what every kind of prediction states. */
export interface Of<G extends Grid, M extends string> {
  readonly of: NoInfer<M>;
  /** Restricts to the replicates where this measure is 1. */
  readonly given?: NoInfer<M>;
  readonly shape?: Shape<G>;
}

/** Where along the grid a prediction is taken; other axes stay as they are: one question for each of their combinations. */
export interface Along<G extends Grid> {
  readonly axis: keyof G & string;
  /** Transformation of the axis, of the cell where the theory's variable is not an axis. */
  readonly as?: (cell: Cell<G>) => number;
  /** The transformation in words: "sqrt(depth)". */
  readonly named?: string;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyAlong = Along<any>;

/** The statistic has a value, within a margin. */
export interface Equals<G extends Grid, M extends string, Statistic extends string> extends Of<G, M>, Margin<G> {
  readonly says: "equals";
  readonly statistic: Statistic;
  readonly value: Value<G>;
}

/** The statistic lies on one side of a bound. */
export interface Bounded<G extends Grid, M extends string, Statistic extends string> extends Of<G, M>, Bound<G> {
  readonly says: "at-most" | "at-least";
  readonly statistic: Statistic;
}

/** A value in numbers. Throws `ClaimError` unless it is finite. */
export function evaluate(value: AnyValue, cell: AnyCell, what: string): number {
  const number = typeof value === "function" ? value(cell as never) : value;
  if (!Number.isFinite(number))
    throw new ClaimError(`${what} at ${cellLabel(cell)} is ${number}, a finite number is required`);
  return number;
}
