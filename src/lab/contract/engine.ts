import type { StreamRange } from "../../numerics/stream.ts";
import type { Chain } from "../networks/network.ts";
import type { ChainHessians, ChainTrajectories, ChainTrajectoryRequest, EscapeMethod } from "./chains.ts";
import type { DiffusionProcess, ExitTimes } from "./diffusion.ts";
import type { ModelOperations } from "./model-operations.ts";
import type { BatchRepresentations, BatchRequest, LossGradients } from "./picture-batch.ts";
import type { BackpropagateRequest, Backpropagation, PropagateRequest, Propagation } from "./propagation.ts";

/**
 * What computes. The interface is at the level of an ensemble: a description and a range of streams in, one observation
 * a stream out, each network drawn afresh from its own stream. Matrices of observations are flat, row-major,
 * one row a replicate. Float64 `reference`, `native` and `wasm` give equal bytes; an engine that cannot do a thing throws
 * `UnsupportedError` and never falls back.
 */
export interface Engine extends ModelOperations {
  readonly name: string;
  readonly versions: Readonly<Record<string, string>>;

  /** Forward pass of one input of norm 1 (see `InputLaw`). Cost: sum of fan_in * fan_out draws and multiply-adds a network. */
  propagate(request: PropagateRequest): Propagation;

  /** Forward and backward pass; the cotangent at the output is a uniformly random unit vector. */
  backpropagate(request: BackpropagateRequest): Backpropagation;

  /** One network a replicate, a batch of real images through it. The batch is drawn from the data by the replicate's own stream. */
  propagateBatch(request: BatchRequest): BatchRepresentations;

  /** Gradient of the mean softmax cross-entropy over a batch of real images; the last layer of `network` (width = classes) is linear. */
  lossGradients(request: BatchRequest): LossGradients;

  /** Weights of chains, `count` rows of `depth`. Cost: `depth` draws a chain. */
  chainWeights(request: { readonly network: Chain; readonly streams: StreamRange }): Float64Array;

  /** Hessian of (f - target)^2 / 2 at x = 1 of linear chains, in the log domain. */
  chainHessians(request: {
    readonly network: Chain;
    readonly target: number;
    readonly streams: StreamRange;
  }): ChainHessians;

  /** Exits of x += rate * (curvature * x + noise * xi) from |x| < radius, started by `start`; times in steps. */
  diffusionExits(request: { readonly process: DiffusionProcess; readonly streams: StreamRange }): ExitTimes;

  /** Escape times of linear chains (x = y = 1, escape = f >= 1/2) under gradient flow (by quadrature) or a discrete method. */
  chainEscapes(request: {
    readonly network: Chain;
    readonly method: EscapeMethod;
    readonly streams: StreamRange;
  }): ExitTimes;

  /** Trajectories of an optimiser on linear chains, from weights drawn as by `chainWeights`. Cost: order `depth` a step. */
  chainTrajectories(request: ChainTrajectoryRequest): ChainTrajectories;
}

/** Thrown when an engine cannot do what is asked; the reason is shown to the user. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}
