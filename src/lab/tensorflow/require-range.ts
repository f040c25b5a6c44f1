import { UnsupportedError } from "../contract/engine.ts";

/**
 * Below this, products of two numbers leave float32's normal range (2^-126), and TensorFlow takes what is smaller for 0.
 * A result that is not 0 and below it may have lost parts without a trace.
 */
export const LEAST_TRUSTED = 2 ** -100;

/** Above this, products of two numbers and sums of their squares overflow. */
const GREATEST_TRUSTED = 2 ** 60;

/** @throws UnsupportedError for weights that float32 cannot hold, or whose products it cannot: no law of a sensible gain has them */
export function requireWeights(values: Float64Array): void {
  const largest = largestOf(values);
  if (largest > GREATEST_TRUSTED || (largest > 0 && largest < 1 / GREATEST_TRUSTED)) {
    throw new UnsupportedError(
      `engine tensorflow computes in float32, which requires weights of 2^-60 to 2^60, got a layer's largest ${largest}`,
    );
  }
}

/** @throws UnsupportedError for numbers of a request that float32 cannot hold, or whose squares it cannot: they would become NaN */
export function requireDraws(values: Float64Array, what: string): void {
  const largest = largestOf(values);
  if (!(largest > GREATEST_TRUSTED)) return;
  throw new UnsupportedError(
    `engine tensorflow computes in float32, which requires ${what} of at most 2^60, got ${largest}`,
  );
}

/** @throws UnsupportedError when the largest absolute value of `values` is below 2^-100, but not 0, or infinite; a NaN is none of these */
export function requireRange(values: Float32Array | Float64Array, what: string): void {
  const largest = largestOf(values);
  if (largest === Number.POSITIVE_INFINITY) {
    throw new UnsupportedError(`engine tensorflow computes in float32, which overflows in ${what}`);
  }
  if (largest > 0 && largest < LEAST_TRUSTED) {
    throw new UnsupportedError(
      `engine tensorflow computes in float32, which requires 2^-100 in ${what}, got ${largest}`,
    );
  }
}

/** The same of each row of `length` numbers. */
export function requireRowsInRange(values: Float32Array | Float64Array, length: number, what: string): void {
  for (let at = 0; at < values.length; at += length) requireRange(values.subarray(at, at + length), what);
}

export function largestOf(values: Float32Array | Float64Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}
