import type { Experiment, Json } from "../experiment.ts";

/** What makes an experiment's observations where no engine does. */
export type Origin = Program | Recorded;

/** A program of the author's, in whatever language: it is sent requests and answers with a line a replicate (docs/python.md). */
export interface Program {
  readonly by: "program";
  readonly argv: readonly [command: string, ...words: string[]];
  /** Globs below the project's folder: the samples' key has the digests of all files that match. */
  readonly files: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly takes: Takes;
  /** Where false, evidence is compared by estimates and never by bytes. */
  readonly deterministic: boolean;
  /** Declared rate of replicates that may come to nothing; undefined where none may. */
  readonly lost?: number;
  /** Commands whose first line of output enters the samples' key: versions of the interpreter and of libraries. */
  readonly versions: readonly (readonly [command: string, ...words: string[]])[];
  /** What each request tells of the cell. */
  readonly cell: Json;
}

/** What a process of a program occupies: that many cores of this machine, or its GPU, which no two have at once. */
export type Takes = "gpu" | { readonly cores: number };

/** Results that exist: nothing is run. */
export interface Recorded {
  readonly by: "recorded";
  /** Name of the file. */
  readonly file: string;
  /** SHA-256 of the file. */
  readonly digest: string;
  /** Replicates that it has of this cell. */
  readonly rows: number;
}

/** Measure of experiments that may lose replicates: 1 where there is a value, 0 where it was lost and all other measures are 0. */
export const KEPT = "kept";

/** The rate at which an experiment declares that replicates may be lost; undefined where none may. */
export function lostRateOf({ origin }: Pick<Experiment, "origin">): number | undefined {
  return origin?.by === "program" ? origin.lost : undefined;
}
