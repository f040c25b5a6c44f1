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

/** The laws of one replicate's value for which the error rates are promised. */
interface Laws<G extends Grid> {
  /** Standard deviation of one replicate's value, for planning only; see `Known.spread` of the statistics. */
  readonly spread?: Value<G>;
  /** Bounds on skewness and excess kurtosis of one replicate's value: they decide how wide an interval is. */
  readonly family?: Family | ((cell: Cell<G>) => Family);
  /** A bound on the standard deviation that theory gives, for means: narrower than what the samples can say. Shown as an assumption. */
  readonly deviation?: { readonly atMost: Value<G>; readonly because: string };
  /** Where the author declares the law normal: Student's interval, from two values on. Shown as an assumption. */
  readonly normal?: { readonly because: string };
}

/**
 * What is known of one replicate's value. `value`, `spread` and `counts` are for planning and never enter a verdict; family,
 * deviation and normality are what its error rate is promised for. A control declares its own; it inherits only the former.
 */
export interface Expected<G extends Grid> extends Laws<G> {
  /** The finite-size value, where it is known to differ from the prediction; its derivation stands in `because` of the margin. */
  readonly value?: Value<G>;
  /** Probability that a replicate counts, where `given` excludes some. */
  readonly counts?: Value<G>;
  /** The same of the second arm, where a prediction compares two and theirs differ. */
  readonly against?: Laws<G>;
}

// biome-ignore lint/suspicious/noExplicitAny: as above
export type AnyExpected = Expected<any>;

/** The measure that a prediction is about: what every kind of prediction states. */
export interface Of<G extends Grid, M extends string> {
  readonly of: NoInfer<M>;
  /** Restricts to the replicates where this measure is 1. */
  readonly given?: NoInfer<M>;
  readonly expected?: Expected<G>;
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
  const number = typeof value === "function" ? formulaAt(value, cell) : value;
  if (!Number.isFinite(number))
    throw new ClaimError(`${what} at ${cellLabel(cell)} is ${number}, a finite number is required`);
  return number;
}

type Formula = (cell: never) => number;

/** What formulas gave, by the very cell: one value is asked for as a centre, in a region and as what is known, at each tier. */
const given = new WeakMap<AnyCell, Map<Formula, number>>();

function formulaAt(formula: Formula, cell: AnyCell): number {
  const byFormula = given.get(cell) ?? new Map<Formula, number>();
  given.set(cell, byFormula);
  const number = byFormula.get(formula) ?? formula(cell as never);
  byFormula.set(formula, number);
  return number;
}

const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };

/** The family that an expectation declares at a cell. Throws `ClaimError` for a deviation without a family. */
export function familyAt(expected: AnyExpected["against"], cell: AnyCell): Family | undefined {
  if (expected?.normal) return NORMAL;
  const family = typeof expected?.family === "function" ? expected.family(cell as never) : expected?.family;
  if (!expected?.deviation) return family;
  if (!family) throw new ClaimError(`a declared deviation requires a family to be checked by, at ${cellLabel(cell)}`);
  return { ...family, deviation: evaluate(expected.deviation.atMost, cell, "declared deviation") };
}
