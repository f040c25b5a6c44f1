import { squareRootFreeQl } from "./square-root-free-ql.ts";

/**
 * The part of a tridiagonalisation that costs: on the leading `size` rows of a symmetric matrix, whose lower triangle is packed
 * (`rowStart`), a[i][j] -= u[i] p[j] + p[i] u[j] (the two products are added first), and y[i] = the sum over j, from 0 up, of the
 * new a[i][j] times v[j]. Positions count float64s of one array.
 */
type UpdateAndMultiply = (size: number, matrix: number, u: number, p: number, v: number, y: number) => void;

/** Rows come in bands of so many, all as long as the last one of the band; 64 bytes, the line of a cache. */
const BAND = 8;

/** Numbers of workspace that `denseEigenvalues` needs. */
export const workspaceOf = (n: number): number => 4 * n + (n < BAND ? BAND * n : 0);

/**
 * Where row i of a packed lower triangle begins. The triangle takes half the memory of the square, and rows of 256 or 512 numbers do
 * not compete for the same lines of a cache, as they do at that distance.
 */
export function rowStart(i: number): number {
  const band = Math.floor(i / BAND);
  return BAND * (band + 1) * ((BAND / 2) * band + (i % BAND));
}

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
  const triangle = packTriangle(memory, n, matrix, workspace + 4 * n);
  const diagonal = memory.subarray(out, out + n);
  const squares = new Float64Array(Math.max(n - 1, 0));
  tridiagonalise(memory, n, triangle, workspace, update, diagonal, squares);
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

/** Packs the lower triangle where the matrix is, or, where a band is wider than that, in `spare`; gives the place. */
function packTriangle(memory: Float64Array, n: number, matrix: number, spare: number): number {
  const triangle = n < BAND ? spare : matrix;
  for (let row = 0; row < n; row++) {
    const from = matrix + row * n;
    memory.copyWithin(triangle + rowStart(row), from, from + row + 1);
  }
  return triangle;
}

/** squares[i] is the square of what couples i and i + 1. Each step reflects the last remaining row onto its neighbour. */
function tridiagonalise(
  memory: Float64Array,
  n: number,
  triangle: number,
  workspace: number,
  update: UpdateAndMultiply,
  diagonal: Float64Array,
  squares: Float64Array,
): void {
  memory.fill(0, workspace, workspace + 4 * n);
  const y = workspace + 3 * n;
  let u = workspace;
  const p = workspace + n;
  let v = workspace + 2 * n;
  for (let last = n - 1; last >= 0; last--) {
    const row = triangle + rowStart(last);
    for (let j = 0; j <= last; j++) {
      memory[row + j]! -= memory[u + last]! * memory[p + j]! + memory[p + last]! * memory[u + j]!;
    }
    diagonal[last] = memory[row + last]!;
    if (last === 0) break;
    const half = reflector(memory, row, last, v, squares);
    update(last, triangle, u, p, v, y);
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
  return (size, matrix, u, p, v, y) => {
    for (let i = 0; i < size; i++) {
      const row = matrix + rowStart(i);
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
