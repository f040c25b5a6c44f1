import { exp, log } from "./elementary.ts";

/** Where a sum of squares is trusted: no square overflowed, and what underflowed is below 2^-174 of the sum. */
const LEAST_TRUSTED = 2 ** -900;
const GREATEST_TRUSTED = 2 ** 1020;

/**
 * Divides vector[from], ..., vector[to - 1] by its Euclidean norm, in place, and returns the logarithm of its squared
 * norm before that, without overflow or underflow. An exact zero vector is dead: it stays, and -Infinity is returned.
 * With a NaN or an infinite entry the result is NaN and the vector is left as it was.
 */
export function normalise(vector: Float64Array, from: number, to: number): number {
  const sum = sumOfSquares(vector, from, to);
  if (sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED) {
    divide(vector, from, to, Math.sqrt(sum));
    return log(sum);
  }
  return normaliseScaled(vector, from, to);
}

/** ln of the sum of exp(values[i]) over from <= i < to; -Infinity where all are -Infinity or there are none. */
export function logSumExp(values: Float64Array, from: number, to: number): number {
  let largest = -Infinity;
  for (let i = from; i < to; i++) if (values[i]! > largest) largest = values[i]!;
  if (largest === -Infinity) {
    for (let i = from; i < to; i++) if (Number.isNaN(values[i]!)) return Number.NaN;
    return -Infinity;
  }
  if (largest === Infinity) largest = 0;
  let sum = 0;
  for (let i = from; i < to; i++) sum += exp(values[i]! - largest);
  return largest + log(sum);
}

/** Divides by the largest entry first; one rounding more for each entry than the plain way. */
function normaliseScaled(vector: Float64Array, from: number, to: number): number {
  let largest = 0;
  for (let i = from; i < to; i++) {
    const size = Math.abs(vector[i]!);
    if (!(size < Infinity)) return Number.NaN;
    if (size > largest) largest = size;
  }
  if (largest === 0) return -Infinity;
  divide(vector, from, to, largest);
  const sum = sumOfSquares(vector, from, to);
  divide(vector, from, to, Math.sqrt(sum));
  return log(sum) + 2 * log(largest);
}

function divide(vector: Float64Array, from: number, to: number, divisor: number): void {
  for (let i = from; i < to; i++) vector[i] = vector[i]! / divisor;
}

function sumOfSquares(vector: Float64Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += vector[i]! * vector[i]!;
  return sum;
}
