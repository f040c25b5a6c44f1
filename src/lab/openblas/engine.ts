import type { Engine } from "../contract/engine.ts";
import { modelOperations } from "../program/model-operations.ts";
import { openWasm } from "../wasm/engine.ts";
import { fastestVariant } from "../wasm/fast/relaxed.ts";
import { instantiate } from "../wasm/module.ts";
import { kernelPrimitives } from "../wasm/primitives.ts";
import { openLibrary } from "./library.ts";
import { openblasPrimitives } from "./primitives.ts";

/**
 * Float64 with the system's OpenBLAS: the engine `wasm` with the matrix products and eigenvalues of layered networks done
 * natively, on views of the same memory. Ensembles, whose time goes into drawing weights, are computed as by `wasm`. The other
 * loops of layered networks fuse multiply-adds where this machine's V8 can, since OpenBLAS does.
 * @throws UnsupportedError where koffi or the library is not there, with the cure
 */
export async function openOpenblas(): Promise<Engine> {
  const blas = await openLibrary();
  const wasm = await openWasm();
  const primitives = openblasPrimitives(blas, kernelPrimitives(instantiate(fastestVariant())));
  return {
    ...wasm,
    name: "openblas",
    versions: { ...wasm.versions, ...blas.versions },
    ...modelOperations(primitives),
  };
}
