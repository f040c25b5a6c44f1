import { log } from "../elementwise/elementary";
import { fillGaussian } from "../draws/random";

/** Norms in logarithms (src/numerics/log-domain.ts), byte for byte. */

/** 2^-900 and 2^1020: between them a sum of squares has lost nothing. */
const LEAST_TRUSTED: f64 = 1.1830521861667747e-271;
const GREATEST_TRUSTED: f64 = 1.1235582092889474e307;

/**
 * Divides a vector by its Euclidean norm, in place, and gives the logarithm of its squared norm before that. A vector of
 * zeros stays and gives -Infinity; one with a NaN or an infinite entry stays and gives NaN.
 */
export function normalise(vector: usize, count: i32): f64 {
  const sum = sumOfSquares(vector, count);
  if (sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED) {
    divide(vector, count, Math.sqrt(sum));
    return log(sum);
  }
  return normaliseScaled(vector, count);
}

/** A uniformly random unit vector: standard normals from the beginning of a stream, over their norm. */
export function fillDirection(replicate: i32, lane: i32, key: usize, out: usize, count: i32): void {
  fillGaussian(0, replicate, lane, key, out, count);
  normalise(out, count);
}

/** Whether two sums of squares have lost nothing. */
// @ts-ignore: decorator
@inline
export function areTrusted(sums: v128): bool {
  const least = f64x2.ge(sums, f64x2.splat(LEAST_TRUSTED));
  return i64x2.all_true(v128.and(least, f64x2.le(sums, f64x2.splat(GREATEST_TRUSTED))));
}

export function sumOfSquares(vector: usize, count: i32): f64 {
  let sum: f64 = 0;
  const end = vector + 8 * <usize>count;
  for (let at = vector; at < end; at += 8) sum += load<f64>(at) * load<f64>(at);
  return sum;
}

/** vector *= factor. */
export function scale(vector: usize, count: i32, factor: f64): void {
  const end = vector + 8 * <usize>count;
  const factors = f64x2.splat(factor);
  let at = vector;
  for (; at + 8 < end; at += 16) v128.store(at, f64x2.mul(v128.load(at), factors));
  if (at < end) store<f64>(at, load<f64>(at) * factor);
}

function divide(vector: usize, count: i32, divisor: f64): void {
  const end = vector + 8 * <usize>count;
  const divisors = f64x2.splat(divisor);
  let at = vector;
  for (; at + 8 < end; at += 16) v128.store(at, f64x2.div(v128.load(at), divisors));
  if (at < end) store<f64>(at, load<f64>(at) / divisor);
}

function normaliseScaled(vector: usize, count: i32): f64 {
  let largest: f64 = 0;
  const end = vector + 8 * <usize>count;
  for (let at = vector; at < end; at += 8) {
    const size = Math.abs(load<f64>(at));
    if (!(size < Infinity)) return NaN;
    if (size > largest) largest = size;
  }
  if (largest == 0) return -Infinity;
  divide(vector, count, largest);
  const sum = sumOfSquares(vector, count);
  divide(vector, count, Math.sqrt(sum));
  return log(sum) + 2 * log(largest);
}
