import type { Engine } from "../../contract/engine.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { openWasm } from "../engine.ts";
import { instantiate } from "../module.ts";
import { kernelPrimitives } from "../primitives.ts";
import { fastPropagationOf } from "./fast-propagation.ts";
import { fastestVariant } from "./relaxed.ts";

/**
 * What `wasm` gives up for equal bytes, taken back: passes through networks in float32 with draws of their own, and layered
 * networks in float64 with fused multiply-adds where V8 has them. All else is `wasm`. Its results are never compared by bytes.
 */
export async function openWasmFast(): Promise<Engine> {
  const variant = fastestVariant();
  return {
    ...(await openWasm()),
    name: "wasm-fast",
    // Rises with every change that may change a byte of an observation.
    versions: {
      "wasm-fast": "1",
      propagation: "float32 (float64 unless gaussian or uniform)",
      "multiply-add": variant === "relaxed" ? "fused" : "separate",
    },
    ...fastPropagationOf(instantiate(variant)),
    ...modelOperations(kernelPrimitives(instantiate(variant))),
  };
}
