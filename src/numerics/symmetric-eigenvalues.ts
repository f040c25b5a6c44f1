/**
 * All eigenvalues, ascending, of a dense symmetric matrix, given row by row; only the lower triangle is read.
 *
 * Householder tridiagonalisation and implicit QL with Wilkinson's shift: absolute error a small multiple of
 * dimension * 2^-53 * (spectral norm), so that eigenvalues far below the norm are not resolved. This is the oracle that
 * structured solvers are checked with. Cost 4/3 dimension^3 operations.
 *
 * Source: Golub and Van Loan, "Matrix Computations" (4th ed.), sections 8.3.1 and 8.3.5; EISPACK tred1 and imtql1.
 * Throws if an entry is not finite or, which has not been seen, if an eigenvalue takes more than 60 sweeps.
 */
export function symmetricEigenvalues(matrix: Float64Array, dimension: number): Float64Array {
  if (matrix.length !== dimension * dimension) {
    throw new RangeError(`symmetricEigenvalues requires ${dimension * dimension} entries, got ${matrix.length}`);
  }
  const scale = largestEntry(matrix);
  if (!(scale < Infinity)) throw new RangeError("symmetricEigenvalues requires finite entries, got one that is not");
  const diagonal = new Float64Array(dimension);
  if (scale === 0) return diagonal;
  const subdiagonal = new Float64Array(dimension);
  tridiagonalise(
    matrix.map((entry) => entry / scale),
    dimension,
    diagonal,
    subdiagonal,
  );
  implicitQl(diagonal, subdiagonal);
  return diagonal.map((value) => value * scale).sort();
}

function largestEntry(matrix: Float64Array): number {
  let largest = 0;
  for (const entry of matrix) {
    if (Number.isNaN(entry)) return Number.NaN;
    largest = Math.max(largest, Math.abs(entry));
  }
  return largest;
}

/** Destroys `a`; subdiagonal[i] couples i and i + 1. Each step reflects the last remaining row onto its neighbour. */
function tridiagonalise(a: Float64Array, n: number, diagonal: Float64Array, subdiagonal: Float64Array): void {
  const u = new Float64Array(n);
  const p = new Float64Array(n);
  for (let last = n - 1; last > 0; last--) {
    let sum = 0;
    for (let j = 0; j < last; j++) {
      u[j] = a[last * n + j]!;
      sum += u[j]! * u[j]!;
    }
    diagonal[last] = a[last * n + last]!;
    const norm = Math.sqrt(sum);
    const alpha = u[last - 1]! > 0 ? -norm : norm;
    subdiagonal[last - 1] = alpha;
    if (norm === 0) continue;
    u[last - 1] = u[last - 1]! - alpha;
    reflectBothSides(a, n, last, u, norm * (norm + Math.abs(u[last - 1]! + alpha)), p);
  }
  if (n > 0) diagonal[0] = a[0]!;
}

/** A <- H A H on the leading `size` rows (lower triangle), with H = I - u u^T / half and half = |u|^2 / 2. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  size: number,
  u: Float64Array,
  half: number,
  p: Float64Array,
): void {
  let projection = 0;
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += a[i * n + j]! * u[j]!;
    for (let j = i + 1; j < size; j++) sum += a[j * n + i]! * u[j]!;
    p[i] = sum / half;
    projection += p[i]! * u[i]!;
  }
  const correction = projection / (2 * half);
  for (let i = 0; i < size; i++) p[i] = p[i]! - correction * u[i]!;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) a[i * n + j] = a[i * n + j]! - u[i]! * p[j]! - p[i]! * u[j]!;
  }
}

function implicitQl(d: Float64Array, e: Float64Array): void {
  for (let first = 0; first < d.length; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = endOfBlock(d, e, first);
      if (end === first) break;
      if (sweep === 60) throw new Error(`symmetricEigenvalues requires convergence in 60 sweeps, got none at ${first}`);
      qlSweep(d, e, first, end);
    }
  }
}

/** The first index from `first` whose coupling to the next is lost in rounding. */
function endOfBlock(d: Float64Array, e: Float64Array, first: number): number {
  let m = first;
  while (m + 1 < d.length && Math.abs(e[m]!) > 2 ** -53 * (Math.abs(d[m]!) + Math.abs(d[m + 1]!))) m++;
  return m;
}

function qlSweep(d: Float64Array, e: Float64Array, first: number, end: number): void {
  const half = (d[first + 1]! - d[first]!) / (2 * e[first]!);
  const root = Math.sqrt(half * half + 1);
  let g = d[end]! - d[first]! + e[first]! / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let shift = 0;
  for (let i = end - 1; i >= first; i--) {
    const f = sine * e[i]!;
    const b = cosine * e[i]!;
    const radius = Math.sqrt(f * f + g * g);
    e[i + 1] = radius;
    if (radius === 0) {
      d[i + 1] = d[i + 1]! - shift;
      e[end] = 0;
      return;
    }
    sine = f / radius;
    cosine = g / radius;
    const h = d[i + 1]! - shift;
    const s = (d[i]! - h) * sine + 2 * cosine * b;
    shift = sine * s;
    d[i + 1] = h + shift;
    g = cosine * s - b;
  }
  d[first] = d[first]! - shift;
  e[first] = g;
  e[end] = 0;
}
