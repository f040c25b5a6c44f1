import {
  ADAM_RATE,
  ADAM_SQUARE,
  EPSILON,
  FIRST,
  KEEP_FIRST,
  KEEP_SECOND,
  LAYERS,
  NEW_FIRST,
  NEW_SECOND,
  PREFIX,
  RATE,
  SECOND,
  SECOND_ALONE,
  SLOPE,
} from "./chain-frame";
import { maddDouble } from "../products/madd";

/** What is done with the gradient g of a weight as soon as it is known; the numbers of src/lab/wasm/chains/chain-frame.ts. */
// @ts-ignore: decorator
@inline
export const GRADIENT_DESCENT = 0;
// @ts-ignore: decorator
@inline
export const MOMENTUM = 1;
// @ts-ignore: decorator
@inline
export const SIGN_DESCENT = 2;
// @ts-ignore: decorator
@inline
export const NORMALISED_DESCENT = 3;
// @ts-ignore: decorator
@inline
export const CLIPPED_DESCENT = 4;
// @ts-ignore: decorator
@inline
export const RMSPROP = 5;
// @ts-ignore: decorator
@inline
export const ADAM = 6;
// @ts-ignore: decorator
@inline
export const ADAGRAD = 7;
/** g takes the place of the product of the weights before. */
// @ts-ignore: decorator
@inline
const KEEP_GRADIENT = 8;

export function gradientsOfChains(frame: usize, depth: usize, stride: usize): void {
  walkDown(KEEP_GRADIENT, false, frame, depth, stride);
}

export function moveByGradient(frame: usize, depth: usize, stride: usize): void {
  walkDown(GRADIENT_DESCENT, false, frame, depth, stride);
}

export function moveByMomentum(frame: usize, depth: usize, stride: usize): void {
  walkDown(MOMENTUM, false, frame, depth, stride);
}

/** `guarded`: epsilon is 0, so that a denominator may be. */
export function moveByRmsprop(frame: usize, depth: usize, stride: usize, guarded: bool): void {
  if (guarded) walkDown(RMSPROP, true, frame, depth, stride);
  else walkDown(RMSPROP, false, frame, depth, stride);
}

export function moveByAdam(frame: usize, depth: usize, stride: usize, guarded: bool): void {
  if (guarded) walkDown(ADAM, true, frame, depth, stride);
  else walkDown(ADAM, false, frame, depth, stride);
}

export function moveByAdagrad(frame: usize, depth: usize, stride: usize, guarded: bool): void {
  if (guarded) walkDown(ADAGRAD, true, frame, depth, stride);
  else walkDown(ADAGRAD, false, frame, depth, stride);
}

/** From the last layer to the first: g = product before * (slope * product after). */
// @ts-ignore: decorator
@inline
function walkDown(kind: i32, guarded: bool, frame: usize, depth: usize, stride: usize): void {
  let s0 = v128.load(frame, SLOPE);
  let s1 = v128.load(frame + 16, SLOPE);
  let s2 = v128.load(frame + 32, SLOPE);
  let s3 = v128.load(frame + 48, SLOPE);
  // Subtracting rate * q is adding (-rate) * q, rounding for rounding, and that is one fused operation where there are such.
  const rate = f64x2.neg(v128.load64_splat(frame, RATE));
  const keepFirst = v128.load64_splat(frame, KEEP_FIRST);
  const newFirst = v128.load64_splat(frame, NEW_FIRST);
  const keepSecond = v128.load64_splat(frame, KEEP_SECOND);
  const newSecond = v128.load64_splat(frame, NEW_SECOND);
  const epsilon = v128.load64_splat(frame, EPSILON);
  const start = frame + LAYERS;
  for (let layer = start + (depth - 1) * stride; layer >= start; layer -= stride) {
    s0 = down(kind, guarded, frame, layer, s0, rate, keepFirst, newFirst, keepSecond, newSecond, epsilon);
    s1 = down(kind, guarded, frame + 16, layer + 16, s1, rate, keepFirst, newFirst, keepSecond, newSecond, epsilon);
    s2 = down(kind, guarded, frame + 32, layer + 32, s2, rate, keepFirst, newFirst, keepSecond, newSecond, epsilon);
    s3 = down(kind, guarded, frame + 48, layer + 48, s3, rate, keepFirst, newFirst, keepSecond, newSecond, epsilon);
  }
}

/** One layer of one vector; returns slope times the product of the weights from there on. */
// @ts-ignore: decorator
@inline
function down(
  kind: i32,
  guarded: bool,
  frame: usize,
  at: usize,
  suffix: v128,
  rate: v128,
  keepFirst: v128,
  newFirst: v128,
  keepSecond: v128,
  newSecond: v128,
  epsilon: v128,
): v128 {
  const w = v128.load(at);
  const g = f64x2.mul(v128.load(at, PREFIX), suffix);
  if (kind == KEEP_GRADIENT) {
    v128.store(at, g, PREFIX);
  } else if (kind == GRADIENT_DESCENT) {
    v128.store(at, maddDouble(rate, g, w));
  } else if (kind == MOMENTUM) {
    const m = maddDouble(keepFirst, v128.load(at, FIRST), g);
    v128.store(at, m, FIRST);
    v128.store(at, maddDouble(rate, m, w));
  } else if (kind == RMSPROP) {
    const v = maddDouble(keepSecond, v128.load(at, SECOND_ALONE), f64x2.mul(newSecond, f64x2.mul(g, g)));
    v128.store(at, v, SECOND_ALONE);
    v128.store(at, maddDouble(rate, overRoot(guarded, g, v, epsilon), w));
  } else if (kind == ADAGRAD) {
    const v = maddDouble(g, g, v128.load(at, SECOND_ALONE));
    v128.store(at, v, SECOND_ALONE);
    v128.store(at, maddDouble(rate, overRoot(guarded, g, v, epsilon), w));
  } else {
    const m = maddDouble(keepFirst, v128.load(at, FIRST), f64x2.mul(newFirst, g));
    const v = maddDouble(keepSecond, v128.load(at, SECOND), f64x2.mul(newSecond, f64x2.mul(g, g)));
    v128.store(at, m, FIRST);
    v128.store(at, v, SECOND);
    const quotient = overRoot(guarded, m, f64x2.mul(v, v128.load(frame, ADAM_SQUARE)), epsilon);
    v128.store(at, maddDouble(v128.load(frame, ADAM_RATE), quotient, w));
  }
  return f64x2.mul(suffix, w);
}

/** direction / (sqrt(v) + epsilon), 0 where the denominator is. */
// @ts-ignore: decorator
@inline
export function overRoot(guarded: bool, direction: v128, v: v128, epsilon: v128): v128 {
  const denominator = f64x2.add(f64x2.sqrt(v), epsilon);
  const quotient = f64x2.div(direction, denominator);
  return guarded ? v128.andnot(quotient, f64x2.eq(denominator, f64x2.splat(0))) : quotient;
}
