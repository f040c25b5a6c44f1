import { axpy } from "../elementwise/elementwise";
import { maddDouble } from "./madd";

/**
 * Products of a block of rows with one vector, and their combination back into it: what an orthogonalisation against many vectors
 * consists of. Several rows a pass, so that the vector is read once for all of them; each sum keeps its own order.
 */

/** Sum of x * y, one term after another: bound by the latency of one addition a term, whatever the machine's width. */
export function dot(length: i32, x: usize, y: usize): f64 {
  let sum: f64 = 0;
  const end = x + ((<usize>length) << 3);
  for (; x < end; x += 8, y += 8) sum += load<f64>(x) * load<f64>(y);
  return sum;
}

/** out[r] = sum over c of matrix[r][c] * x[c]. */
export function dots(rows: i32, length: i32, matrix: usize, x: usize, out: usize): void {
  const bytes = (<usize>length) << 3;
  let r = 0;
  for (; r + 8 <= rows; r += 8) {
    dotsOfEight(length, matrix, bytes, x, out + ((<usize>r) << 3));
    matrix += 8 * bytes;
  }
  for (; r < rows; r++) {
    store<f64>(out + ((<usize>r) << 3), dot(length, matrix, x));
    matrix += bytes;
  }
}

/** Eight rows in four vectors of two: the chains hide each other's latency. */
function dotsOfEight(length: i32, row: usize, stride: usize, x: usize, out: usize): void {
  let sum0 = f64x2.splat(0),
    sum1 = sum0,
    sum2 = sum0,
    sum3 = sum0;
  const row2 = row + 2 * stride;
  const row4 = row2 + 2 * stride;
  const row6 = row4 + 2 * stride;
  const paired = (<usize>(length & ~1)) << 3;
  for (let at: usize = 0; at < paired; at += 16) {
    const first = v128.load64_splat(x + at);
    const second = v128.load64_splat(x + at + 8);
    let even = v128.load(row + at);
    let odd = v128.load(row + stride + at);
    sum0 = maddDouble(v128.shuffle<i64>(even, odd, 0, 2), first, sum0);
    sum0 = maddDouble(v128.shuffle<i64>(even, odd, 1, 3), second, sum0);
    even = v128.load(row2 + at);
    odd = v128.load(row2 + stride + at);
    sum1 = maddDouble(v128.shuffle<i64>(even, odd, 0, 2), first, sum1);
    sum1 = maddDouble(v128.shuffle<i64>(even, odd, 1, 3), second, sum1);
    even = v128.load(row4 + at);
    odd = v128.load(row4 + stride + at);
    sum2 = maddDouble(v128.shuffle<i64>(even, odd, 0, 2), first, sum2);
    sum2 = maddDouble(v128.shuffle<i64>(even, odd, 1, 3), second, sum2);
    even = v128.load(row6 + at);
    odd = v128.load(row6 + stride + at);
    sum3 = maddDouble(v128.shuffle<i64>(even, odd, 0, 2), first, sum3);
    sum3 = maddDouble(v128.shuffle<i64>(even, odd, 1, 3), second, sum3);
  }
  if (length & 1) {
    const last = v128.load64_splat(x + paired);
    sum0 = maddDouble(pairAt(row + paired, stride), last, sum0);
    sum1 = maddDouble(pairAt(row2 + paired, stride), last, sum1);
    sum2 = maddDouble(pairAt(row4 + paired, stride), last, sum2);
    sum3 = maddDouble(pairAt(row6 + paired, stride), last, sum3);
  }
  v128.store(out, sum0);
  v128.store(out, sum1, 16);
  v128.store(out, sum2, 32);
  v128.store(out, sum3, 48);
}

/** The numbers at `position` and one row below it. */
// @ts-ignore: decorator
@inline
function pairAt(position: usize, stride: usize): v128 {
  return f64x2(load<f64>(position), load<f64>(position + stride));
}

/** x -= coefficients[r] * matrix[r], row after row. */
export function subtractRows(rows: i32, length: i32, matrix: usize, coefficients: usize, x: usize): void {
  const bytes = (<usize>length) << 3;
  let r = 0;
  for (; r + 4 <= rows; r += 4) {
    subtractFourRows(length, matrix, bytes, coefficients + ((<usize>r) << 3), x);
    matrix += 4 * bytes;
  }
  for (; r < rows; r++) {
    axpy(length, -load<f64>(coefficients + ((<usize>r) << 3)), matrix, x);
    matrix += bytes;
  }
}

function subtractFourRows(length: i32, row: usize, stride: usize, coefficients: usize, x: usize): void {
  const first = f64x2.neg(v128.load64_splat(coefficients));
  const second = f64x2.neg(v128.load64_splat(coefficients, 8));
  const third = f64x2.neg(v128.load64_splat(coefficients, 16));
  const fourth = f64x2.neg(v128.load64_splat(coefficients, 24));
  let row1 = row + stride;
  let row2 = row1 + stride;
  let row3 = row2 + stride;
  const end = x + ((<usize>(length & ~1)) << 3);
  for (; x < end; x += 16, row += 16, row1 += 16, row2 += 16, row3 += 16) {
    let rest = maddDouble(first, v128.load(row), v128.load(x));
    rest = maddDouble(second, v128.load(row1), rest);
    rest = maddDouble(third, v128.load(row2), rest);
    v128.store(x, maddDouble(fourth, v128.load(row3), rest));
  }
  if (length & 1) {
    let rest = maddDouble(first, v128.load64_splat(row), v128.load64_splat(x));
    rest = maddDouble(second, v128.load64_splat(row1), rest);
    rest = maddDouble(third, v128.load64_splat(row2), rest);
    rest = maddDouble(fourth, v128.load64_splat(row3), rest);
    store<f64>(x, f64x2.extract_lane(rest, 0));
  }
}
