import type { Engine } from "../contract/engine.ts";
import { modelOperations } from "../program/model-operations.ts";
import type { BatchKernels } from "./batch-kernels.ts";
import { type ChainOperationKernels, chainOperations } from "./chains/chains.ts";
import { lossGradients } from "./loss-gradients.ts";
import type { Kernels } from "./module.ts";
import { kernelPrimitives, type PrimitiveKernels } from "./primitives.ts";
import { propagateBatch } from "./propagate-batch.ts";
import { type PropagationKernels, propagationOf } from "./propagation.ts";

/** What every operation of an ensemble calls. */
export type EnsembleKernels = PropagationKernels & BatchKernels & ChainOperationKernels;

/**
 * All operations over kernels whose float64 bytes are those of `reference`, WebAssembly's or the machine's own. Networks with
 * parameters have a memory of their own, because its buffers stay there between the steps of an operation.
 */
export function kernelOperations(
  ensembles: Kernels<EnsembleKernels>,
  networks: Kernels<PrimitiveKernels>,
): Omit<Engine, "name" | "versions"> {
  return {
    ...propagationOf(ensembles),
    propagateBatch: (request) => propagateBatch(ensembles, request),
    lossGradients: (request) => lossGradients(ensembles, request),
    ...chainOperations(ensembles),
    ...modelOperations(kernelPrimitives(networks)),
  };
}
