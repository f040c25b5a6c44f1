import type { Rates } from "../../claim/experiment.ts";
import type { Engine } from "./engine.ts";

/** All that is known of an engine without opening it. One a folder; `engines.ts` lists them. */
export interface EngineAbout<Name extends string = string> {
  readonly name: Name;
  /** URL of the module that is the engine: its code, with what it imports and the kernels it loads, is part of the samples' key. */
  readonly module: string;
  /**
   * Loads what the engine needs, and nothing before it is asked for; it may take for granted what `checked` has checked.
   * @throws UnsupportedError with the reason why it cannot be had, and what cures that
   */
  readonly open: () => Promise<Engine>;
  /**
   * The versions of the engine that `open` would give, and its refusals, without what computes; absent where only opening tells.
   * @throws UnsupportedError as `open` does
   */
  readonly identify?: () => Promise<Engine["versions"]>;
  /**
   * Whose bytes its float64 observations have, on every machine: the reference's, in all or for ensembles of networks without
   * parameters alone, or its own.
   */
  readonly bytes: "reference" | "reference-for-ensembles" | "own";
  /** Whose random numbers it draws. With its own, replicate r is another network there, so only laws can be compared. */
  readonly draws: "reference" | "own";
  /** Of an engine that has the reference's draws and rounds otherwise than in float64. */
  readonly precision?: Precision;
  /** Measured on one core of an x86-64 server; absent where they were not. */
  readonly rates?: Rates;
  /** Replicates that it computes in hardly more time than one; absent: 1. */
  readonly together?: number;
  /** The one command that makes it work, by the reason why it does not; `folder` is the package's. */
  readonly cure: (reason: string, folder: string) => string;
  readonly words: EngineWords;
}

/** What roundings are, as far as bounds are derived from them. */
export interface Precision {
  /** Unit roundoff. */
  readonly unit: number;
  /** Relative error of one standard draw, in units. */
  readonly draw: number;
  /**
   * Units within which tanh and sigmoid are, of an engine whose passes are analysed operation by operation (`lab/rounding`): it does
   * those of TensorFlow.js, of which each + - * / and root is rounded once. Absent: of no other.
   */
  readonly curves?: number;
  readonly words: string;
}

/** What an engine is, for whoever reads of several side by side; code stands between backticks. */
export interface EngineWords {
  readonly what: string;
  /** What its numbers are to the reference's, and how that is held to. */
  readonly compared: string;
  readonly install: string;
  /** The command that installs it, where it does not come with Plateau. */
  readonly command?: string;
}

/** URL of a module that lies at `place` beside the module `here`: sources when run as such, else compiled. */
export function moduleBeside(here: string, place: string): string {
  return new URL(place + (here.endsWith(".ts") ? ".ts" : ".js"), here).href;
}
