import { openLibrary } from "../../src/lab/openblas/library.ts";
import { openblasPrimitives } from "../../src/lab/openblas/primitives.ts";
import type { Primitives } from "../../src/lab/program/primitives.ts";
import { plainPrimitives } from "../../src/lab/reference/plain-primitives.ts";
import { instantiate } from "../../src/lab/wasm/module.ts";
import { kernelPrimitives, type PrimitiveKernels } from "../../src/lab/wasm/primitives.ts";

export type PrimitivesEngine = "reference" | "wasm" | "wasm-fast" | "openblas";

/** The loops that an engine gives to layered networks, apart from the engine: what is timed here is not its draws. */
export async function primitivesOf(engine: PrimitivesEngine): Promise<Primitives> {
  if (engine === "reference") return plainPrimitives();
  const wasm = kernelPrimitives(instantiate<PrimitiveKernels>(engine === "wasm-fast" ? "relaxed" : "plain"));
  return engine === "openblas" ? openblasPrimitives(await openLibrary(), wasm) : wasm;
}
