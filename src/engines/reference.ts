import { backpropagate } from "../networks/backpropagate.ts";
import { chainEscapes } from "../networks/chain-escapes.ts";
import { chainHessians } from "../networks/chain-hessian.ts";
import { chainTrajectories } from "../networks/chain-trajectories.ts";
import { chainWeights } from "../networks/chain-weights.ts";
import { diffusionExits } from "../networks/diffusion-exits.ts";
import { lossGradients } from "../networks/loss-gradients.ts";
import { modelOperations } from "../networks/models/model-operations.ts";
import { plainPrimitives } from "../networks/plain-primitives.ts";
import { propagate } from "../networks/propagate.ts";
import { propagateBatch } from "../networks/propagate-batch.ts";
import type { Engine } from "./engine.ts";

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
