import type { ModelOperations } from "../../contract/model-operations.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import type { Pointwises } from "../activations.ts";
import type { Library } from "../library.ts";
import { gradients } from "./gradients.ts";
import { extremeEigenvalues } from "./hessians/extreme-eigenvalues.ts";
import { hessianEigenvalues } from "./hessians/hessian-eigenvalues.ts";
import { hessians, hessianVectorProducts } from "./hessians/hessian-products.ts";
import { layerNorms } from "./layer-norms.ts";
import { openModel } from "./model.ts";
import { outputs } from "./outputs.ts";
import { trajectories } from "./trajectories.ts";

/** All that is done with layered networks, in float32 by the library's differentiation. */
export function modelOperations(tf: Library, pointwises: Pointwises): ModelOperations {
  const open = (request: ModelRequest) => openModel(tf, pointwises, request);
  return {
    layerNorms: (request) => layerNorms(tf, pointwises, request),
    outputs: (request) => outputs(tf, open(request)),
    gradients: (request) => gradients(tf, pointwises, request),
    hessianVectorProducts: (request) => hessianVectorProducts(tf, open(request), request),
    hessians: (request) => hessians(tf, open(request), request.streams),
    hessianEigenvalues: (request) => hessianEigenvalues(tf, open(request), request),
    extremeEigenvalues: (request) => extremeEigenvalues(tf, open(request), request),
    trajectories: (request) => trajectories(tf, pointwises, request),
  };
}
