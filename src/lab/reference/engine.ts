import type { Engine } from "../contract/engine.ts";
import { chainWeights } from "../draws/chain-weights.ts";
import { modelOperations } from "../program/model-operations.ts";
import { backpropagate } from "./backpropagate.ts";
import { chainEscapes } from "./chains/chain-escapes.ts";
import { chainHessians } from "./chains/chain-hessian.ts";
import { chainTrajectories } from "./chains/chain-trajectories.ts";
import { diffusionExits } from "./diffusion-exits.ts";
import { lossGradients } from "./loss-gradients.ts";
import { plainPrimitives } from "./plain-primitives.ts";
import { propagate } from "./propagate.ts";
import { propagateBatch } from "./propagate-batch.ts";

/** Plain TypeScript in float64, one network after another: slow, obvious, and the oracle for every other engine. */
export const reference: Engine = {
  name: "reference",
  // Rises with every change that may change a byte of an observation.
  versions: { reference: "1" },
  propagate,
  backpropagate,
  propagateBatch,
  lossGradients,
  chainWeights,
  chainHessians,
  diffusionExits,
  chainEscapes,
  ...modelOperations(plainPrimitives()),
  chainTrajectories,
};
