import type { EngineName } from "../../../src/lab/contract/engine.ts";
import { type Arithmetic, type Check, DOUBLE, type Operation } from "./check.ts";

/** Float32 from float64 draws rounded once: each is off by a unit of roundoff at most. */
const SINGLE: Arithmetic = { unit: 2 ** -24, draw: 2 ** -24, streams: "shared" };

const ARITHMETICS: { readonly [name in EngineName]: Arithmetic } = {
  reference: DOUBLE,
  wasm: DOUBLE,
  "wasm-fast": DOUBLE,
  openblas: DOUBLE,
  tensorflow: SINGLE,
  // Normals within 13 units of 2^-23, as its shader derives.
  webgpu: { ...SINGLE, draw: 26 * 2 ** -24 },
};

/** Operations that an engine computes in another way than the rest. */
const EXCEPTIONS: { readonly [name in EngineName]?: { readonly [operation in Operation]?: Arithmetic } } = {
  "wasm-fast": { propagate: { ...SINGLE, streams: "own" }, backpropagate: { ...SINGLE, streams: "own" } },
};

/** What an engine is held to in a check: that of the first operation it asks for. */
export function arithmeticOf(engine: EngineName, { operations }: Check): Arithmetic {
  return EXCEPTIONS[engine]?.[operations[0]!] ?? ARITHMETICS[engine];
}

/** Checks of single replicates say nothing of draws of an engine's own, whose laws are checked instead. */
export function applies(engine: EngineName, check: Check): boolean {
  return arithmeticOf(engine, check).streams === "own" ? !check.paired : !check.unpaired;
}
