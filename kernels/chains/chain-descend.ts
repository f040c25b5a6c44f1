import {
  ADAGRAD,
  ADAM,
  GRADIENT_DESCENT,
  gradientsOfChains,
  MOMENTUM,
  moveByAdagrad,
  moveByAdam,
  moveByGradient,
  moveByMomentum,
  moveByRmsprop,
  NORMALISED_DESCENT,
  RMSPROP,
  SIGN_DESCENT,
} from "./chain-backward";
import {
  ACTIVE,
  ADAM_RATE,
  ADAM_SQUARE,
  ESCAPED,
  GREATEST,
  LAYERS,
  LEAST,
  LOSS_SCALE,
  OUTPUT,
  SLOPE,
  STEPS,
  TARGET,
} from "./chain-frame";
import { forwardChains, forwardChainsInRange, rangeOfChains } from "./chain-forward";
import { moveClipped, moveNormalised } from "./chain-norm";
import { moveBySign, signs } from "./chain-signs";
import { log } from "../elementwise/elementary";

/**
 * `steps` steps of eight chains; `startChains` came before. `table` has Adam's pair of scales (rate negated, square) of each step
 * from the first to the `last`-th, after which they stay as they are. `guarded` says that epsilon is 0.
 */
export function descendChains(
  frame: usize,
  depth: usize,
  stride: usize,
  kind: i32,
  guarded: bool,
  steps: i32,
  table: usize,
  last: i32,
): void {
  for (let step = 0; step < steps; step++) {
    setSlopes(frame, kind);
    if (kind == ADAM) setScales(frame, table, last);
    move(frame, depth, stride, kind, guarded);
    startChains(frame, depth, stride, kind);
  }
}

/** Output and products of the weights as they are. */
export function startChains(frame: usize, depth: usize, stride: usize, kind: i32): void {
  if (kind == SIGN_DESCENT) rangeOfChains(frame, depth, stride);
  else forwardChains(frame, depth, stride);
}

/**
 * Steps until an active chain has reached half of the target 1, which `ESCAPED` then says, and at most `budget`; returns how
 * many were taken.
 */
export function escapeChains(
  frame: usize,
  depth: usize,
  stride: usize,
  kind: i32,
  guarded: bool,
  budget: i32,
  table: usize,
  last: i32,
): i32 {
  let step = 0;
  for (; !haveEscaped(frame, depth, stride, kind) && step < budget; step++) {
    // Below the target the slope is negative, whatever the output overflows or underflows to.
    if (kind == SIGN_DESCENT) setAll(frame + SLOPE, f64x2.splat(-1));
    else setSlopes(frame, kind);
    if (kind == ADAM) setScales(frame, table, last);
    move(frame, depth, stride, kind, guarded);
  }
  return step;
}

function move(frame: usize, depth: usize, stride: usize, kind: i32, guarded: bool): void {
  if (kind == GRADIENT_DESCENT) moveByGradient(frame, depth, stride);
  else if (kind == MOMENTUM) moveByMomentum(frame, depth, stride);
  else if (kind == SIGN_DESCENT) moveBySign(frame, depth, stride);
  else if (kind == RMSPROP) moveByRmsprop(frame, depth, stride, guarded);
  else if (kind == ADAM) moveByAdam(frame, depth, stride, guarded);
  else if (kind == ADAGRAD) moveByAdagrad(frame, depth, stride, guarded);
  else {
    gradientsOfChains(frame, depth, stride);
    if (kind == NORMALISED_DESCENT) moveNormalised(frame, depth, stride);
    else moveClipped(frame, depth, stride);
  }
}

/** lossScale (output - target), or its sign. */
function setSlopes(frame: usize, kind: i32): void {
  const scale = v128.load64_splat(frame, LOSS_SCALE);
  const target = v128.load64_splat(frame, TARGET);
  for (let vector = frame; vector < frame + 64; vector += 16) {
    const slope = f64x2.mul(scale, f64x2.sub(v128.load(vector, OUTPUT), target));
    v128.store(vector, kind == SIGN_DESCENT ? signs(slope) : slope, SLOPE);
  }
}

/** Each chain has its own number of steps, because one that has escaped makes place for another. */
function setScales(frame: usize, table: usize, last: i32): void {
  for (let chain: usize = 0; chain < 8; chain++) {
    const steps = load<i32>(frame + 4 * chain, STEPS);
    const row = table + 16 * <usize>min(steps, last - 1);
    store<f64>(frame + 8 * chain, load<f64>(row), ADAM_RATE);
    store<f64>(frame + 8 * chain, load<f64>(row, 8), ADAM_SQUARE);
    store<i32>(frame + 4 * chain, steps + 1, STEPS);
  }
}

function setAll(at: usize, value: v128): void {
  for (let vector = at; vector < at + 64; vector += 16) v128.store(vector, value);
}

/** Goes forward and marks the active chains that have escaped; whether there are any. Within the range below the output is the product as it was taken. */
function haveEscaped(frame: usize, depth: usize, stride: usize, kind: i32): bool {
  if (kind == SIGN_DESCENT) rangeOfChains(frame, depth, stride);
  else forwardChainsInRange(frame, depth, stride);
  let any = i64x2.splat(0);
  for (let vector = frame; vector < frame + 64; vector += 16) {
    const large = f64x2.ge(v128.load(vector, LEAST), f64x2.splat(1e-150));
    const safe = v128.and(large, f64x2.le(v128.load(vector, GREATEST), f64x2.splat(1e150)));
    let escaped = f64x2.ge(v128.load(vector, OUTPUT), f64x2.splat(0.5));
    if (!i64x2.all_true(safe)) escaped = haveEscapedByLogarithms(vector + LAYERS, depth, stride);
    escaped = v128.and(escaped, v128.load(vector, ACTIVE));
    v128.store(vector, escaped, ESCAPED);
    any = v128.or(any, escaped);
  }
  return v128.any_true(any);
}

function haveEscapedByLogarithms(weights: usize, depth: usize, stride: usize): v128 {
  const first = hasEscaped(weights, depth, stride) ? -1 : 0;
  const second = hasEscaped(weights + 8, depth, stride) ? -1 : 0;
  return i64x2(first, second);
}

/** `hasEscaped` of src/lab/reference/chains/chain-descent.ts: no overflow and no underflow on the way. */
function hasEscaped(weights: usize, depth: usize, stride: usize): bool {
  let logged: f64 = 0;
  let product: f64 = 1;
  const end = weights + depth * stride;
  for (let at = weights; at < end; at += stride) {
    product *= load<f64>(at);
    const size = abs(product);
    if (size < 1e-150 || size > 1e150) {
      if (!(size > 0)) return false;
      logged += log(size);
      product = product > 0 ? 1 : -1;
    }
  }
  if (logged == 0) return product >= 0.5;
  return product > 0 && logged + log(product) >= log(0.5);
}
