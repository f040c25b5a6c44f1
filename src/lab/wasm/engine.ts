import type { Engine } from "../contract/engine.ts";
import { kernelOperations } from "./kernel-operations.ts";
import { instantiate } from "./module.ts";
import { kernelPrimitives } from "./primitives.ts";

/** Float64 in WebAssembly with 128-bit vectors: bytes equal to `reference` on every machine, some ten times as fast. */
export async function openWasm(): Promise<Engine> {
  return {
    name: "wasm",
    // Rises with every change that may change a byte of an observation.
    versions: { wasm: "1" },
    ...kernelOperations(instantiate("plain"), kernelPrimitives(instantiate("plain"))),
  };
}
