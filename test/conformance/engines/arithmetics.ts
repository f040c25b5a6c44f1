import type { EngineName } from "../../../src/engines/engine.ts";
import { type Arithmetic, DOUBLE } from "./check.ts";

/** Float32 from float64 draws rounded once: each is off by a unit of roundoff at most. */
const SINGLE: Arithmetic = { unit: 2 ** -24, draw: 2 ** -24, streams: "shared" };

/** What each engine is held to. */
export const arithmetics: { readonly [name in EngineName]: Arithmetic } = {
  reference: DOUBLE,
  wasm: DOUBLE,
  // Float64 with its own draws in float32 for propagation.
  "wasm-fast": DOUBLE,
  openblas: DOUBLE,
  tensorflow: SINGLE,
  // Normals within 13 units of 2^-23, as its shader derives.
  webgpu: { ...SINGLE, draw: 26 * 2 ** -24 },
};
