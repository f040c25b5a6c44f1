import type { Engine } from "../../contract/engine.ts";
import type { Kernels } from "../module.ts";
import { chainWeights } from "./chain-draws.ts";
import { chainEscapes } from "./chain-escapes.ts";
import { chainHessians } from "./chain-hessians.ts";
import { chainTrajectories } from "./chain-trajectories.ts";
import { diffusionExits } from "./diffusion.ts";

export type ChainOperations = Pick<
  Engine,
  "chainWeights" | "chainHessians" | "chainEscapes" | "chainTrajectories" | "diffusionExits"
>;

/**
 * Chains and diffusions on one instance of the kernels. From the plain module bytes are those of the reference. Each call uses
 * the memory from `heapBase` up and leaves nothing there that a later call needs.
 */
export function chainOperations(kernels: Kernels): ChainOperations {
  return {
    chainWeights: (request) => chainWeights(kernels, request),
    chainHessians: (request) => chainHessians(kernels, request),
    chainEscapes: (request) => chainEscapes(kernels, request),
    chainTrajectories: (request) => chainTrajectories(kernels, request),
    diffusionExits: (request) => diffusionExits(kernels, request),
  };
}
