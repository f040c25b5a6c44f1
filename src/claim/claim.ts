import type { Cell, Grid } from "../predictions/cells.ts";
import type { Prediction } from "../predictions/kinds.ts";
import type { Expected, Value } from "../predictions/stated.ts";
import type { Experiment } from "./experiment.ts";

export type TierName = "smoke" | "full" | "deep";

/**
 * Where a statement comes from. `stated`: the paper says it at that place. `derived`: a quantitative consequence that its reader
 * draws; shown as such everywhere.
 */
export interface Citation {
  readonly paper: `${string}@${string}`;
  readonly at: string;
  readonly grade: "stated" | "derived";
}

/** A value that a careless reading would predict; it lies outside the predicted region, or the claim is refused. */
export interface Rival<G extends Grid> {
  readonly value: Value<G>;
  readonly because: string;
}

/** Part of a grid: for each axis some of its values. */
export type Subgrid<G extends Grid> = { readonly [Axis in keyof G]?: readonly G[Axis][number][] };

export type Count<G extends Grid> = number | ((cell: Cell<G>) => number);

/** How much evidence: replicates a cell, and optionally a first look at fewer of them, paid for in advance. */
interface Evidence<G extends Grid> {
  readonly replicates: Count<G>;
  readonly firstLook?: Count<G>;
  /** A look after every so many replicates, each at the whole level: only where the judge is valid at any time (means within a range). */
  readonly lookEvery?: Count<G>;
  readonly grid?: Subgrid<G>;
}

/** What more evidence can afford: a margin or a bound stricter than the claim's own, and why that strict. */
type Stricter<G extends Grid> =
  | { readonly within?: undefined; readonly bound?: undefined; readonly because?: undefined }
  | { readonly within: Value<G>; readonly bound?: undefined; readonly because: string }
  | { readonly within?: undefined; readonly bound: Value<G>; readonly because: string };

/** Evidence, and optionally a stricter region: in no cell may it be wider than the claim's. */
export type Tier<G extends Grid> = Evidence<G> & Stricter<G>;

/** The same experiment with one assumption broken. The claim must fail there: a claim whose control is supported proves nothing. */
export interface Control<G extends Grid, M extends string, Assumption extends string> {
  readonly breaks: NoInfer<Assumption>;
  readonly because: string;
  readonly experiment: (cell: Cell<G>) => Experiment<NoInfer<M>>;
  /** Fewer cells where those suffice to refute. */
  readonly grid?: Subgrid<G>;
  /** What the broken experiment is known to give, for planning. */
  readonly expected: Expected<G>;
  /** At `deep` as at `full` where it says nothing of it. A control of `deep` alone is not run, nor counted, at the others. */
  readonly replicates:
    | { readonly smoke: Count<G>; readonly full: Count<G>; readonly deep?: Count<G> }
    | { readonly smoke?: undefined; readonly full?: undefined; readonly deep: Count<G> };
}

/**
 * One checkable statement, in the order of the paper's sentence. Plain data and pure functions of the cell;
 * `id` is the file's path under `suites/` without `.claim.ts`.
 */
export interface Claim<G extends Grid, M extends string, Assumption extends string> {
  readonly id: `${string}/${string}/${string}`;
  /** Ids that it had before it was renamed: its baseline and its history go on under the new one. */
  readonly formerly?: readonly `${string}/${string}/${string}`[];
  /** What it says in a few plain words, for tables. */
  readonly title: string;
  /** The sentence, with TeX between dollar signs. */
  readonly statement: string;
  readonly source: Citation;
  readonly assumptions: { readonly [A in Assumption]: string };
  readonly grid: G;
  readonly experiment: (cell: Cell<G>) => Experiment<M>;
  /** The second experiment of predictions that compare two. */
  readonly against?: (cell: Cell<G>) => Experiment<NoInfer<M>>;
  readonly prediction: Prediction<G, M>;
  readonly rivals?: readonly Rival<G>[];
  readonly controls: readonly Control<G, M, Assumption>[];
  /** Why there is no control: only where all results are recorded. The claim is then graded so wherever it is shown. */
  readonly withoutControl?: { readonly because: string };
  readonly tiers: { readonly smoke: Tier<G>; readonly full: Tier<G>; readonly deep?: Tier<G> };
}

/** A claim when its grid's type does not matter any more. */
// biome-ignore lint/suspicious/noExplicitAny: a claim is contravariant in its grid, so only `any` holds them all
export type AnyClaim = Claim<any, any, any>;

/** At least one control; or the reason why recorded results have none. */
type Graded =
  | { readonly controls: readonly [unknown, ...unknown[]] }
  | { readonly withoutControl: { readonly because: string } };

/** Identity. It exists so that TypeScript infers each part of a claim from the parts above it. */
export function defineClaim<const G extends Grid, M extends string, Assumption extends string>(
  claim: Claim<G, M, Assumption> & Graded,
): Claim<G, M, Assumption> {
  return claim;
}
