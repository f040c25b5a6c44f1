import { logOfNormalPair } from "../elementwise/elementary";
import { areTrusted, normalise } from "./log-domain";

/**
 * Vectors of four networks side by side: entry i of network j is number 4 i + j. Each network's sums run over its own entries
 * from the first up. A vector's size is 1 where it was divided by its norm, 0 where it is dead, NaN where it holds a NaN.
 */

/**
 * Writes the logarithms of the four squared norms, given the sums of squares, divides each vector by its norm where `divides`,
 * and updates `sizes`, which were those of the vectors before they were mapped: what was dead and is 0 needs no second look.
 * `lane` has room for one network's vector.
 */
export function normaliseFour(
  divides: bool,
  vectors: usize,
  count: i32,
  lowSquares: v128,
  highSquares: v128,
  sizes: usize,
  logs: usize,
  lane: usize,
): void {
  const zero = f64x2.splat(0);
  // A 1 in the place of the square of a vector that was dead, and is, changes none of its zeros.
  const lowDead = v128.and(f64x2.eq(v128.load(sizes), zero), f64x2.eq(lowSquares, zero));
  const highDead = v128.and(f64x2.eq(v128.load(sizes, 16), zero), f64x2.eq(highSquares, zero));
  const low = v128.bitselect(f64x2.splat(1), lowSquares, lowDead);
  const high = v128.bitselect(f64x2.splat(1), highSquares, highDead);
  if (!areTrusted(low) || !areTrusted(high)) {
    for (let network = 0; network < 4; network++) {
      const at = 8 * network;
      const log = normaliseLane(vectors + at, count, lane);
      store<f64>(logs + at, log);
      store<f64>(sizes + at, log == -Infinity ? 0 : log == log ? 1 : NaN);
    }
    return;
  }
  if (divides) divideAll(vectors, count, f64x2.sqrt(low), f64x2.sqrt(high));
  v128.store(logs, v128.bitselect(f64x2.splat(-Infinity), logOfNormalPair(low), lowDead));
  v128.store(logs, v128.bitselect(f64x2.splat(-Infinity), logOfNormalPair(high), highDead), 16);
}

function normaliseLane(vector: usize, count: i32, lane: usize): f64 {
  for (let i = 0; i < count; i++) store<f64>(lane + 8 * <usize>i, load<f64>(vector + 32 * <usize>i));
  const log = normalise(lane, count);
  for (let i = 0; i < count; i++) store<f64>(vector + 32 * <usize>i, load<f64>(lane + 8 * <usize>i));
  return log;
}

function divideAll(vectors: usize, count: i32, low: v128, high: v128): void {
  const end = vectors + <usize>count * 32;
  for (let at = vectors; at < end; at += 32) {
    v128.store(at, f64x2.div(v128.load(at), low));
    v128.store(at, f64x2.div(v128.load(at, 16), high), 16);
  }
}
