import { type Engine, UnsupportedError } from "../contract/engine.ts";
import type { Sampling } from "../contract/propagation.ts";
import { openPointwises } from "./activations.ts";
import { backpropagate } from "./networks/backpropagate.ts";
import { lossGradients } from "./networks/loss-gradients.ts";
import { propagate } from "./networks/propagate.ts";
import { propagateBatch } from "./networks/propagate-batch.ts";
import { openLibrary } from "./open-library.ts";
import { modelOperations } from "./program/model-operations.ts";

/**
 * Replication by another implementation: float32, TensorFlow's kernels and its automatic differentiation, on the same draws as
 * the reference. For checking, not for speed.
 * @throws UnsupportedError where the package or its native library is not there, with the cure
 */
export async function openTensorflow(): Promise<Engine> {
  const { tf, versions } = openLibrary();
  const pointwises = openPointwises(tf);
  return {
    name: "tensorflow",
    versions,
    propagate: (request) => propagate(tf, pointwises, direct(request)),
    backpropagate: (request) => backpropagate(tf, pointwises, direct(request)),
    propagateBatch: (request) => propagateBatch(tf, pointwises, request),
    lossGradients: (request) => lossGradients(tf, pointwises, request),
    ...modelOperations(tf, pointwises),
    chainWeights: refuse("weights of chains are this project's own draws, of which TensorFlow would compute nothing"),
    chainHessians: refuse(
      "the signs of a chain's smallest eigenvalues lie below float32's rounding of the largest from depth 60 on",
    ),
    diffusionExits: refuse("a diffusion is this project's own noise, one multiplication and one addition a step"),
    chainTrajectories: refuse(
      "a chain's gradient is a product of weights, and float32 absorbs steps below 2^-25 of a weight",
    ),
    chainEscapes: refuse("float32 absorbs the steps: from depth 60 on most weights of a chain would not move at all"),
  };
}

/** Law-exact sampling has no weights, so that there is nothing for TensorFlow to multiply or to differentiate. */
function direct<Request extends { readonly sampling?: Sampling }>(request: Request): Request {
  if (request.sampling === "law-exact") {
    throw new UnsupportedError("engine tensorflow requires direct sampling, got law-exact, which has no weights");
  }
  return request;
}

function refuse(reason: string): () => never {
  return () => {
    throw new UnsupportedError(`engine tensorflow does not do this: ${reason}`);
  };
}
