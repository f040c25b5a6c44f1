/** Networks as plain data: JSON that says all a network's law depends on. `Mlp` and `Chain` have no biases. */

/** Pointwise, positively homogeneous; the derivative's mask is `z > 0`. */
export type Activation = "linear" | "relu" | { readonly leakySlope: number };

/**
 * Pointwise, curved: of layered networks alone, whose passes need no homogeneity. `gelu` is x Phi(x) with the normal law itself
 * (Hendrycks and Gimpel 2016, arXiv 1606.08415), not its approximation by tanh; `silu` x sigmoid(x) (the same paper);
 * `selu` the self-normalising one (Klambauer et al. 2017, arXiv 1706.02515), which has a kink at 0.
 */
export type SmoothActivation = "tanh" | "sigmoid" | "silu" | "gelu" | "selu";

/**
 * Law of the weights of a layer. Entries are independent with mean 0 and variance `gain / fan`, except `orthogonal`:
 * `sqrt(gain)` times a Haar matrix (square layers only). `student-t` has infinite variance when `degreesOfFreedom <= 2`;
 * it is scaled so that its median absolute value is that of the Gaussian with variance `gain / fan`.
 */
export interface Initialisation {
  readonly law: "gaussian" | "uniform" | "rademacher" | "orthogonal" | "student-t";
  readonly gain: number;
  readonly fan: "in" | "average";
  readonly degreesOfFreedom?: number;
}

/** `widths[0]` is the input's width; layer l maps width l-1 to width l; the activation follows every layer. */
export interface Mlp {
  readonly kind: "mlp";
  readonly widths: readonly number[];
  readonly activation: Activation;
  readonly init: Initialisation;
}

/** Width 1 all the way: f(x) = x times the product of the weights (through the activation). */
export interface Chain {
  readonly kind: "chain";
  readonly depth: number;
  readonly activation: Activation;
  readonly init: Initialisation;
}

/**
 * A network with explicit parameters: what is trained and differentiated, once and twice. Parameters are one flat array, in the
 * order in which the layers appear (a branch's where the branch stands): weights row-major, one row an output (a convolution:
 * output channel, input channel, row, column), then the bias. Images are flat in the order channel, row, column.
 */
export interface LayeredNetwork {
  readonly kind: "layered";
  readonly input: number | ImageShape;
  readonly layers: readonly LayerDescription[];
  /** Law of dense and convolution weights; the fan-in of a convolution is size^2 times its input channels. */
  readonly init: Initialisation;
}

export interface ImageShape {
  readonly channels: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Normalisations have no learned scale and shift (at initialisation they are 1 and 0) and use the batch's own statistics,
 * variances with divisor n; a value with variance + epsilon = 0 becomes 0. `batch-normalisation` of an image is by channel,
 * over batch and places; `layer-normalisation` is over all values of one example. A `residual` adds `scale` times its branch
 * to its input. A `multiplier` is one learned number (SkipInit, De and Smith 2020, arXiv 2002.10444).
 */
export type LayerDescription =
  | {
      readonly kind: "dense";
      readonly width: number;
      readonly bias: Bias;
      readonly initial?: "zero";
    }
  | {
      readonly kind: "convolution";
      readonly channels: number;
      /** Odd: the kernel is size x size, the stride 1, and height and width stay. */
      readonly size: number;
      readonly padding: "circular" | "zero";
      readonly bias: Bias;
      readonly initial?: "zero";
    }
  | { readonly kind: "activation"; readonly activation: Activation | SmoothActivation }
  | { readonly kind: "batch-normalisation"; readonly epsilon: number }
  | { readonly kind: "layer-normalisation"; readonly epsilon: number }
  | { readonly kind: "multiplier"; readonly initial: number }
  | { readonly kind: "residual"; readonly scale: number; readonly branch: readonly LayerDescription[] };

/** One bias an output (or output channel), independent Gaussians with this standard deviation; 0 starts them at zero. */
export type Bias = "none" | { readonly standardDeviation: number };

export const heNormal: Initialisation = { law: "gaussian", gain: 2, fan: "in" };
export const heUniform: Initialisation = { law: "uniform", gain: 2, fan: "in" };
export const xavierNormal: Initialisation = { law: "gaussian", gain: 1, fan: "average" };
export const xavierUniform: Initialisation = { law: "uniform", gain: 1, fan: "average" };
/** PyTorch's `nn.Linear`: U(-1/sqrt(fan_in), 1/sqrt(fan_in)), variance 1 / (3 fan_in). */
export const torchDefault: Initialisation = { law: "uniform", gain: 1 / 3, fan: "in" };
/** `gain` 1 keeps norms through a linear layer, 2 keeps them on average through a ReLU layer. */
export const orthogonal = (gain: number): Initialisation => ({ law: "orthogonal", gain, fan: "in" });

/** Layers of one constant width, the input of that width too. */
export function mlp(options: {
  readonly width: number;
  readonly depth: number;
  readonly activation: Activation;
  readonly init: Initialisation;
}): Mlp {
  const { width, depth, activation, init } = options;
  return { kind: "mlp", widths: new Array<number>(depth + 1).fill(width), activation, init };
}
