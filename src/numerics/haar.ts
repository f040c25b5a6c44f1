import { fillGaussian, type Stream } from "./random.ts";

/**
 * A Haar-distributed orthogonal matrix into out[0], ..., out[dimension^2 - 1], row by row.
 *
 * Householder QR of a Gaussian matrix with the signs that make R's diagonal positive (without them the law is not Haar),
 * in Stewart's form: the columns that QR would still have to update are again independent Gaussians, so only the
 * reflected vectors are drawn. Q_m = diag(1, Q_(m-1)) H_m for m = 1, ..., dimension, where H_m is the reflection, signed,
 * whose first row is x / |x| for m standard normals x. Draws: `fillGaussian` of 1, 2, ..., dimension values in turn.
 * Cost: 4/3 dimension^3 operations and half the normals of a full matrix.
 *
 * Source: G. W. Stewart, "The efficient generation of random orthogonal matrices", SIAM J. Numer. Anal. 17 (1980) 403;
 * F. Mezzadri, "How to generate random matrices from the classical compact groups", arXiv math-ph/0609050.
 */
export function fillHaar(stream: Stream, out: Float64Array, dimension: number): void {
  out.fill(0, 0, dimension * dimension);
  const direction = new Float64Array(dimension);
  fillGaussian(stream, direction, 0, Math.min(dimension, 1));
  // In one dimension a sign, and exactly: a reflection would round it.
  if (dimension > 0) out[dimension * dimension - 1] = direction[0]! < 0 ? -1 : 1;
  for (let size = 2; size <= dimension; size++) {
    const corner = dimension - size;
    fillGaussian(stream, direction, 0, size);
    const sign = toReflection(direction, size);
    out[corner * dimension + corner] = 1;
    for (let row = corner; row < dimension; row++) {
      reflect(out, row * dimension + corner, direction, size, sign);
    }
  }
}

/**
 * What a Haar matrix, drawn afresh, does to one vector: vector[from], ..., vector[to - 1] is replaced by a uniform point
 * on the sphere of the same norm. The law depends on the vector by its norm alone, so this is all a forward pass through
 * an orthogonal layer needs; it is not the action of `fillHaar` on the same stream. Draws: one `fillGaussian`.
 *
 * A vector of zeros stays zero (and takes its draws). Norms below 1e-150 or above 1e150 must be scaled by the caller.
 */
export function applyHaar(stream: Stream, vector: Float64Array, from: number, to: number): void {
  const norm = Math.sqrt(sumOfSquares(vector, from, to));
  fillGaussian(stream, vector, from, to);
  const scale = norm / Math.sqrt(sumOfSquares(vector, from, to));
  for (let i = from; i < to; i++) vector[i] = scale * vector[i]!;
}

/**
 * Turns x into the vector u of the reflection I - u u^T that maps x to -s |x| e_1, s being the sign of x_1, and returns
 * -s: the signed reflection -s (I - u u^T) then has first row x / |x|. Adding s |x| to x_1 never cancels.
 */
function toReflection(x: Float64Array, size: number): number {
  const norm = Math.sqrt(sumOfSquares(x, 0, size));
  const sign = x[0]! < 0 ? -1 : 1;
  x[0] = x[0]! + sign * norm;
  // |x + s |x| e_1|^2 = 2 |x| (|x| + |x_1|), and u has squared norm 2.
  const scale = 1 / Math.sqrt(norm * Math.abs(x[0]!));
  for (let i = 0; i < size; i++) x[i] = scale * x[i]!;
  return -sign;
}

function reflect(matrix: Float64Array, at: number, u: Float64Array, size: number, sign: number): void {
  let projection = 0;
  for (let i = 0; i < size; i++) projection += matrix[at + i]! * u[i]!;
  for (let i = 0; i < size; i++) matrix[at + i] = sign * (matrix[at + i]! - projection * u[i]!);
}

function sumOfSquares(vector: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += vector[i]! * vector[i]!;
  return sum;
}
