import { maddDouble } from "../products/madd";

/**
 * Steps of the optimisers, elementwise and in place, in the order of roundings of src/lab/reference/optimiser-step.ts. Where the
 * denominator is exactly 0 the entry does not move. Positions are bytes.
 */

/** An odd last number is taken as a pair of itself, so that one loop body does for all. */
// @ts-ignore: decorator
@inline
function loadPair(position: usize, end: usize): v128 {
  return position + 16 <= end ? v128.load(position) : v128.load64_splat(position);
}

// @ts-ignore: decorator
@inline
function storePair(position: usize, end: usize, value: v128): void {
  if (position + 16 <= end) v128.store(position, value);
  else v128.store64_lane(position, value, 0);
}

/** m = momentum m + g; w -= rate m. */
export function momentumStep(length: i32, rate: f64, momentum: f64, w: usize, g: usize, m: usize): void {
  const bytes = (<usize>length) << 3;
  const keep = f64x2.splat(momentum);
  const back = f64x2.splat(-rate);
  for (let at: usize = 0; at < bytes; at += 16) {
    const mean = maddDouble(keep, loadPair(m + at, m + bytes), loadPair(g + at, g + bytes));
    storePair(m + at, m + bytes, mean);
    storePair(w + at, w + bytes, maddDouble(back, mean, loadPair(w + at, w + bytes)));
  }
}

/** w -= rate sign(g). */
export function signStep(length: i32, rate: f64, w: usize, g: usize): void {
  const bytes = (<usize>length) << 3;
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  const back = f64x2.splat(-rate);
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = loadPair(g + at, g + bytes);
    const above = v128.and(f64x2.gt(gradient, zero), one);
    const sign = f64x2.sub(above, v128.and(f64x2.lt(gradient, zero), one));
    storePair(w + at, w + bytes, maddDouble(back, sign, loadPair(w + at, w + bytes)));
  }
}

/** w -= rate (g / denominator). */
export function quotientStep(length: i32, rate: f64, denominator: f64, w: usize, g: usize): void {
  const bytes = (<usize>length) << 3;
  const back = f64x2.splat(-rate);
  const below = f64x2.splat(denominator);
  for (let at: usize = 0; at < bytes; at += 16) {
    const direction = f64x2.div(loadPair(g + at, g + bytes), below);
    storePair(w + at, w + bytes, maddDouble(back, direction, loadPair(w + at, w + bytes)));
  }
}

/** w - rate direction / (sqrt(v square) + epsilon). */
// @ts-ignore: decorator
@inline
function movedOverRoot(w: v128, direction: v128, v: v128, back: v128, square: v128, epsilon: v128): v128 {
  const denominator = f64x2.add(f64x2.sqrt(f64x2.mul(v, square)), epsilon);
  const moved = maddDouble(back, f64x2.div(direction, denominator), w);
  return v128.bitselect(moved, w, f64x2.ne(denominator, f64x2.splat(0)));
}

/** v = decay v + rest g^2; w -= rate g / (sqrt(v) + epsilon). Adagrad's decay and rest are 1. */
export function rootStep(
  length: i32,
  rate: f64,
  decay: f64,
  rest: f64,
  epsilon: f64,
  w: usize,
  g: usize,
  v: usize,
): void {
  const bytes = (<usize>length) << 3;
  const back = f64x2.splat(-rate);
  const keep = f64x2.splat(decay);
  const take = f64x2.splat(rest);
  const least = f64x2.splat(epsilon);
  const one = f64x2.splat(1);
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = loadPair(g + at, g + bytes);
    const squared = f64x2.mul(take, f64x2.mul(gradient, gradient));
    const mean = maddDouble(keep, loadPair(v + at, v + bytes), squared);
    storePair(v + at, v + bytes, mean);
    const weight = loadPair(w + at, w + bytes);
    storePair(w + at, w + bytes, movedOverRoot(weight, gradient, mean, back, one, least));
  }
}

/** m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g^2; w -= rate m / (sqrt(v square) + epsilon). */
export function adamStep(
  length: i32,
  rate: f64,
  square: f64,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  w: usize,
  g: usize,
  m: usize,
  v: usize,
): void {
  const bytes = (<usize>length) << 3;
  const back = f64x2.splat(-rate);
  const keep1 = f64x2.splat(beta1);
  const take1 = f64x2.splat(1 - beta1);
  const keep2 = f64x2.splat(beta2);
  const take2 = f64x2.splat(1 - beta2);
  const least = f64x2.splat(epsilon);
  const correction = f64x2.splat(square);
  for (let at: usize = 0; at < bytes; at += 16) {
    const gradient = loadPair(g + at, g + bytes);
    const mean = maddDouble(keep1, loadPair(m + at, m + bytes), f64x2.mul(take1, gradient));
    const squared = f64x2.mul(take2, f64x2.mul(gradient, gradient));
    const meanSquare = maddDouble(keep2, loadPair(v + at, v + bytes), squared);
    storePair(m + at, m + bytes, mean);
    storePair(v + at, v + bytes, meanSquare);
    const weight = loadPair(w + at, w + bytes);
    storePair(w + at, w + bytes, movedOverRoot(weight, mean, meanSquare, back, correction, least));
  }
}
