import type { StreamKey } from "../numerics/stream.ts";
import type { Json, Rounding } from "./experiment.ts";

/** What can be said of the observations that two engines make of the same streams. */
export interface EnginesApart {
  /** Whether replicate r is the same on both. */
  readonly paired: boolean;
  /** Undefined where nothing has been derived. */
  readonly boundOf: (compared: ComparedMeasure) => Agreement | undefined;
}

/** A measure of an experiment, of which two engines made observations. */
export interface ComparedMeasure {
  readonly experiment: string;
  readonly setup: Json;
  readonly measure: string;
  readonly rounding: Rounding;
  /** The experiment's own. */
  readonly passes?: Json | undefined;
  /** The first `count` replicates of these streams are compared. */
  readonly streams: { readonly key: StreamKey; readonly count: number };
  /** What one of the engines observed of a measure of this experiment, replicate by replicate; undefined where it has none of that name. */
  readonly observed: (measure: string) => Float64Array | undefined;
}

/** Of many observations a share `rate` or less is further than `bound` from the other engine's of the same stream. */
export interface Agreement {
  readonly bound: number;
  /** Of each replicate its own bound, none of them above `bound`; absent: that one holds for all. */
  readonly bounds?: Float64Array;
  readonly rate: number;
  readonly because: string;
}
