import type { Dataset } from "../numerics/dataset.ts";
import type { StreamRange } from "../numerics/stream.ts";
import type { NamedInput } from "./named-input.ts";
import type { Origin } from "./origin/origin.ts";

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * What kind of number a measure is, which decides what may be said of it.
 * `log`: a logarithm of a norm, a ratio or a time. `bounded`: inside `range`. `increment`: one layer's ratio, or an average
 * of them, whose law does not change with depth. `time`: exit times with exponential tails. `raw`: norms, eigenvalues and
 * all else with tails that a mean does not survive; only medians, proportions and laws may be claimed of it.
 */
export interface Measure {
  readonly kind: "log" | "bounded" | "increment" | "time" | "raw";
  readonly rounding: Rounding;
  readonly range?: readonly [low: number, high: number];
  /** In words, for a reader of the table: what one number says of one replicate. */
  readonly description: string;
}

/**
 * How an engine's roundings reach a measure, from which follows how far two engines may be apart. `forward`: a logarithm of a
 * norm after one pass through all layers, `mean-forward`: such a one divided by the number of layers, `ratio`: a mean of
 * layers' ratios, `squared-ratio`: of their squares, `backward`: a logarithm of a norm after a pass there and back,
 * `weight-gradients`: such a one of the first weights' gradient less that of the last ones', `isometry`: the larger size of a forward
 * and a backward one, a layer, `forward-factor` and `backward-factor`: a multiple of the exponential of one, `growth`: the
 * difference of two mean squared norms, a layer and unit, `participation`: (tr G)^2 / ||G||^2 of the outputs' Gram matrix,
 * `curvature`: a logarithm of an eigenvalue of the Hessian that is its norm, also over a gradient's, `smallest-eigenvalue`: of minus
 * its smallest one (`logNorm` beside it is that of its norm), `eigenvalue-ratio`: of that over the largest. `indicator`: 0 or 1, by a
 * threshold of one of these. `exact`: no engine computes it, so that all give the same bytes. `underived`: nothing has been derived;
 * estimates are compared in law, by what chance alone would leave between two samples.
 */
export type Rounding =
  | "forward"
  | "mean-forward"
  | "ratio"
  | "squared-ratio"
  | "backward"
  | "weight-gradients"
  | "isometry"
  | "forward-factor"
  | "backward-factor"
  | "growth"
  | "participation"
  | "curvature"
  | "smallest-eigenvalue"
  | "eigenvalue-ratio"
  | "indicator"
  | "exact"
  | "underived";

/** Work of one replicate, in units that a machine's rates turn into seconds. */
export interface Cost {
  /** Gaussian or uniform draws. */
  readonly draws: number;
  /** Multiply-adds. */
  readonly multiplyAdds: number;
  /** Own logarithms, exponentials, eigenvalue steps and the like. */
  readonly transcendentals?: number;
  /** Seconds, where no engine does the work: the same at all rates. */
  readonly seconds?: number;
}

/** Seconds on one core for one unit of each kind of work. */
export interface Rates {
  readonly draw: number;
  readonly multiplyAdd: number;
  readonly transcendental: number;
  /** A replicate's fixed part: opening streams, calls. */
  readonly replicate: number;
}

/** All that an observation may draw on besides the setup: no clock, no file, no global source of randomness. */
export interface Context<Engine = unknown> {
  /** Of the instrument that the experiment is written for. */
  readonly engine: Engine;
  readonly streams: StreamRange;
  /** The data sets that the experiment asks for in `data`, by name. */
  readonly data: { readonly [name: string]: Dataset | undefined };
  readonly signal?: AbortSignal;
}

/** One number a replicate for each measure; NaN is an error; -Infinity is the logarithm of an exact zero. */
export type Observations<M extends string> = { readonly [measure in M]: Float64Array };

/**
 * An experiment at one cell. `name` and `setup` say all that the law of an observation depends on: they key the random
 * streams and the stored samples, so two claims with the same experiment share its observations. `Engine` is what its
 * instrument opens; whoever only plans and runs need not know it.
 */
export interface Experiment<M extends string = string, Engine = never> {
  readonly name: string;
  /** `import.meta.url` of the file that defines it: its code, with what it imports, is part of the samples' key. */
  readonly module: string;
  readonly setup: Json;
  readonly measures: { readonly [measure in M]: Measure };
  readonly data?: readonly NamedInput[];
  /**
   * What the measures are made of, for an instrument that follows their roundings replicate by replicate; it says how it is written.
   * No observation depends on it.
   */
  readonly passes?: Json;
  readonly cost: Cost;
  /** Where no engine makes the observations: a program (`commandExperiment`), or a record of them (`recordedExperiment`). */
  readonly origin?: Origin;
  readonly observe: (context: Context<Engine>) => Observations<M>;
}

/** What `defineExperiment` takes: the measures' names come from `measures`, so that `observe` is held to them. */
export interface ExperimentDefinition<M extends string, Engine> extends Omit<Experiment<M, Engine>, "observe"> {
  readonly observe: (context: Context<Engine>) => Observations<NoInfer<M>>;
}

/** Identity, for inference: kinds and roundings stay literal, and an observation that lacks a measure does not type-check. */
export function defineExperiment<M extends string, Engine = unknown>(
  experiment: ExperimentDefinition<M, Engine>,
): Experiment<M, Engine> {
  return experiment;
}
