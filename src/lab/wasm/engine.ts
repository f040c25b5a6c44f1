import type { Engine } from "../contract/engine.ts";
import { modelOperations } from "../program/model-operations.ts";
import type { BatchKernels } from "./batch-kernels.ts";
import { type ChainOperationKernels, chainOperations } from "./chains/chains.ts";
import { lossGradients } from "./loss-gradients.ts";
import { instantiate } from "./module.ts";
import { type PrimitiveKernels, wasmPrimitives } from "./primitives.ts";
import { propagateBatch } from "./propagate-batch.ts";
import { type PropagationKernels, propagationOf } from "./propagation.ts";

/**
 * Float64 in WebAssembly with 128-bit vectors: bytes equal to `reference` on every machine, some ten times as fast. Networks
 * with parameters have a memory of their own, because its buffers stay there between the steps of an operation.
 */
export async function openWasm(): Promise<Engine> {
  const kernels = instantiate<PropagationKernels & BatchKernels & ChainOperationKernels>("plain");
  return {
    name: "wasm",
    // Rises with every change that may change a byte of an observation.
    versions: { wasm: "1" },
    ...propagationOf(kernels),
    propagateBatch: (request) => propagateBatch(kernels, request),
    lossGradients: (request) => lossGradients(kernels, request),
    ...chainOperations(kernels),
    ...modelOperations(wasmPrimitives(instantiate<PrimitiveKernels>("plain"))),
  };
}
