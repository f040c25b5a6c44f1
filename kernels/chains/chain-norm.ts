import { EPSILON, LAYERS, NORM, PREFIX, RATE, THRESHOLD } from "./chain-frame";
import { maddDouble } from "../products/madd";

/** Steps that need the norm of the whole gradient first; the gradients stand where the products before were. */

/** w -= rate (g / (|g| + epsilon)) */
export function moveNormalised(frame: usize, depth: usize, stride: usize): void {
  normsOfGradients(frame, depth, stride);
  const rate = f64x2.neg(v128.load64_splat(frame, RATE));
  for (let vector = frame; vector < frame + 64; vector += 16) {
    const denominator = f64x2.add(v128.load(vector, NORM), v128.load64_splat(frame, EPSILON));
    const still = f64x2.eq(denominator, f64x2.splat(0));
    let at = vector + LAYERS;
    for (const end = at + depth * stride; at < end; at += stride) {
      const quotient = f64x2.div(v128.load(at, PREFIX), denominator);
      v128.store(at, maddDouble(rate, v128.andnot(quotient, still), v128.load(at)));
    }
  }
}

/** w -= rate g where |g| is at most the threshold, else w -= (rate (threshold / |g|)) g */
export function moveClipped(frame: usize, depth: usize, stride: usize): void {
  normsOfGradients(frame, depth, stride);
  const rate = v128.load64_splat(frame, RATE);
  const threshold = v128.load64_splat(frame, THRESHOLD);
  for (let vector = frame; vector < frame + 64; vector += 16) {
    const norm = v128.load(vector, NORM);
    const clipped = f64x2.mul(rate, f64x2.div(threshold, norm));
    const factor = f64x2.neg(v128.bitselect(rate, clipped, f64x2.le(norm, threshold)));
    let at = vector + LAYERS;
    for (const end = at + depth * stride; at < end; at += stride) {
      v128.store(at, maddDouble(factor, v128.load(at, PREFIX), v128.load(at)));
    }
  }
}

/** Between these (2^-900 and 2^1020) a sum of squares has lost nothing that counts to underflow or overflow. */
// @ts-ignore: decorator
@inline
const LEAST_TRUSTED: f64 = 1.1830521861667747e-271;
// @ts-ignore: decorator
@inline
const GREATEST_TRUSTED: f64 = 1.1235582092889474e307;

/** `euclideanNorm` of src/numerics/euclidean-norm.ts of each chain's gradient. */
function normsOfGradients(frame: usize, depth: usize, stride: usize): void {
  let n0 = f64x2.splat(0);
  let n1 = n0;
  let n2 = n0;
  let n3 = n0;
  const end = frame + LAYERS + depth * stride;
  for (let layer = frame + LAYERS; layer < end; layer += stride) {
    n0 = addSquare(n0, layer);
    n1 = addSquare(n1, layer + 16);
    n2 = addSquare(n2, layer + 32);
    n3 = addSquare(n3, layer + 48);
  }
  v128.store(frame, n0, NORM);
  v128.store(frame, n1, NORM + 16);
  v128.store(frame, n2, NORM + 32);
  v128.store(frame, n3, NORM + 48);
  for (let chain = frame; chain < frame + 64; chain += 8) {
    const sum = load<f64>(chain, NORM);
    const trusted = sum >= LEAST_TRUSTED && sum <= GREATEST_TRUSTED;
    store<f64>(chain, trusted ? sqrt(sum) : scaledNorm(chain + LAYERS + PREFIX, depth, stride), NORM);
  }
}

// @ts-ignore: decorator
@inline
function addSquare(sum: v128, layer: usize): v128 {
  const g = v128.load(layer, PREFIX);
  return maddDouble(g, g, sum);
}

/** Relative to the largest entry; 0 for zeros, and the first entry that is not finite where there is one. */
function scaledNorm(gradient: usize, depth: usize, stride: usize): f64 {
  const end = gradient + depth * stride;
  let largest: f64 = 0;
  for (let at = gradient; at < end; at += stride) {
    const size = abs(load<f64>(at));
    if (!(size < Infinity)) return size;
    if (size > largest) largest = size;
  }
  if (largest == 0) return 0;
  let sum: f64 = 0;
  for (let at = gradient; at < end; at += stride) {
    const part = load<f64>(at) / largest;
    sum += part * part;
  }
  return largest * sqrt(sum);
}
