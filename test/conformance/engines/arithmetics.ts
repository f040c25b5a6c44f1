import { aboutEngine, type EngineName } from "../../../src/lab/engines.ts";
import { type Arithmetic, type Check, DOUBLE, type Operation } from "./check.ts";

/** Float32 with draws of its own, rounded once. */
const OWN_SINGLE: Arithmetic = { unit: 2 ** -24, draw: 2 ** -24, streams: "own" };

/** Operations that an engine computes in another way than the rest. */
const EXCEPTIONS: { readonly [name in EngineName]?: { readonly [operation in Operation]?: Arithmetic } } = {
  "native-fast": { propagate: OWN_SINGLE, backpropagate: OWN_SINGLE },
  "wasm-fast": { propagate: OWN_SINGLE, backpropagate: OWN_SINGLE },
};

/** What an engine is held to in a check: that of the first operation it asks for. */
export function arithmeticOf(engine: string, { operations }: Check): Arithmetic {
  return EXCEPTIONS[engine as EngineName]?.[operations[0]!] ?? generalArithmetic(engine);
}

/** Float64 unless the engine says otherwise. */
function generalArithmetic(engine: string): Arithmetic {
  const { precision } = aboutEngine(engine);
  if (precision === undefined) return DOUBLE;
  return { unit: precision.unit, draw: precision.draw * precision.unit, streams: "shared" };
}

/** Checks of single replicates say nothing of draws of an engine's own, whose laws are checked instead. */
export function applies(engine: string, check: Check): boolean {
  return arithmeticOf(engine, check).streams === "own" ? !check.paired : !check.unpaired;
}
