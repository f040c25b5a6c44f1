/**
 * Eigenvalues of a symmetric tridiagonal matrix, ascending, in place in `diagonal`, from the `squares` of its couplings
 * (squares[i] couples i and i + 1; one less than the diagonal has; destroyed): implicit QL with Wilkinson's shift in the form of
 * Pal, Walker and Kahan, which needs no square root inside a sweep. Absolute error a small multiple of dimension * 2^-53 *
 * (largest entry). Cost: about 1.7 sweeps an eigenvalue, two divisions a row of a sweep.
 *
 * Source: Parlett, "The Symmetric Eigenvalue Problem" (1998), section 8.15. Entries must lie where their squares neither
 * overflow nor lose bits to underflow.
 * @throws Error, which has not been seen, if an eigenvalue takes more than 60 sweeps
 */
export function squareRootFreeQl(diagonal: Float64Array, squares: Float64Array): void {
  const negligible = NEGLIGIBLE * largestSquare(diagonal, squares);
  for (let first = 0; first < diagonal.length; first++) {
    for (let sweep = 0; ; sweep++) {
      const end = endOfBlock(diagonal, squares, first, negligible);
      if (end === first) break;
      if (sweep === 60) throw new Error(`squareRootFreeQl requires convergence in 60 sweeps, got none at ${first}`);
      sweepBlock(diagonal, squares, first, end);
    }
  }
  diagonal.sort();
}

/** Of the largest square: far below rounding, far above where sweeps stand still because products underflow. */
const NEGLIGIBLE = 2 ** -400;

function largestSquare(diagonal: Float64Array, squares: Float64Array): number {
  let largest = 0;
  for (const entry of diagonal) largest = Math.max(largest, entry * entry);
  for (const square of squares) largest = Math.max(largest, square);
  return largest;
}

/** The first index from `first` whose coupling to the next is lost in rounding. */
function endOfBlock(d: Float64Array, squares: Float64Array, first: number, negligible: number): number {
  let m = first;
  for (; m < squares.length; m++) {
    const lost = 2 ** -53 * (Math.abs(d[m]!) + Math.abs(d[m + 1]!));
    if (squares[m]! <= lost * lost || squares[m]! <= negligible) break;
  }
  return m;
}

/** One sweep over rows `end` to `first`; cosine and sine stand for the squares of a rotation's. */
function sweepBlock(d: Float64Array, squares: Float64Array, first: number, end: number): void {
  const shift = wilkinsonShift(d[first]!, d[first + 1]!, Math.sqrt(squares[first]!));
  let cosine = 1;
  let sine = 0;
  let gamma = d[end]! - shift;
  let p = gamma * gamma;
  for (let i = end - 1; i >= first; i--) {
    const square = squares[i]!;
    const r = p + square;
    if (i + 1 < end) squares[i + 1] = sine * r;
    const before = cosine;
    // Both quotients at once: p / cosine would have to wait for the cosine.
    const growth = r / p;
    cosine = p / r;
    sine = square / r;
    const last = gamma;
    gamma = cosine * (d[i]! - shift) - sine * last;
    d[i + 1] = last + (d[i]! - gamma);
    // Where p is so small that the quotient overflows the cosine is 0, and this is the limit.
    p = growth < Infinity ? gamma * gamma * growth : before * square;
  }
  squares[first] = sine * p;
  d[first] = shift + gamma;
}

/** The eigenvalue of [[a, e], [e, b]] that is nearer to a. */
function wilkinsonShift(a: number, b: number, e: number): number {
  const half = (b - a) / (2 * e);
  const root = Math.sqrt(half * half + 1);
  return a - e / (half + (half < 0 ? -root : root));
}
