import { CHUNK, CHUNK_BUFFER } from "../draws/blocks";
import { countPositive, drawFourGaussians, passGaussians } from "../draws/four-draws";
import { normaliseFour } from "./four-networks";
import { GROUP_BYTES } from "../draws/threefry";

/**
 * One layer of the passes of src/lab/draws/law-exact.ts, for four networks side by side. A frame holds what they carry along:
 * at 0 the sizes of the vectors at hand, at 32 the logarithms that the last normalisation gave, at 64 the next blocks of the
 * stream in use. `seen` are four 32-bit numbers: how many units of each network are seen; of the others no entry is kept, up
 * to the largest of the four numbers zeros stand for them.
 */
export const LOGS: usize = 32;
const BLOCKS: usize = 64;
export const FRAME_BYTES: usize = 80;

const WEIGHTS: i32 = 0;
const BACKWARD: i32 = 5;

/** The largest of the four. */
export function mostSeen(seen: usize): i32 {
  const first = max(load<i32>(seen), load<i32>(seen, 4));
  return max(first, max(load<i32>(seen, 8), load<i32>(seen, 12)));
}

/** Which of two networks see entry `index`. */
// @ts-ignore: decorator
@inline
function lowSees(seen: v128, index: i32): v128 {
  return i64x2.extend_low_i32x4_s(i32x4.gt_s(seen, i32x4.splat(index)));
}

// @ts-ignore: decorator
@inline
function highSees(seen: v128, index: i32): v128 {
  return i64x2.extend_high_i32x4_s(i32x4.gt_s(seen, i32x4.splat(index)));
}

/** 1 where z > 0, else the slope. */
// @ts-ignore: decorator
@inline
function derivative(z: v128, slopes: v128): v128 {
  return v128.bitselect(f64x2.splat(1), slopes, f64x2.gt(z, f64x2.splat(0)));
}

/**
 * z of `units` units and h = f(z), of which the norm's logarithm goes to the frame; writes `seen`. With `z` it is kept and h is
 * divided by its norm; without (0), h is not of use afterwards.
 */
export function drawForward(
  frame: usize,
  slope: f64,
  factor: f64,
  replicate: i32,
  key: usize,
  units: i32,
  seen: usize,
  z: usize,
  hidden: usize,
  lane: usize,
): void {
  const blocks = frame + BLOCKS;
  const rectified = slope == 0;
  if (rectified) countPositive(blocks, replicate, WEIGHTS, key, units, seen);
  else v128.store(seen, i32x4.splat(units));
  const counts = v128.load(seen);
  const most = mostSeen(seen);
  // All bits but the sign where absolute values are wanted.
  const kept = i64x2.splat(rectified ? i64.MAX_VALUE : -1);
  const lowFactor = f64x2.mul(f64x2.splat(factor), v128.load(frame));
  const highFactor = f64x2.mul(f64x2.splat(factor), v128.load(frame, 16));
  const slopes = f64x2.splat(slope);
  let low = f64x2.splat(0);
  let high = low;
  for (let from = 0; from < most; from += 2 * CHUNK) {
    const values = min(most - from, 2 * CHUNK);
    drawFourGaussians(blocks, from / 2, replicate, WEIGHTS, key, (values + 1) / 2);
    for (let value = 0; value < values; value++) {
      const draw = CHUNK_BUFFER + <usize>(value >> 1) * GROUP_BYTES + 16 * (value & 1);
      const to = <usize>(from + value) * 32;
      const a = v128.and(f64x2.mul(v128.and(v128.load(draw), kept), lowFactor), lowSees(counts, from + value));
      const b = v128.and(f64x2.mul(v128.and(v128.load(draw, 32), kept), highFactor), highSees(counts, from + value));
      const first = f64x2.mul(a, derivative(a, slopes));
      const second = f64x2.mul(b, derivative(b, slopes));
      if (z) {
        v128.store(z + to, a);
        v128.store(z + to, b, 16);
      }
      v128.store(hidden + to, first);
      v128.store(hidden + to, second, 16);
      low = f64x2.add(low, f64x2.mul(first, first));
      high = f64x2.add(high, f64x2.mul(second, second));
    }
  }
  passGaussians(blocks, seen);
  normaliseFour(z != 0, hidden, most, low, high, frame, frame + LOGS, lane);
}

/** delta times the activation's derivative, over its norm, of which the logarithm goes to the frame. */
export function maskDelta(frame: usize, slope: f64, seen: usize, z: usize, delta: usize, lane: usize): void {
  const slopes = f64x2.splat(slope);
  const most = mostSeen(seen);
  let low = f64x2.splat(0);
  let high = low;
  for (let at: usize = 0; at < <usize>most * 32; at += 32) {
    const first = f64x2.mul(v128.load(delta + at), derivative(v128.load(z + at), slopes));
    const second = f64x2.mul(v128.load(delta + at, 16), derivative(v128.load(z + at, 16), slopes));
    v128.store(delta + at, first);
    v128.store(delta + at, second, 16);
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  normaliseFour(true, delta, most, low, high, frame, frame + LOGS, lane);
}

/** delta = W^T delta given W h = z, in the entries of h that are seen. */
export function drawBackward(
  frame: usize,
  factor: f64,
  replicate: i32,
  key: usize,
  seenAfter: usize,
  z: usize,
  seen: usize,
  h: usize,
  delta: usize,
): void {
  const blocks = frame + BLOCKS;
  let lowAlong = f64x2.splat(0);
  let highAlong = lowAlong;
  for (let at: usize = 0; at < <usize>mostSeen(seenAfter) * 32; at += 32) {
    lowAlong = f64x2.add(lowAlong, f64x2.mul(v128.load(z + at), v128.load(delta + at)));
    highAlong = f64x2.add(highAlong, f64x2.mul(v128.load(z + at, 16), v128.load(delta + at, 16)));
  }
  const counts = v128.load(seen);
  const most = mostSeen(seen);
  const lowFactor = f64x2.mul(f64x2.splat(factor), v128.load(frame));
  const highFactor = f64x2.mul(f64x2.splat(factor), v128.load(frame, 16));
  let low = f64x2.splat(0);
  let high = low;
  for (let from = 0; from < most; from += 2 * CHUNK) {
    const values = min(most - from, 2 * CHUNK);
    drawFourGaussians(blocks, from / 2, replicate, BACKWARD, key, (values + 1) / 2);
    for (let value = 0; value < values; value++) {
      const draw = CHUNK_BUFFER + <usize>(value >> 1) * GROUP_BYTES + 16 * (value & 1);
      const to = <usize>(from + value) * 32;
      const a = v128.and(f64x2.mul(v128.load(draw), lowFactor), lowSees(counts, from + value));
      const b = v128.and(f64x2.mul(v128.load(draw, 32), highFactor), highSees(counts, from + value));
      v128.store(delta + to, a);
      v128.store(delta + to, b, 16);
      low = f64x2.add(low, f64x2.mul(v128.load(h + to), a));
      high = f64x2.add(high, f64x2.mul(v128.load(h + to, 16), b));
    }
  }
  passGaussians(blocks, seen);
  lowAlong = f64x2.sub(lowAlong, low);
  highAlong = f64x2.sub(highAlong, high);
  for (let at: usize = 0; at < <usize>most * 32; at += 32) {
    v128.store(delta + at, f64x2.add(v128.load(delta + at), f64x2.mul(v128.load(h + at), lowAlong)));
    v128.store(delta + at, f64x2.add(v128.load(delta + at, 16), f64x2.mul(v128.load(h + at, 16), highAlong)), 16);
  }
}
