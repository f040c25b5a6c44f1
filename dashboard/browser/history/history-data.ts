import type { RunUnit } from "../frame/run-data.js";

/** One run of a claim. */
export interface Point {
  /** Among all runs of its tier, the oldest is 0. */
  readonly run: number;
  readonly key: string;
  readonly before: string | null;
  readonly at: string;
  readonly commit: string | null;
  readonly tier: string;
  readonly seed: string;
  readonly hash: string;
  readonly outcome: string;
  readonly units: readonly RunUnit[];
}

/** One claim over the runs that are kept, oldest first; what it predicts is of the points with its hash. */
export interface ClaimHistory {
  readonly hash: string;
  readonly predicted: Readonly<
    Record<
      string,
      { readonly value: number | null; readonly region: readonly [low: number | null, high: number | null] }
    >
  >;
  readonly points: readonly Point[];
}
