import type { Engine } from "../../contract/engine.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { fastPropagationOf } from "../../wasm/fast/fast-propagation.ts";
import { kernelPrimitives } from "../../wasm/primitives.ts";
import { openNative } from "../engine.ts";
import { openLibrary } from "../library.ts";

/**
 * What `native` gives up for equal bytes, taken back: passes through networks in float32 with draws of their own, and layered
 * networks in float64 with fused multiply-adds where the instructions have them. All else is `native`.
 * @throws UnsupportedError where `native` is not there, with the cure
 */
export async function openNativeFast(): Promise<Engine> {
  const opening = { engine: "native-fast" } as const;
  const library = await openLibrary(opening);
  return {
    ...(await openNative(opening)),
    name: "native-fast",
    // Rises with every change that may change a byte of an observation, to which here the instructions belong.
    versions: {
      "native-fast": "1",
      propagation: "float32 (float64 unless gaussian or uniform)",
      "multiply-add": library.fused ? "fused" : "separate",
    },
    ...fastPropagationOf(library.instantiate("fast")),
    ...modelOperations(kernelPrimitives(library.instantiate("fast"))),
  };
}
