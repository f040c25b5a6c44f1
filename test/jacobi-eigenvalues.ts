/** Far more sweeps than any matrix has been seen to take: convergence is quadratic after the first few. */
const SWEEPS = 60;

/** Couplings below this share of the largest entry move no eigenvalue by a rounding of it. */
const NEGLIGIBLE = 2 ** -70;

/**
 * All eigenvalues, ascending, of a symmetric matrix, given row by row, by cyclic Jacobi rotations: slow, short, and nothing of
 * what it judges (neither reflections nor QL). Only the lower triangle is read. Absolute error a small multiple of
 * dimension * 2^-53 * (spectral norm). About 8 sweeps of 4 n^3 operations.
 *
 * Source: Golub and Van Loan, "Matrix Computations" (4th ed.), section 8.5.
 * @throws Error if it does not converge
 */
export function jacobiEigenvalues(matrix: Float64Array, n: number): Float64Array {
  const a = new Float64Array(n * n);
  let scale = 0;
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) scale = Math.max(scale, Math.abs(matrix[i * n + j]!));
  if (scale === 0) return new Float64Array(n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a[i * n + j] = matrix[at(n, i, j)]! / scale;
  for (let sweep = 0; sweepOnce(a, n); sweep++) {
    if (sweep === SWEEPS) throw new Error(`jacobiEigenvalues requires convergence in ${SWEEPS} sweeps, got none`);
  }
  return Float64Array.from({ length: n }, (_, i) => a[i * n + i]! * scale).sort();
}

/** Where the lower triangle has the entry (i, j). */
function at(n: number, i: number, j: number): number {
  return Math.max(i, j) * n + Math.min(i, j);
}

/** Rotates every coupling to zero once; whether there was one. */
function sweepOnce(a: Float64Array, n: number): boolean {
  let rotated = false;
  for (let p = 0; p < n; p++) {
    for (let q = p + 1; q < n; q++) {
      if (Math.abs(a[p * n + q]!) <= NEGLIGIBLE) continue;
      rotate(a, n, p, q);
      rotated = true;
    }
  }
  return rotated;
}

function rotate(a: Float64Array, n: number, p: number, q: number): void {
  const coupling = a[p * n + q]!;
  const half = (a[q * n + q]! - a[p * n + p]!) / (2 * coupling);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  a[p * n + p]! -= tangent * coupling;
  a[q * n + q]! += tangent * coupling;
  a[p * n + q] = a[q * n + p] = 0;
  for (let k = 0; k < n; k++) {
    if (k === p || k === q) continue;
    const [x, y] = [a[k * n + p]!, a[k * n + q]!];
    a[k * n + p] = a[p * n + k] = cosine * x - sine * y;
    a[k * n + q] = a[q * n + k] = sine * x + cosine * y;
  }
}
