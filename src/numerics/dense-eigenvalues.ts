import { squareRootFreeQl } from "./square-root-free-ql.ts";

/**
 * The part of a tridiagonalisation that costs: on the leading `size` rows of a symmetric matrix, of which only the lower triangle
 * is read and written and whose rows are `stride` apart, a[i][j] -= u[i] p[j] + p[i] u[j] (the two products are added first), and
 * y[i] = the sum over j, from 0 up, of the new a[i][j] times v[j]. Positions count float64s of one array.
 */
type UpdateAndMultiply = (
  size: number,
  stride: number,
  matrix: number,
  u: number,
  p: number,
  v: number,
  y: number,
) => void;

/** Numbers of workspace that `denseEigenvalues` needs. */
export const workspaceOf = (n: number): number => 4 * n;

/**
 * All eigenvalues, ascending, of the symmetric n x n matrix at `matrix` in `memory` (destroyed; only its lower triangle is
 * read), into `out`: Householder tridiagonalisation from the last row up, each reflection applied while the next one's product is formed, so that the matrix
 * is read once a step; then QL without square roots. `workspace` is where in `memory` the vectors may lie.
 * Absolute error a small multiple of n * 2^-53 * (spectral norm). Cost: 4/3 n^3 operations in `update`.
 *
 * Source: Golub and Van Loan, "Matrix Computations" (4th ed.), section 8.3.1.
 * @throws RangeError if an entry is not finite
 */
export function denseEigenvalues(
  memory: Float64Array,
  n: number,
  matrix: number,
  workspace: number,
  out: number,
  update: UpdateAndMultiply,
): void {
  const factor = safeScale(memory, n, matrix);
  if (factor !== 1) for (let i = matrix; i < matrix + n * n; i++) memory[i]! *= factor;
  const diagonal = memory.subarray(out, out + n);
  const squares = new Float64Array(Math.max(n - 1, 0));
  tridiagonalise(memory, n, matrix, workspace, update, diagonal, squares);
  squareRootFreeQl(diagonal, squares);
  if (factor !== 1) for (let i = 0; i < n; i++) diagonal[i]! /= factor;
}

/** Entries of this size and their fourth powers are far from overflow, and from underflow where that matters. */
const LARGE = 2 ** 200;

/** A power of two that brings the lower triangle's entries to a safe size; nearly always 1. */
function safeScale(memory: Float64Array, n: number, matrix: number): number {
  let largest = 0;
  for (let row = 0; row < n; row++) {
    for (let i = matrix + row * n; i <= matrix + row * n + row; i++) {
      const size = Math.abs(memory[i]!);
      if (!(size < Infinity))
        throw new RangeError(`eigenvalues require finite entries, got ${memory[i]} in row ${row}`);
      if (size > largest) largest = size;
    }
  }
  let factor = 1;
  while (largest * factor > LARGE) factor *= 2 ** -300;
  while (largest > 0 && largest * factor < 1 / LARGE) factor *= 2 ** 300;
  return factor;
}

/** squares[i] is the square of what couples i and i + 1. Each step reflects the last remaining row onto its neighbour. */
function tridiagonalise(
  memory: Float64Array,
  n: number,
  matrix: number,
  workspace: number,
  update: UpdateAndMultiply,
  diagonal: Float64Array,
  squares: Float64Array,
): void {
  memory.fill(0, workspace, workspace + workspaceOf(n));
  const y = workspace + 3 * n;
  let u = workspace;
  const p = workspace + n;
  let v = workspace + 2 * n;
  for (let last = n - 1; last >= 0; last--) {
    const row = matrix + last * n;
    for (let j = 0; j <= last; j++) {
      memory[row + j]! -= memory[u + last]! * memory[p + j]! + memory[p + last]! * memory[u + j]!;
    }
    diagonal[last] = memory[row + last]!;
    if (last === 0) break;
    const half = reflector(memory, row, last, v, squares);
    update(last, n, matrix, u, p, v, y);
    [u, v] = [v, u];
    project(memory, last, u, half, y, p);
  }
}

/**
 * v = row - alpha e_last with |alpha| = |row|, so that (1 - v v^T / half) row = alpha e_last; half = |v|^2 / 2. A row of zeros
 * needs no reflection: v is 0 then, and `half` 1.
 */
function reflector(memory: Float64Array, row: number, size: number, v: number, squares: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < size; j++) {
    const entry = memory[row + j]!;
    memory[v + j] = entry;
    sum += entry * entry;
  }
  squares[size - 1] = sum;
  if (sum === 0) {
    memory.fill(0, v, v + size);
    return 1;
  }
  const norm = Math.sqrt(sum);
  const end = memory[v + size - 1]!;
  memory[v + size - 1] = end > 0 ? end + norm : end - norm;
  return sum + norm * Math.abs(end);
}

/** p = w - (w . u / (2 half)) u with w = y / half: what the rank-two update of A -> H A H takes. */
function project(memory: Float64Array, size: number, u: number, half: number, y: number, p: number): void {
  let projection = 0;
  for (let j = 0; j < size; j++) {
    const entry = memory[y + j]! / half;
    memory[p + j] = entry;
    projection += entry * memory[u + j]!;
  }
  const correction = projection / (2 * half);
  for (let j = 0; j < size; j++) memory[p + j]! -= correction * memory[u + j]!;
}

/** `UpdateAndMultiply` in plain loops. */
export function updateAndMultiply(memory: Float64Array): UpdateAndMultiply {
  return (size, stride, matrix, u, p, v, y) => {
    for (let i = 0; i < size; i++) {
      const row = matrix + i * stride;
      const ui = memory[u + i]!;
      const pi = memory[p + i]!;
      const vi = memory[v + i]!;
      let sum = 0;
      for (let j = 0; j < i; j++) {
        const entry = memory[row + j]! - (ui * memory[p + j]! + pi * memory[u + j]!);
        memory[row + j] = entry;
        memory[y + j]! += entry * vi;
        sum += entry * memory[v + j]!;
      }
      const entry = memory[row + i]! - (ui * pi + pi * ui);
      memory[row + i] = entry;
      memory[y + i] = sum + entry * vi;
    }
  };
}
