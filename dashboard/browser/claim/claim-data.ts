/** What a claim's page draws; the site's generator writes one file of it a claim. */
export interface ClaimData {
  readonly id: string;
  readonly arms: readonly ArmData[];
}

export type State = "supported" | "refuted" | "inconclusive";

export interface ArmData {
  readonly name: string;
  readonly kind: "claimed" | "control";
  /** What the numbers on the axis are. */
  readonly axis: string;
  /** What one replicate's value is. */
  readonly measure: string;
  readonly units: readonly UnitData[];
}

export type Ends = readonly [number | null, number | null];

/** How observations are drawn: on the axis of the estimate, beside it, or over something else. */
export type Chart =
  | "values"
  | "zeros-and-ones"
  | "spread"
  | "values-apart"
  | "profile"
  | "trend"
  | "times"
  | "reported"
  | "tasks"
  | "band"
  | "slope"
  | "scatter"
  | "pairs"
  | "cloud"
  | "law";

export interface UnitData {
  readonly label: string;
  readonly chart: Chart;
  readonly predicted: number | null;
  readonly region: Ends;
  readonly rivals: readonly number[];
  readonly estimate: number | null;
  readonly interval: Ends;
  readonly state: State;
  readonly measured: string;
  /** What the question asks for together, where it asks for several things. */
  readonly parts: readonly PartData[];
  readonly raw?: Raw;
}

/** One of several things that a question asks for, in the units of its answer. */
export interface PartData {
  readonly label: string;
  readonly estimate: number | null;
  readonly interval: Ends;
}

/** Some of the observations of one cell: the first ones, so that a look at them is a fair one. */
export interface Group {
  readonly label: string;
  /** Which one, of a question about several measures. */
  readonly measure?: string;
  /** Observations that count, of which `values` are the first. */
  readonly count: number;
  readonly values: readonly number[];
  /** 5, 25, 50, 75 and 95 % quantiles of all, null where infinite. */
  readonly quantiles: readonly (number | null)[];
  /** Of the finite ones, with the standard deviation. */
  readonly mean: number;
  readonly deviation: number;
  /** Exact zeros, whose logarithm is minus infinity: counted, not drawn. */
  readonly zeros: number;
  /** Those at infinity, as of a time that never comes: counted, not drawn. */
  readonly endless: number;
}

export type Raw =
  | {
      readonly kind: "values";
      readonly groups: readonly Group[];
      /** The monotone sequence nearest to the groups' means or medians, where a trend is claimed. */
      readonly fit?: readonly number[];
    }
  | {
      readonly kind: "slope";
      readonly at: readonly number[];
      readonly through: "mean" | "median";
      readonly groups: readonly Group[];
    }
  | {
      readonly kind: "scatter";
      readonly count: number;
      readonly names: readonly [string, string];
      readonly points: readonly (readonly [number, number])[];
    }
  /** Quantiles of the sample, the share of it below, and the predicted share. */
  | { readonly kind: "law"; readonly count: number; readonly steps: readonly (readonly [number, number, number])[] };
