/** A float32 tensor that the library holds; freed by `dispose` or at the end of the `tidy` it was made in. */
export interface Tensor {
  readonly shape: readonly number[];
  dataSync(): Float32Array;
  dispose(): void;
}

/** A number stands for a scalar. */
export type Operand = Tensor | number;

/**
 * The part of TensorFlow.js that this engine calls, declared here because the package is optional: the project must compile
 * without it. Names and orders of arguments are the library's.
 */
export interface Library {
  /** Runs, then frees every tensor made inside but those returned. Never return a typed array: every element is visited. */
  tidy<T>(body: () => T): T;
  tensor(values: Float32Array, shape: readonly number[]): Tensor;
  fill(shape: readonly number[], value: number): Tensor;
  zerosLike(x: Tensor): Tensor;
  onesLike(x: Tensor): Tensor;

  /** Matrix products of the last two axes, one for each index of the axes before. */
  matMul(a: Tensor, b: Tensor, transposeA?: boolean, transposeB?: boolean): Tensor;
  add(a: Tensor, b: Operand): Tensor;
  sub(a: Tensor, b: Operand): Tensor;
  mul(a: Tensor, b: Operand): Tensor;
  div(a: Tensor, b: Operand): Tensor;
  /** a / b, and 0 where b is 0. */
  divNoNan(a: Tensor, b: Operand): Tensor;
  square(x: Tensor): Tensor;
  sqrt(x: Tensor): Tensor;
  abs(x: Tensor): Tensor;
  sign(x: Tensor): Tensor;
  exp(x: Tensor): Tensor;
  log1p(x: Tensor): Tensor;
  tanh(x: Tensor): Tensor;
  sigmoid(x: Tensor): Tensor;
  sum(x: Tensor, axes: readonly number[], keep: boolean): Tensor;
  maximum(a: Tensor, b: Operand): Tensor;
  max(x: Tensor, axes: readonly number[], keep: boolean): Tensor;
  greater(a: Tensor, b: Operand): Tensor;
  equal(a: Tensor, b: Operand): Tensor;
  where(condition: Tensor, a: Tensor, b: Tensor): Tensor;

  reshape(x: Tensor, shape: readonly number[]): Tensor;
  transpose(x: Tensor, order: readonly number[]): Tensor;
  slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor;
  concat(parts: readonly Tensor[], axis: number): Tensor;
  stack(parts: readonly Tensor[], axis: number): Tensor;
  gather(x: Tensor, indices: Tensor, axis: number): Tensor;
  pad(x: Tensor, paddings: readonly (readonly [number, number])[]): Tensor;
  tensor1d(values: readonly number[], type: "int32"): Tensor;

  /** Gradients of f with respect to all its arguments, contracted with `cotangent` (of f's shape; 1 for a scalar). */
  grads(f: (...xs: Tensor[]) => Tensor): (xs: readonly Tensor[], cotangent?: Tensor) => Tensor[];
  /** f with a gradient of our own; the last argument of f keeps tensors for it. */
  customGrad(f: (x: Tensor, save: (tensors: readonly Tensor[]) => void) => CustomGradient): (x: Tensor) => Tensor;

  memory(): { readonly numTensors: number };
  backend(): Backend;
  getBackend(): string;
  readonly version: Readonly<Record<string, string>>;
}

export interface CustomGradient {
  readonly value: Tensor;
  readonly gradFunc: (cotangent: Tensor, saved: readonly Tensor[]) => Tensor;
}

/** The bridge to the C library, for operations that TensorFlow.js has no name for. */
export interface Backend {
  readonly binding: {
    readonly TF_Version: string;
    readonly TF_FLOAT: number;
    readonly TF_ATTR_TYPE: number;
    readonly TF_ATTR_BOOL: number;
  };
  executeMultipleOutputs(
    operation: string,
    attributes: readonly { readonly name: string; readonly type: number; readonly value: number | boolean }[],
    inputs: readonly Tensor[],
    outputs: number,
  ): Tensor[];
}
