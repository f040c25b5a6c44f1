import type { Engine } from "../contract/engine.ts";
import { modelOperations } from "../program/model-operations.ts";
import type { Primitives } from "../program/primitives.ts";
import { chainOperations } from "./chains/chains.ts";
import { lossGradients } from "./loss-gradients.ts";
import type { Kernels } from "./module.ts";
import { propagateBatch } from "./propagate-batch.ts";
import { propagationOf } from "./propagation.ts";

/**
 * All operations over kernels whose float64 bytes are those of `reference`, WebAssembly's or the machine's own. Networks with
 * parameters have a memory of their own, because its buffers stay there between the steps of an operation.
 */
export function kernelOperations(ensembles: Kernels, networks: Primitives): Omit<Engine, "name" | "versions"> {
  return {
    ...propagationOf(ensembles),
    propagateBatch: (request) => propagateBatch(ensembles, request),
    lossGradients: (request) => lossGradients(ensembles, request),
    ...chainOperations(ensembles),
    ...modelOperations(networks),
  };
}
