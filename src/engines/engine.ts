import type { Chain, Mlp } from "../networks/network.ts";
import type { Dataset } from "../numerics/dataset.ts";
import type { StreamRange } from "../numerics/stream.ts";

export type EngineName = "reference" | "wasm" | "openblas" | "tensorflow" | "webgpu";

/**
 * What computes. The interface is at the level of an ensemble: a description and a range of streams in, one observation
 * a stream out, each network drawn afresh from its own stream. Matrices of observations are flat, row-major,
 * one row a replicate. Float64 `reference` and `wasm` give equal bytes; an engine that cannot do a thing throws
 * `UnsupportedError` and never falls back.
 */
export interface Engine {
  readonly name: EngineName;
  readonly versions: Readonly<Record<string, string>>;

  /** Forward pass of one input of norm 1 (see `InputLaw`). Cost: sum of fan_in * fan_out draws and multiply-adds a network. */
  propagate(request: {
    readonly network: Mlp;
    readonly input: InputLaw;
    readonly streams: StreamRange;
    readonly data?: Dataset;
    /** After an exact death the layer's input is replaced by the first basis vector, so that increments stay i.i.d. */
    readonly revive?: boolean;
  }): Propagation;

  /** Forward and backward pass; the cotangent at the output is a uniformly random unit vector. */
  backpropagate(request: {
    readonly network: Mlp;
    readonly input: InputLaw;
    readonly streams: StreamRange;
  }): Backpropagation;

  /** One network a replicate, a batch of real images through it. The batch is drawn from the data by the replicate's own stream. */
  propagateBatch(request: {
    readonly network: Mlp;
    readonly batch: number;
    readonly streams: StreamRange;
    readonly data: Dataset;
  }): BatchRepresentations;

  /** Gradient of the mean softmax cross-entropy over a batch of real images; the last layer of `network` (width = classes) is linear. */
  lossGradients(request: {
    readonly network: Mlp;
    readonly batch: number;
    readonly streams: StreamRange;
    readonly data: Dataset;
  }): LossGradients;

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
}

/** Where inputs come from. All have norm 1 except `raw-image`, whose log norm is kept. */
export type InputLaw =
  | { readonly law: "basis" }
  | { readonly law: "sphere" }
  | { readonly law: "image"; readonly data: string }
  | { readonly law: "raw-image"; readonly data: string };

export interface Propagation {
  /** ln ||h_l||^2 - ln ||h_{l-1}||^2, `count` rows of `depth`; -Infinity where the layer died (and after it, unless revived). */
  readonly logIncrements: Float64Array;
  /** ln ||h_0||^2, one a replicate: 0 unless the input is a `raw-image`. */
  readonly logInput: Float64Array;
  /** Number of layers passed before the first exact death (= depth when alive). Underflow cannot happen: norms are kept in logs. */
  readonly layersAlive: Float64Array;
}

export interface Backpropagation {
  /** ln ||h_L||^2, -Infinity for a dead network. */
  readonly logNorm: Float64Array;
  /** ln ||gradient of <cotangent, h_L> with respect to W_l||_F^2, `count` rows of `depth`; -Infinity for a dead network. */
  readonly logGradients: Float64Array;
}

export interface BatchRepresentations {
  /** Median over pairs of ln(1 - cos) of the last layer's representations, 1 - cos as |u - v|^2 / 2; -Infinity for an exactly collapsed median. */
  readonly logOneMinusCosine: Float64Array;
  /** Fraction of pairs whose 1 - cos is exactly 0. */
  readonly collapsed: Float64Array;
  /** Median over the same pairs of 1 - cos of the inputs. */
  readonly inputOneMinusCosine: Float64Array;
  /** 1 when every image of the batch has a non-zero representation. */
  readonly alive: Float64Array;
}

export interface LossGradients {
  /** ln ||dLoss/dW_l||_F, `count` rows of `depth`; -Infinity where exactly zero. */
  readonly logGradients: Float64Array;
}

export interface ChainHessians {
  /** ln of the largest absolute eigenvalue. */
  readonly logNorm: Float64Array;
  /** Number of negative eigenvalues. */
  readonly negatives: Float64Array;
  /** ln ||gradient||. */
  readonly logGradient: Float64Array;
  /** Sum of ln |w|. */
  readonly logProduct: Float64Array;
  /** Sign of the product. */
  readonly sign: Float64Array;
}

/** `directions` independent coordinates with one curvature; exit is by the Euclidean norm. */
export interface DiffusionProcess {
  readonly curvature: number;
  readonly noise: number;
  readonly rate: number;
  readonly radius: number;
  readonly directions: number;
  /** `origin`: noise at each step. `kick`: one Gaussian kick of this standard deviation, then no noise. A number: that point, no noise unless `noise` > 0. */
  readonly start: "origin" | { readonly kick: number } | { readonly at: number };
  readonly maxSteps: number;
}

export type EscapeMethod =
  | { readonly name: "gradient-flow" }
  | { readonly name: "gradient-descent" | "sign-descent"; readonly rate: number; readonly maxSteps: number };

export interface ExitTimes {
  /** Time to exit (steps for discrete methods, flow time for `gradient-flow`); Infinity when censored by `maxSteps`; 0 when it starts outside. */
  readonly times: Float64Array;
  /** ln of the Hessian norm at the start, where the problem is a chain; empty otherwise. */
  readonly logHessian: Float64Array;
}

/** Thrown when an engine cannot do what is asked; the reason is shown to the user. */
export class UnsupportedError extends Error {
  override readonly name = "UnsupportedError";
}
