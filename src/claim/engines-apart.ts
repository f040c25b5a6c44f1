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
}

/** Of many observations a share `rate` or less is further than `bound` from the other engine's of the same stream. */
export interface Agreement {
  readonly bound: number;
  readonly rate: number;
  readonly because: string;
}
