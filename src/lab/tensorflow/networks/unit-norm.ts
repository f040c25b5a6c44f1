import { log } from "../../../numerics/elementary.ts";
import type { Library, Tensor } from "../library.ts";

export interface UnitNorm {
  /** Vectors along the last `axes` over their norm; zero vectors stay. */
  readonly unit: Tensor;
  /** Largest absolute entry of each vector, and the sum of squares relative to it. */
  readonly largest: Tensor;
  readonly square: Tensor;
}

/** Relative to the largest entry first: float32 squares underflow below 1e-19 and overflow above 1e19. */
export function unitNorm(tf: Library, x: Tensor, axes: readonly number[]): UnitNorm {
  const largest = tf.max(tf.abs(x), axes, true);
  const scaled = tf.divNoNan(x, largest);
  const square = tf.sum(tf.square(scaled), axes, true);
  return { unit: tf.divNoNan(scaled, tf.sqrt(square)), largest, square };
}

/** ln of the squared norms, in float64; -Infinity for an exact zero vector. */
export function logSquares({ largest, square }: UnitNorm): Float64Array {
  const sizes = largest.dataSync();
  const sums = square.dataSync();
  return Float64Array.from(sizes, (size, index) => (size === 0 ? -Infinity : log(sums[index]!) + 2 * log(size)));
}
