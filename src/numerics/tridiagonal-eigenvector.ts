/**
 * Unit eigenvector of a symmetric tridiagonal matrix for one of its eigenvalues, up to its sign: inverse iteration from a vector of
 * ones, with the shifted matrix factorised by Gaussian elimination with partial pivoting. `subdiagonal[i]` couples i and i + 1. What
 * the vector has of others' is of the order of the rounding over the gap; its residual is of the order of the rounding alone. Cost: some
 * 40 operations an entry.
 *
 * Source: Golub and Van Loan, "Matrix Computations" (4th ed.), section 8.4.2; EISPACK tinvit.
 */
export function tridiagonalEigenvector(
  diagonal: Float64Array,
  subdiagonal: Float64Array,
  eigenvalue: number,
): Float64Array {
  const n = diagonal.length;
  const size = Math.max(...diagonal.map(Math.abs), ...subdiagonal.subarray(0, Math.max(0, n - 1)).map(Math.abs), 0);
  const vector = new Float64Array(n).fill(1 / Math.sqrt(n));
  if (size === 0) return vector;
  const solve = factorise(
    diagonal.map((entry) => (entry - eigenvalue) / size),
    subdiagonal.map((entry) => entry / size),
  );
  for (let round = 0; round < ROUNDS; round++) {
    solve(vector);
    const norm = Math.hypot(...vector);
    for (let i = 0; i < n; i++) vector[i]! /= norm;
  }
  return vector;
}

/** Each takes off what the others have by the rounding over their gaps: three reach the rounding where one begins at n^-1/2. */
const ROUNDS = 3;

/** In place of a pivot of zero: the rounding of the largest entry, which is about 1. */
const LEAST_PIVOT = 2 ** -53;

/** Solves (L U) x = b in place, b on entry; U has two diagonals above its own, because rows may have changed places. */
function factorise(diagonal: Float64Array, subdiagonal: Float64Array): (vector: Float64Array) => void {
  const n = diagonal.length;
  const [u, above, second] = [diagonal.slice(), new Float64Array(n), new Float64Array(n)];
  above.set(subdiagonal.subarray(0, Math.max(0, n - 1)));
  const factors = new Float64Array(n);
  const isSwapped = new Uint8Array(n);
  for (let i = 0; i + 1 < n; i++) {
    const below = subdiagonal[i]!;
    if (Math.max(Math.abs(below), Math.abs(u[i]!)) < LEAST_PIVOT) u[i] = LEAST_PIVOT;
    if (Math.abs(below) > Math.abs(u[i]!)) {
      isSwapped[i] = 1;
      factors[i] = u[i]! / below;
      const [oldAbove, next, nextAbove] = [above[i]!, u[i + 1]!, above[i + 1]!];
      u[i] = below;
      above[i] = next;
      second[i] = nextAbove;
      u[i + 1] = oldAbove - factors[i]! * next;
      above[i + 1] = -factors[i]! * nextAbove;
    } else {
      factors[i] = below / u[i]!;
      u[i + 1]! -= factors[i]! * above[i]!;
    }
  }
  if (Math.abs(u[n - 1]!) < LEAST_PIVOT) u[n - 1] = LEAST_PIVOT;
  return (x) => {
    for (let i = 0; i + 1 < n; i++) {
      if (isSwapped[i] === 1) [x[i], x[i + 1]] = [x[i + 1]!, x[i]!];
      x[i + 1]! -= factors[i]! * x[i]!;
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i]!;
      if (i + 1 < n) sum -= above[i]! * x[i + 1]!;
      if (i + 2 < n) sum -= second[i]! * x[i + 2]!;
      x[i] = sum / u[i]!;
    }
  };
}
