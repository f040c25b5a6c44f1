import type { Dataset } from "../../numerics/dataset.ts";
import type { StreamRange } from "../../numerics/stream.ts";
import type { LayeredNetwork } from "../networks/network.ts";
import type { Optimiser } from "../networks/optimiser.ts";

/**
 * A mean loss over a batch at a random network: each replicate draws its parameters (lane `weights`), its inputs (lane `input`)
 * and its targets (lane `target`), or its pictures (lane `choice`).
 */
export interface ModelRequest {
  readonly network: LayeredNetwork;
  readonly loss: Loss;
  readonly batch: BatchLaw;
  readonly streams: StreamRange;
  /** For the inputs `pictures`. */
  readonly data?: Dataset;
  /** Added to the drawn parameters of every replicate: as many numbers as the network has parameters. */
  readonly offset?: Float64Array;
}

/** `squared`: half the squared distance to the target. `cross-entropy`: softmax, the target a class. Both are means over the batch. */
export type Loss = "squared" | "cross-entropy";

export interface BatchLaw {
  readonly size: number;
  /** `gaussian`: independent standard normals. `sphere`: those, each example divided by its norm. `pictures`: distinct pictures of `data`, each divided by its norm. */
  readonly inputs: "gaussian" | "sphere" | "pictures";
  /**
   * For `squared`: standard normals, or one constant for every output. For `cross-entropy`: classes with equal probability, or
   * the pictures' own labels.
   */
  readonly targets: "gaussian" | { readonly constant: number } | "classes" | "labels";
}

/** Rows are replicates; `points` are the input and what leaves each of `network.layers`, in order. */
export interface LayerNorms {
  readonly loss: Float64Array;
  /** ln of the mean over the batch of ||h||^2, one a point. */
  readonly logForward: Float64Array;
  /** ln of the sum over the batch of ||dLoss/dh||^2, one a point. */
  readonly logBackward: Float64Array;
}

export interface ModelGradients {
  readonly loss: Float64Array;
  /** One row of all parameters a replicate. */
  readonly gradients: Float64Array;
  /** ln ||gradient||^2 of each parameter array (weights and biases apart, in their order); -Infinity where exactly zero. */
  readonly logNorms: Float64Array;
}

export interface ExtremeEigenvalues {
  readonly smallest: Float64Array;
  readonly largest: Float64Array;
  /** Norm of H v - lambda v of the two Ritz pairs, the larger of them: each eigenvalue is within it of a true one. */
  readonly residual: Float64Array;
}

export interface TrajectoryRequest extends ModelRequest {
  readonly optimiser: Optimiser;
  readonly steps: number;
  /** Standard deviation of the Gaussian noise added to each entry of the gradient at each step (lane `noise`); absent or 0: none. */
  readonly noise?: number;
  /**
   * Examples of the batch that a step sees; it divides the batch's size. Each epoch goes through the batch once, in an order of
   * its own (lane `order`). Absent: each step sees the whole batch. What a normalisation over the batch takes is then this part.
   */
  readonly miniBatch?: number;
  /** A record before step 1 and after each `recordEvery` steps; it divides `steps`. */
  readonly recordEvery: number;
}

/**
 * One row of 1 + steps / recordEvery numbers a replicate, of the whole batch: with mini-batches the mean over the batch's
 * consecutive parts.
 */
export interface Trajectories {
  readonly losses: Float64Array;
  /** ln of the squared norm of the gradient (without the noise). */
  readonly logGradients: Float64Array;
  /** Parameters after the last step, one row a replicate. */
  readonly parameters: Float64Array;
}
