import type { Stream } from "../../numerics/random.ts";
import type { Activation, ImageShape, SmoothActivation } from "../networks/network.ts";
import type { Optimiser } from "../networks/optimiser.ts";

/** What a square kernel of odd size meets on an image that is at least as large. */
export interface Patches {
  readonly image: ImageShape;
  readonly size: number;
  readonly padding: "circular" | "zero";
}

/**
 * Which numbers are normalised together: group g has, for each i < `outer`, the `inner` numbers from
 * g * stride + i * outerStride on. Sums run over i, then along the numbers.
 */
export interface Groups {
  readonly count: number;
  readonly stride: number;
  readonly outer: number;
  readonly outerStride: number;
  readonly inner: number;
}

/**
 * The few loops in which a layered network's time goes, over buffers in one memory: a buffer is an offset, in float64s, into the
 * array that `reserve` gives. The operations on networks are written once on top of these; an engine supplies them.
 *
 * What every implementation keeps to, so that float64 bytes can be equal: each sum runs over its reduction index from 0 up,
 * beginning with 0 (or with what is there, where it accumulates), one rounding a multiplication and one an addition. Buffers
 * of one call do not overlap, except where an output is said to be an input.
 */
export interface Primitives {
  /** At least `length` numbers, contents unspecified. The array is valid until the next call, which may move it. */
  reserve(length: number): Float64Array;

  /**
   * c (m x n) = A B, or c += A B, all row-major. "nn": a is m x k, b is k x n. "tn": a is k x m (A its transpose), b is k x n.
   * "nt": a is m x k, b is n x k (B its transpose).
   */
  multiply(
    layout: "nn" | "tn" | "nt",
    m: number,
    n: number,
    k: number,
    a: number,
    b: number,
    c: number,
    accumulate: boolean,
  ): void;

  /**
   * The patches of one image as the columns of a matrix at `out`: rows are (channel, kernel row, kernel column), columns are
   * places, row by row; a pixel outside the image is 0.
   */
  gatherPatches(patches: Patches, image: number, out: number): void;
  /** image += each entry of the patch matrix at its pixel, in the matrix's order: the transpose of gathering. */
  scatterPatches(patches: Patches, matrix: number, image: number): void;

  /** y = (x - mean) / sqrt(variance + epsilon) in each group; `scales` gets the factors, 0 where variance + epsilon is 0. */
  normaliseGroups(groups: Groups, x: number, y: number, epsilon: number, scales: number): void;
  /** Means over each group of a (into `means`) and of a * y (into `products`). */
  meansOfGroups(groups: Groups, a: number, y: number, means: number, products: number): void;
  /** out = scale (a - mean - y product), each group with its own of the three; out may be a. */
  projectGroups(
    groups: Groups,
    a: number,
    y: number,
    out: number,
    scales: number,
    means: number,
    products: number,
  ): void;

  /** matrix[r][c] += row[c]. */
  addRow(rows: number, columns: number, row: number, matrix: number): void;
  /** row[c] = sum over r of matrix[r][c], or row[c] += that. */
  sumRows(rows: number, columns: number, matrix: number, row: number, accumulate: boolean): void;

  /** h = f(z), first = f'(z), second = f''(z); h may be z; `first` or `second` may be -1: not wanted. f'(0) = slope for relu and its kin. */
  activate(
    activation: Activation | SmoothActivation,
    length: number,
    z: number,
    h: number,
    first: number,
    second: number,
  ): void;

  /** out = a * b, elementwise; out may be a or b. */
  hadamard(length: number, a: number, b: number, out: number): void;
  /** out += a * b, elementwise. */
  addHadamard(length: number, a: number, b: number, out: number): void;
  /** x *= alpha. */
  scale(length: number, alpha: number, x: number): void;
  /** y += alpha * x. */
  axpy(length: number, alpha: number, x: number, y: number): void;
  /** Sum of x * y. */
  dot(length: number, x: number, y: number): number;
  /** out[r] = sum over c of matrix[r][c] * x[c], for `rows` rows: a block of dot products. */
  dots(rows: number, length: number, matrix: number, x: number, out: number): void;
  /** x -= coefficients[r] * matrix[r], row after row: a block of axpys. */
  subtractRows(rows: number, length: number, matrix: number, coefficients: number, x: number): void;

  /**
   * One step (the `step`-th, from 1), in place. `first` and `second` are the optimiser's state (m and v), zero before step 1; -1
   * where it has none.
   */
  descend(
    optimiser: Optimiser,
    step: number,
    length: number,
    parameters: number,
    gradient: number,
    first: number,
    second: number,
  ): void;

  /**
   * Exactly what `fillGaussian(stream, array, from, to)` of numerics/random.ts does to the array and to the stream, for engines that
   * do it faster. Absent: that function is called.
   */
  readonly fillGaussian?: (stream: Stream, from: number, to: number) => void;

  /** All eigenvalues of the symmetric n x n matrix at `matrix` (destroyed), ascending, into `out`. */
  eigenvalues(n: number, matrix: number, out: number): void;
}
