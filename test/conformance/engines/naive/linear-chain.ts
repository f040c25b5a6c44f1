import type { Arithmetic } from "../check.ts";
import type { Matrix } from "./draws.ts";

export function apply(matrix: Matrix, vector: readonly number[]): readonly number[] {
  return matrix.map((row) => row.reduce((sum, entry, at) => sum + entry * vector[at]!, 0));
}

export function transpose(matrix: Matrix): Matrix {
  return matrix[0]!.map((_, column) => matrix.map((row) => row[column]!));
}

export function squaredNorm(vector: readonly number[]): number {
  return vector.reduce((sum, value) => sum + value * value, 0);
}

/**
 * Bounds, to first order, on the error of ln ||x_l||^2 along x_l = M_l x_(l-1) in floating point, for l = 1, ...: a running
 * error analysis (Higham, Accuracy and Stability of Numerical Algorithms, section 3.3). A layer of n terms makes an error of at
 * most e_l = ((n + 6) unit + draw) |M_l| |x_(l-1)| (n products and sums; the mask, the division by the norm, the norm's own
 * sum and root), which reaches the end through the layers above: <2 x_l / ||x_l||^2, M_l ... M_(k+1) e_k> is at most the sum of
 * 2 ||adjoint_k|| ||e_k||. The logarithm adds its own roundings. Doubled, for what is beyond first order.
 */
export function logNormErrors(
  matrices: readonly Matrix[],
  start: readonly number[],
  arithmetic: Arithmetic,
): readonly number[] {
  const vectors = [start];
  const errors: number[] = [];
  for (const matrix of matrices) {
    const size = (matrix[0]!.length + 6) * arithmetic.unit + arithmetic.draw;
    const last = vectors[vectors.length - 1]!;
    const absolute = matrix.map((row) => row.map(Math.abs));
    errors.push(size * Math.sqrt(squaredNorm(apply(absolute, last.map(Math.abs)))));
    vectors.push(apply(matrix, last));
  }
  return matrices.map((_, layer) => errorAt(matrices, vectors, errors, layer, arithmetic));
}

function errorAt(
  matrices: readonly Matrix[],
  vectors: readonly (readonly number[])[],
  errors: readonly number[],
  layer: number,
  arithmetic: Arithmetic,
): number {
  const end = vectors[layer + 1]!;
  const square = squaredNorm(end);
  let adjoint: readonly number[] = end.map((value) => (2 * value) / square);
  let total = 0;
  for (let at = layer; at >= 0; at--) {
    total += Math.sqrt(squaredNorm(adjoint)) * errors[at]!;
    adjoint = apply(transpose(matrices[at]!), adjoint);
  }
  const logarithms = 4 * arithmetic.unit * (layer + 1) * (1 + Math.abs(Math.log(square)));
  return 2 * (total + logarithms);
}

/** Bounds, entry by entry, on the error of each M_l x_(l-1) from all layers so far, the mask applied to none of them. */
export function entryErrors(
  products: readonly Matrix[],
  masked: readonly Matrix[],
  start: readonly number[],
  arithmetic: Arithmetic,
): readonly (readonly number[])[] {
  let vector = start;
  let error: readonly number[] = start.map(() => 0);
  return products.map((product, layer) => {
    const size = (product[0]!.length + 6) * arithmetic.unit + arithmetic.draw;
    const absolute = product.map((row) => row.map(Math.abs));
    const local = apply(absolute, vector.map(Math.abs));
    const carried = apply(absolute, error);
    error = carried.map((value, unit) => value + size * local[unit]!);
    vector = apply(masked[layer]!, vector);
    return error;
  });
}
