import { requireChain, requireChainTrajectories, requireLinearChain, requireMethod } from "./chains.ts";
import { requireProcess } from "./diffusion.ts";
import type { Engine } from "./engine.ts";
import { requireBatch, requireLabelledBatch } from "./picture-batch.ts";
import { requirePass } from "./propagation.ts";
import {
  requireIterations,
  requireModelRequest,
  requireTrajectories,
  requireVectors,
} from "./require-model-request.ts";
import { requireReplicates } from "./require-replicates.ts";

/**
 * The engine behind the checks of its contract: a request that makes no sense is refused before anything is computed, in the
 * same words by every engine. What an engine alone cannot do it refuses itself.
 */
export function checked(engine: Engine): Engine {
  return {
    name: engine.name,
    versions: engine.versions,
    propagate: after(requirePass, engine.propagate),
    backpropagate: after(requirePass, engine.backpropagate),
    propagateBatch: after((request) => requireBatch(request, 2), engine.propagateBatch),
    lossGradients: after(requireLabelledBatch, engine.lossGradients),
    chainWeights: after(({ network }) => requireChain(network), engine.chainWeights),
    chainHessians: after(({ network }) => requireLinearChain(network), engine.chainHessians),
    diffusionExits: after(({ process }) => requireProcess(process), engine.diffusionExits),
    chainEscapes: after(({ network, method }) => {
      requireLinearChain(network);
      requireMethod(method);
    }, engine.chainEscapes),
    chainTrajectories: after(requireChainTrajectories, engine.chainTrajectories),
    layerNorms: after(requireModelRequest, engine.layerNorms),
    outputs: after(requireModelRequest, engine.outputs),
    gradients: after(requireModelRequest, engine.gradients),
    hessianVectorProducts: after(requireVectors, engine.hessianVectorProducts),
    hessians: after(requireModelRequest, engine.hessians),
    hessianEigenvalues: after(requireModelRequest, engine.hessianEigenvalues),
    extremeEigenvalues: after(requireIterations, engine.extremeEigenvalues),
    trajectories: after(requireTrajectories, engine.trajectories),
  };
}

type Ensemble = Parameters<typeof requireReplicates>[0];

function after<Request extends { readonly streams: Ensemble }, Result>(
  require: (request: Request) => void,
  compute: (request: Request) => Result,
): (request: Request) => Result {
  return (request) => {
    require(request);
    requireReplicates(request.streams);
    return compute(request);
  };
}
