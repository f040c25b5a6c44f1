import { maddDouble } from "../products/madd";

/**
 * Elementwise loops on float64s, two vectors a round and single numbers at the end. Positions are bytes; an output may be an input.
 */

/** out = a * b. */
export function hadamard(length: i32, a: usize, b: usize, out: usize): void {
  const end = out + ((<usize>length) << 3);
  for (; out + 32 <= end; out += 32, a += 32, b += 32) {
    const low = f64x2.mul(v128.load(a), v128.load(b));
    const high = f64x2.mul(v128.load(a, 16), v128.load(b, 16));
    v128.store(out, low);
    v128.store(out, high, 16);
  }
  for (; out < end; out += 8, a += 8, b += 8) store<f64>(out, load<f64>(a) * load<f64>(b));
}

/** out += a * b. */
export function addHadamard(length: i32, a: usize, b: usize, out: usize): void {
  const end = out + ((<usize>length) << 3);
  for (; out + 32 <= end; out += 32, a += 32, b += 32) {
    const low = maddDouble(v128.load(a), v128.load(b), v128.load(out));
    const high = maddDouble(v128.load(a, 16), v128.load(b, 16), v128.load(out, 16));
    v128.store(out, low);
    v128.store(out, high, 16);
  }
  for (; out < end; out += 8, a += 8, b += 8) store<f64>(out, load<f64>(out) + load<f64>(a) * load<f64>(b));
}

/** x *= alpha. */
export function scale(length: i32, alpha: f64, x: usize): void {
  const factor = f64x2.splat(alpha);
  const end = x + ((<usize>length) << 3);
  for (; x + 32 <= end; x += 32) {
    const low = f64x2.mul(v128.load(x), factor);
    const high = f64x2.mul(v128.load(x, 16), factor);
    v128.store(x, low);
    v128.store(x, high, 16);
  }
  for (; x < end; x += 8) store<f64>(x, load<f64>(x) * alpha);
}

/** y += alpha * x. */
export function axpy(length: i32, alpha: f64, x: usize, y: usize): void {
  const factor = f64x2.splat(alpha);
  const end = y + ((<usize>length) << 3);
  for (; y + 32 <= end; y += 32, x += 32) {
    const low = maddDouble(factor, v128.load(x), v128.load(y));
    const high = maddDouble(factor, v128.load(x, 16), v128.load(y, 16));
    v128.store(y, low);
    v128.store(y, high, 16);
  }
  for (; y < end; y += 8, x += 8) store<f64>(y, load<f64>(y) + alpha * load<f64>(x));
}

/** out = a + b. */
function add(length: i32, a: usize, b: usize, out: usize): void {
  const end = out + ((<usize>length) << 3);
  for (; out + 32 <= end; out += 32, a += 32, b += 32) {
    const low = f64x2.add(v128.load(a), v128.load(b));
    const high = f64x2.add(v128.load(a, 16), v128.load(b, 16));
    v128.store(out, low);
    v128.store(out, high, 16);
  }
  for (; out < end; out += 8, a += 8, b += 8) store<f64>(out, load<f64>(a) + load<f64>(b));
}

/** matrix[r][c] += row[c]. */
export function addRow(rows: i32, columns: i32, row: usize, matrix: usize): void {
  for (let r = 0; r < rows; r++) {
    add(columns, matrix, row, matrix);
    matrix += (<usize>columns) << 3;
  }
}

/** row[c] = or += the sum over r of matrix[r][c], from the first row down. */
export function sumRows(rows: i32, columns: i32, matrix: usize, row: usize, accumulate: bool): void {
  const bytes = (<usize>columns) << 3;
  const end = row + bytes;
  for (; row + 32 <= end; row += 32, matrix += 32) {
    let low = accumulate ? v128.load(row) : f64x2.splat(0);
    let high = accumulate ? v128.load(row, 16) : f64x2.splat(0);
    let at = matrix;
    for (let r = 0; r < rows; r++, at += bytes) {
      low = f64x2.add(low, v128.load(at));
      high = f64x2.add(high, v128.load(at, 16));
    }
    v128.store(row, low);
    v128.store(row, high, 16);
  }
  for (; row < end; row += 8, matrix += 8) {
    let sum = accumulate ? load<f64>(row) : 0;
    let at = matrix;
    for (let r = 0; r < rows; r++, at += bytes) sum += load<f64>(at);
    store<f64>(row, sum);
  }
}
