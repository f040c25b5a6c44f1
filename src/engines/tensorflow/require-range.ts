import { UnsupportedError } from "../engine.ts";

/**
 * Below this, products of two numbers leave float32's normal range (2^-126), and TensorFlow takes what is smaller for 0.
 * A result that is not 0 and below it may have lost parts without a trace.
 */
export const LEAST_TRUSTED = 2 ** -100;

/** @throws UnsupportedError when the largest absolute value of `values` is below that, but not 0 */
export function requireRange(values: Float32Array | Float64Array, what: string): void {
  const largest = largestOf(values);
  if (largest > 0 && largest < LEAST_TRUSTED) {
    throw new UnsupportedError(
      `engine tensorflow computes in float32, which requires 2^-100 in ${what}, got ${largest}`,
    );
  }
}

export function largestOf(values: Float32Array | Float64Array): number {
  let largest = 0;
  for (const value of values) if (Math.abs(value) > largest) largest = Math.abs(value);
  return largest;
}
