import { openLibrary } from "../../src/engines/openblas/library.ts";
import { openblasPrimitives } from "../../src/engines/openblas/primitives.ts";
import { instantiate } from "../../src/engines/wasm/module.ts";
import { type PrimitiveKernels, wasmPrimitives } from "../../src/engines/wasm/primitives.ts";
import { plainPrimitives } from "../../src/networks/plain-primitives.ts";
import type { Primitives } from "../../src/networks/primitives.ts";

export type PrimitivesEngine = "reference" | "wasm" | "wasm-fast" | "openblas";

/** The loops that an engine gives to layered networks, apart from the engine: what is timed here is not its draws. */
export async function primitivesOf(engine: PrimitivesEngine): Promise<Primitives> {
  if (engine === "reference") return plainPrimitives();
  const wasm = wasmPrimitives(instantiate<PrimitiveKernels>(engine === "wasm-fast" ? "relaxed" : "plain"));
  return engine === "openblas" ? openblasPrimitives(await openLibrary(), wasm) : wasm;
}
