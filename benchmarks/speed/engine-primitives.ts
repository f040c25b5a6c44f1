import { openLibrary as openNative } from "../../src/lab/native/library.ts";
import { openLibrary } from "../../src/lab/openblas/library.ts";
import { openblasPrimitives } from "../../src/lab/openblas/primitives.ts";
import type { Primitives } from "../../src/lab/program/primitives.ts";
import { plainPrimitives } from "../../src/lab/reference/plain-primitives.ts";
import { fastestVariant } from "../../src/lab/wasm/fast/relaxed.ts";
import { instantiate } from "../../src/lab/wasm/module.ts";
import { kernelPrimitives } from "../../src/lab/wasm/primitives.ts";

export type PrimitivesEngine = "reference" | "native" | "native-fast" | "wasm" | "wasm-fast" | "openblas";

/** The loops that an engine gives to layered networks, apart from the engine: what is timed here is not its draws. */
export async function primitivesOf(engine: PrimitivesEngine): Promise<Primitives> {
  if (engine === "reference") return plainPrimitives();
  if (engine === "native" || engine === "native-fast") {
    return kernelPrimitives((await openNative()).instantiate(engine === "native" ? "plain" : "fast"));
  }
  const wasm = kernelPrimitives(instantiate(engine === "wasm-fast" ? fastestVariant() : "plain"));
  return engine === "openblas" ? openblasPrimitives(await openLibrary(), wasm) : wasm;
}

/** With which instructions an engine's loops go, as far as the machine's limits differ by that. */
export function kindOf(engine: PrimitivesEngine): { readonly fused: boolean; readonly native: boolean } {
  return { fused: engine.endsWith("-fast") || engine === "openblas", native: engine.startsWith("native") };
}
