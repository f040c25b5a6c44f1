import type { Family, Law } from "../statistics/question.ts";
import type { Cell, Grid } from "./experiment.ts";

/** A number, or the theory's formula for it; the manifest carries the evaluated numbers. */
export type Value<G extends Grid> = number | ((cell: Cell<G>) => number);

/** How far from the prediction still counts as agreement, and why that far. */
interface Margin<G extends Grid> {
  readonly within: Value<G>;
  readonly because: string;
}

/** A one-sided prediction and why the bound lies where it does. */
interface Bound<G extends Grid> {
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

interface Of<G extends Grid, M extends string> {
  readonly of: NoInfer<M>;
  /** Restricts to the replicates where this measure is 1. */
  readonly given?: NoInfer<M>;
  readonly shape?: Shape<G>;
}

type Axis<G extends Grid> = keyof G & string;

/** Where along the grid a slope is taken; other axes stay as they are: one slope for each of their combinations. */
export interface Along<G extends Grid> {
  readonly axis: Axis<G>;
  /** Transformation of the axis, of the cell where the theory's variable is not an axis. */
  readonly as?: (cell: Cell<G>) => number;
  /** The transformation in words: "sqrt(depth)". */
  readonly named?: string;
}

/** The paper's statement as plain data and pure functions of the cell. The kind chooses the judge: no author writes a p-value. */
export type Prediction<G extends Grid, M extends string> =
  | (Of<G, M> &
      Margin<G> & {
        readonly says: "equals";
        readonly statistic: "mean" | "median" | "variance" | "proportion";
        readonly value: Value<G>;
      })
  | (Of<G, M> &
      Margin<G> & {
        readonly says: "equals";
        readonly statistic: "skewness" | "excess-kurtosis";
        readonly value: Value<G>;
      })
  | (Of<G, M> &
      Bound<G> & { readonly says: "at-most" | "at-least"; readonly statistic: "mean" | "median" | "proportion" })
  | (Of<G, M> &
      Margin<G> & {
        readonly says: "scales";
        readonly through: "mean" | "median";
        readonly along: Along<G>;
        readonly slope: Value<G>;
      })
  | (Of<G, M> &
      Bound<G> & {
        readonly says: "scales-at-most" | "scales-at-least";
        readonly through: "mean" | "median";
        readonly along: Along<G>;
      })
  | (Of<G, M> & Margin<G> & { readonly says: "follows"; readonly on: NoInfer<M>; readonly slope: Value<G> })
  | (Of<G, M> &
      Margin<G> & {
        readonly says: "differs-by";
        readonly statistic: "mean" | "median" | "log-variance" | "proportion";
        readonly value: Value<G>;
      })
  | (Of<G, M> &
      Bound<G> & {
        readonly says: "differs-by-at-least";
        readonly statistic: "mean" | "median" | "log-variance" | "proportion";
      })
  | (Of<G, M> & Margin<G> & { readonly says: "has-law"; readonly law: (cell: Cell<G>) => Law })
  | (Of<G, M> & Margin<G> & { readonly says: "has-same-law" })
  | (Of<G, M> & Bound<G> & { readonly says: "is-identity" })
  | (Of<G, M> & { readonly says: "is-byte-equal"; readonly because: string });
