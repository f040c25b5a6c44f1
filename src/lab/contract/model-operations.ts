import type {
  ExtremeEigenvalues,
  LayerNorms,
  ModelGradients,
  ModelRequest,
  Trajectories,
  TrajectoryRequest,
} from "./model-request.ts";

/**
 * What an engine does with layered networks. B is the batch, P the number of parameters, C the multiply-adds of one forward
 * pass of one example.
 */
export interface ModelOperations {
  /** Sizes of forward and backward signals along the network. Cost: 3 B C. */
  layerNorms(request: ModelRequest): LayerNorms;

  /** What leaves the last layer: for each replicate a row an example, of the output's size. Cost: B C. */
  outputs(request: ModelRequest): Float64Array;

  /** Loss and gradient. Cost: 3 B C. */
  gradients(request: ModelRequest): ModelGradients;

  /**
   * Products of the loss's Hessian with `vectors` (any number of rows of P), by the R-operator (Pearlmutter 1994,
   * https://doi.org/10.1162/neco.1994.6.1.147): for each replicate as many rows of P as there are vectors. Activations with a
   * kink are differentiated piecewise. Cost: 3 B C once and 6 B C a vector.
   */
  hessianVectorProducts(request: ModelRequest & { readonly vectors: Float64Array }): Float64Array;

  /** The whole Hessian, P x P a replicate, made exactly symmetric by averaging with its transpose. Cost: P Hessian-vector products. */
  hessians(request: ModelRequest): Float64Array;

  /** All eigenvalues of the Hessian, ascending, P a replicate. Cost: the Hessian and order P^3. */
  hessianEigenvalues(request: ModelRequest): Float64Array;

  /**
   * Extreme eigenvalues of the Hessian by `iterations` Lanczos steps with full re-orthogonalisation (twice), started from a
   * Gaussian vector of lane `start`. Cost: `iterations` Hessian-vector products and 4 iterations^2 P multiply-adds.
   */
  extremeEigenvalues(request: ModelRequest & { readonly iterations: number }): ExtremeEigenvalues;

  /**
   * Trajectories of an optimiser on the fixed batch, whole or in mini-batches of b. Cost: 3 B C a step, and P draws where there is
   * noise; with mini-batches 3 b C a step and 3 B C a record.
   */
  trajectories(request: TrajectoryRequest): Trajectories;
}
