export interface TridiagonalEigenvalues {
  /** Ascending. */
  readonly eigenvalues: Float64Array;
  /** Last component of each normalised eigenvector, in the same order, up to its sign. */
  readonly lastComponents: Float64Array;
}

/**
 * Eigenvalues of a symmetric tridiagonal matrix and the last components of its eigenvectors (what bounds the error of a Lanczos
 * run): implicit QL with Wilkinson's shift, each rotation applied to one row. `subdiagonal[i]` couples i and i + 1. Cost: about
 * 30 dimension^2 operations. A matrix with a NaN has eigenvalues NaN.
 *
 * Source: Golub and Van Loan, "Matrix Computations" (4th ed.), section 8.3.5; EISPACK imtql2.
 * @throws Error, which has not been seen, if an eigenvalue takes more than 60 sweeps
 */
export function tridiagonalEigenvalues(diagonal: Float64Array, subdiagonal: Float64Array): TridiagonalEigenvalues {
  const n = diagonal.length;
  const scale = largestEntry(diagonal, subdiagonal);
  const d = diagonal.map((entry) => entry / scale);
  const e = new Float64Array(n);
  e.set(subdiagonal.subarray(0, Math.max(n - 1, 0)).map((entry) => entry / scale));
  const row = new Float64Array(n);
  if (n > 0) row[n - 1] = 1;
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = endOfBlock(d, e, first);
      if (end === first) break;
      if (sweep === 60)
        throw new Error(`tridiagonalEigenvalues requires convergence in 60 sweeps, got none at ${first}`);
      sweepBlock(d, e, row, first, end);
    }
  }
  const order = Array.from(d.keys()).sort((i, j) => compare(d[i]!, d[j]!));
  return {
    eigenvalues: Float64Array.from(order, (i) => d[i]! * scale),
    lastComponents: Float64Array.from(order, (i) => row[i]!),
  };
}

/** By which squares can neither overflow nor underflow; 1 for a matrix of zeros. */
function largestEntry(diagonal: Float64Array, subdiagonal: Float64Array): number {
  let largest = 0;
  for (const entry of [...diagonal, ...subdiagonal]) largest = Math.max(largest, Math.abs(entry));
  return largest === 0 ? 1 : largest;
}

/** NaN last, as a typed array sorts them. */
function compare(a: number, b: number): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) ? -1 : a - b;
}

/** Of the largest entry, which is 1: far below rounding, far above where a square underflows and a sweep stands still. */
const NEGLIGIBLE = 2 ** -200;

/** The first index from `first` whose coupling to the next is lost in rounding. */
function endOfBlock(d: Float64Array, e: Float64Array, first: number): number {
  let m = first;
  while (
    m + 1 < d.length &&
    Math.abs(e[m]!) > 2 ** -53 * (Math.abs(d[m]!) + Math.abs(d[m + 1]!)) &&
    Math.abs(e[m]!) > NEGLIGIBLE
  ) {
    m++;
  }
  return m;
}

function sweepBlock(d: Float64Array, e: Float64Array, row: Float64Array, first: number, end: number): void {
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
      d[i + 1]! -= shift;
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
    const below = row[i + 1]!;
    row[i + 1] = sine * row[i]! + cosine * below;
    row[i] = cosine * row[i]! - sine * below;
  }
  d[first]! -= shift;
  e[first] = g;
  e[end] = 0;
}
