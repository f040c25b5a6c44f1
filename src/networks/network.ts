/** Networks as plain data: JSON that says all a network's law depends on. No biases anywhere. */

/** Pointwise, positively homogeneous; the derivative's mask is `z > 0`. */
export type Activation = "linear" | "relu" | { readonly leakySlope: number };

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
