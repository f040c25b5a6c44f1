import type { EnginesApart } from "./engines-apart.ts";
import type { Rates } from "./experiment.ts";

/**
 * What experiments are written for. A run, its workers and its reports ask it for all that they need to know of engines, and
 * know none by name. It is the default export of a module, which workers import by its URL.
 */
export interface Instrument {
  readonly name: string;
  /** URL of the module whose default export it is. */
  readonly module: string;
  /** Names of its engines, in the order in which they are shown. */
  readonly engines: readonly string[];
  /** What computes where no engine is named; `instead` says in a line why it is not the one that it should be here. */
  readonly defaultEngine: () => { readonly engine: string; readonly instead?: string };
  /** The same in words that hold on every machine. */
  readonly defaultEngineIs: string;
  /** The engine that gives up equal bytes for speed, and the one whose faster form it is; absent where there is none. */
  readonly fast?: { readonly engine: string; readonly of: string };
  /**
   * The engine of that name; never another one in its place. Each call opens one anew: a thread that computes keeps its own.
   * @throws an error named `UnsupportedError` with the reason why it cannot be had, and what cures that
   */
  readonly open: (engine: string) => Promise<OpenedEngine>;
  /** What is known of the engine that `open` gives, without what computes where that can be left out. @throws as `open` */
  readonly identify: (engine: string) => Promise<OpenedEngine>;
  /** URL of the module that is the engine: its code, with what it imports and the kernels it loads, is part of the samples' key. */
  readonly engineModule: (engine: string) => string;
  /** Rates of an engine without measuring anything here. */
  readonly rates: (engine: string) => Rates;
  /** Replicates that an engine computes in hardly more time than one: a chunk has at least so many. Absent: 1 for every engine. */
  readonly together?: (engine: string) => number;
  /** Measures this machine through the engine; `clock` gives seconds. Cost: about half a second. */
  readonly fitRates: (engine: OpenedEngine, clock: () => number) => Rates;
  /** Whether observations of both engines are equal byte for byte on every machine. Evidence of others is never compared by bytes. */
  readonly equalBytes: (first: string, second: string) => boolean;
  /** Unit roundoff of what an engine computes with: no identity can be seen to hold more finely. */
  readonly unitRoundoff: (engine: string) => number;
  /** How far observations of two engines may be apart. */
  readonly apart: (first: string, second: string) => EnginesApart;
  /** Lets an engine compute a little. @throws where what it gives is not a number */
  readonly tryOut: (engine: OpenedEngine) => void;
  /** The one command that makes an engine work, by the reason why it does not; `folder` is that of the instrument's package. */
  readonly cure: (engine: string, reason: string, folder: string) => string;
}

/** An engine that can compute; what else it has is between experiments and their instrument. */
export interface OpenedEngine {
  readonly name: string;
  /** Of all that may change a byte of an observation. */
  readonly versions: Readonly<Record<string, string>>;
}
