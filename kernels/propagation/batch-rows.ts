import { logOfNormalPair } from "../elementwise/elementary";
import { areTrusted, normalise } from "./log-domain";
import { fillWeights } from "../draws/weights";

/** Matrices with a row an example. Each sum runs along its own row from the first entry up; rows go side by side. */

/** `fillWeights` for callers outside, whose positions are float64s. */
export function drawWeights(
  law: i32,
  factor: f64,
  position: f64,
  replicate: i32,
  key: usize,
  out: usize,
  fanIn: i32,
  fanOut: i32,
): f64 {
  return <f64>fillWeights(law, factor, <u64>position, replicate, key, out, fanIn, fanOut);
}

/** `normalise` of each row; the logarithms go to `logs`. */
export function normaliseRows(rows: i32, width: i32, matrix: usize, logs: usize): void {
  const rowBytes = <usize>width * 8;
  let row = 0;
  for (; row + 3 < rows; row += 4) {
    const at = matrix + <usize>row * rowBytes;
    const low = squaresOfTwo(at, at + rowBytes, rowBytes);
    const high = squaresOfTwo(at + 2 * rowBytes, at + 3 * rowBytes, rowBytes);
    if (areTrusted(low) && areTrusted(high)) {
      v128.store(logs + 8 * <usize>row, logOfNormalPair(low));
      v128.store(logs + 8 * <usize>row, logOfNormalPair(high), 16);
      divideTwo(at, at + rowBytes, rowBytes, f64x2.sqrt(low));
      divideTwo(at + 2 * rowBytes, at + 3 * rowBytes, rowBytes, f64x2.sqrt(high));
    } else {
      for (let i = 0; i < 4; i++) store<f64>(logs + 8 * <usize>(row + i), normalise(at + <usize>i * rowBytes, width));
    }
  }
  for (; row < rows; row++) {
    store<f64>(logs + 8 * <usize>row, normalise(matrix + <usize>row * rowBytes, width));
  }
}

/** out[row] = factors[row] * matrix[row]. */
export function scaleRows(rows: i32, width: i32, factors: usize, matrix: usize, out: usize): void {
  const rowBytes = <usize>width * 8;
  for (let row = 0; row < rows; row++) {
    const factor = f64x2.splat(load<f64>(factors + 8 * <usize>row));
    const from = matrix + <usize>row * rowBytes;
    const to = out + <usize>row * rowBytes;
    let at: usize = 0;
    for (; at + 8 < rowBytes; at += 16) v128.store(to + at, f64x2.mul(factor, v128.load(from + at)));
    if (at < rowBytes) store<f64>(to + at, f64x2.extract_lane(factor, 0) * load<f64>(from + at));
  }
}

/** |u - v|^2 / 2 of every pair of `count` rows at the listed addresses, first by the earlier row, then by the later one. */
export function pairDistances(count: i32, addresses: usize, width: i32, out: usize): void {
  const rowBytes = <usize>width * 8;
  let to = out;
  for (let first = 0; first < count; first++) {
    const u = <usize>load<u32>(addresses + 4 * <usize>first);
    let second = first + 1;
    for (; second + 3 < count; second += 4) {
      const list = addresses + 4 * <usize>second;
      const low = distancesToTwo(u, <usize>load<u32>(list), <usize>load<u32>(list, 4), rowBytes);
      const high = distancesToTwo(u, <usize>load<u32>(list, 8), <usize>load<u32>(list, 12), rowBytes);
      v128.store(to, low);
      v128.store(to, high, 16);
      to += 32;
    }
    for (; second < count; second++) {
      const v = <usize>load<u32>(addresses + 4 * <usize>second);
      store<f64>(to, f64x2.extract_lane(distancesToTwo(u, v, v, rowBytes), 0));
      to += 8;
    }
  }
}

function squaresOfTwo(first: usize, second: usize, bytes: usize): v128 {
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 8 < bytes; at += 16) {
    const a = v128.load(first + at);
    const b = v128.load(second + at);
    const even = v128.shuffle<f64>(a, b, 0, 2);
    const odd = v128.shuffle<f64>(a, b, 1, 3);
    sum = f64x2.add(sum, f64x2.mul(even, even));
    sum = f64x2.add(sum, f64x2.mul(odd, odd));
  }
  if (at < bytes) {
    const last = v128.load64_lane(second + at, v128.load64_zero(first + at), 1);
    sum = f64x2.add(sum, f64x2.mul(last, last));
  }
  return sum;
}

function distancesToTwo(u: usize, first: usize, second: usize, bytes: usize): v128 {
  let sum = f64x2.splat(0);
  let at: usize = 0;
  for (; at + 8 < bytes; at += 16) {
    const from = v128.load(u + at);
    const a = f64x2.sub(from, v128.load(first + at));
    const b = f64x2.sub(from, v128.load(second + at));
    const even = v128.shuffle<f64>(a, b, 0, 2);
    const odd = v128.shuffle<f64>(a, b, 1, 3);
    sum = f64x2.add(sum, f64x2.mul(even, even));
    sum = f64x2.add(sum, f64x2.mul(odd, odd));
  }
  if (at < bytes) {
    const pair = v128.load64_lane(second + at, v128.load64_zero(first + at), 1);
    const last = f64x2.sub(v128.load64_splat(u + at), pair);
    sum = f64x2.add(sum, f64x2.mul(last, last));
  }
  return f64x2.mul(sum, f64x2.splat(0.5));
}

function divideTwo(first: usize, second: usize, bytes: usize, divisors: v128): void {
  divide(first, bytes, v128.shuffle<f64>(divisors, divisors, 0, 0));
  divide(second, bytes, v128.shuffle<f64>(divisors, divisors, 1, 1));
}

function divide(vector: usize, bytes: usize, divisor: v128): void {
  let at: usize = 0;
  for (; at + 8 < bytes; at += 16) v128.store(vector + at, f64x2.div(v128.load(vector + at), divisor));
  if (at < bytes) store<f64>(vector + at, load<f64>(vector + at) / f64x2.extract_lane(divisor, 0));
}
