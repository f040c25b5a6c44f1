import { CHUNK, CHUNK_BUFFER } from "../draws/blocks";
import { logPair } from "../elementwise/elementary";
import { countPositive, drawFour } from "../draws/four-draws";
import { mostSeen } from "../propagation/law-exact-layer";
import { maddSingle } from "../products/madd";
import { toSingleGaussians } from "./single-draws";

/**
 * Law-exact passes (src/lab/draws/law-exact.ts) in float32, four networks side by side: entry i of network j is number 4 i + j.
 * Entries 4 b to 4 b + 3 come from block b of a fill. Weights have variance 1, as in single-layer.ts.
 */

const WEIGHTS: i32 = 0;
const COTANGENT: i32 = 2;
const BACKWARD: i32 = 5;

/** Four sizes (1, or 0 for a dead vector), the four logarithms of the last normalisation (two vectors), four next blocks. */
const FRAME = memory.data(64, 16);
const LOGS = FRAME + 16;
const BLOCKS = FRAME + 48;
/** For counts that nobody needs afterwards. */
const SEEN = memory.data(16, 16);

/** `propagateLawExact` in float32; `offsets` are the logarithms of the squared scales of each layer's weights. */
export function propagateLawExactSingle(
  slope: f32,
  revive: i32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  offsets: usize,
  hidden: usize,
  logIncrements: usize,
  alive: usize,
): void {
  openFrame();
  for (let network = 0; network < 4; network++) store<f64>(alive + 8 * network, depth);
  for (let layer = 1; layer <= depth; layer++) {
    drawForward(slope, replicate, key, load<i32>(widths + 4 * layer), SEEN, 0, hidden);
    const logs = logIncrements + <usize>(layer - 1) * 32;
    const offset = f64x2.splat(load<f64>(offsets + 8 * (layer - 1)));
    v128.store(logs, f64x2.add(v128.load(LOGS), offset));
    v128.store(logs, f64x2.add(v128.load(LOGS, 16), offset), 16);
    for (let network = 0; network < 4; network++) {
      const size = FRAME + 4 * network;
      if (load<f32>(size) != 0) continue;
      const at = alive + 8 * network;
      store<f64>(at, min(load<f64>(at), <f64>(layer - 1)));
      // A basis vector stands where the vector died.
      if (revive) store<f32>(size, 1);
    }
  }
}

/** `backpropagateLawExact` in float32; `offsets` as above. */
export function backpropagateLawExactSingle(
  slope: f32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  offsets: usize,
  z: usize,
  hidden: usize,
  delta: usize,
  seen: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  openFrame();
  let at: usize = 0;
  for (let layer = 1; layer <= depth; layer++) {
    const fanOut = load<i32>(widths + 4 * layer);
    drawForward(slope, replicate, key, fanOut, seen + <usize>(layer - 1) * 16, z + at, hidden + at);
    const offset = f64x2.splat(load<f64>(offsets + 8 * (layer - 1)));
    const before = logHidden + <usize>(layer - 1) * 32;
    v128.store(before, f64x2.add(v128.load(before), f64x2.add(v128.load(LOGS), offset)), 32);
    v128.store(before, f64x2.add(v128.load(before, 16), f64x2.add(v128.load(LOGS, 16), offset)), 48);
    at += unitBytes(fanOut);
  }
  goBack(slope, replicate, key, depth, widths, offsets, z + at, hidden + at, delta, seen, logHidden, logGradients);
}

function goBack(
  slope: f32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  offsets: usize,
  zEnd: usize,
  hiddenEnd: usize,
  delta: usize,
  seen: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let z = zEnd;
  let hidden = hiddenEnd;
  let low = f64x2.splat(0);
  let high = low;
  openFrame();
  startBack(replicate, key, load<i32>(widths + 4 * depth), delta);
  for (let layer = depth; layer >= 1; layer--) {
    const fanOut = load<i32>(widths + 4 * layer);
    const counts = seen + <usize>(layer - 1) * 16;
    z -= unitBytes(fanOut);
    hidden -= unitBytes(fanOut);
    maskDelta(slope, counts, z, delta);
    low = f64x2.add(low, v128.load(LOGS));
    high = f64x2.add(high, v128.load(LOGS, 16));
    const row = <usize>(layer - 1) * 32;
    v128.store(logGradients + row, f64x2.add(low, v128.load(logHidden + row)));
    v128.store(logGradients + row, f64x2.add(high, v128.load(logHidden + row, 16)), 16);
    if (layer == 1) return;
    drawBackward(
      replicate,
      key,
      counts,
      z,
      counts - 16,
      hidden - unitBytes(load<i32>(widths + 4 * (layer - 1))),
      delta,
    );
    const offset = f64x2.splat(load<f64>(offsets + 8 * (layer - 1)));
    low = f64x2.add(low, offset);
    high = f64x2.add(high, offset);
  }
}

/** All sizes 1, all streams at their beginning. */
function openFrame(): void {
  v128.store(FRAME, f32x4.splat(1));
  v128.store(BLOCKS, i32x4.splat(0));
}

function drawForward(slope: f32, replicate: i32, key: usize, units: i32, seen: usize, z: usize, hidden: usize): void {
  const rectified = slope == 0;
  if (rectified) countPositive(BLOCKS, replicate, WEIGHTS, key, units, seen);
  else v128.store(seen, i32x4.splat(units));
  const counts = v128.load(seen);
  const most = mostSeen(seen);
  const kept = i32x4.splat(rectified ? i32.MAX_VALUE : -1);
  const sizes = v128.load(FRAME);
  const slopes = f32x4.splat(slope);
  let sums = f32x4.splat(0);
  for (let from = 0; from < most; from += 4 * CHUNK) {
    const values = min(most - from, 4 * CHUNK);
    drawFour(BLOCKS, from / 4, replicate, WEIGHTS, key, (values + 3) / 4);
    toSingleGaussians((values + 3) / 4);
    for (let value = 0; value < values; value++) {
      const draw = f32x4.mul(v128.and(v128.load(CHUNK_BUFFER + 16 * <usize>value), kept), sizes);
      const a = v128.and(draw, i32x4.gt_s(counts, i32x4.splat(from + value)));
      const h = f32x4.mul(a, derivative(a, slopes));
      const to = <usize>(from + value) * 16;
      if (z) v128.store(z + to, a);
      v128.store(hidden + to, h);
      sums = maddSingle(h, h, sums);
    }
  }
  passBlocks(seen);
  normaliseFour(hidden, z != 0 ? most : 0, sums);
}

/** delta times the activation's derivative, over its norm. */
function maskDelta(slope: f32, seen: usize, z: usize, delta: usize): void {
  const slopes = f32x4.splat(slope);
  const most = mostSeen(seen);
  let sums = f32x4.splat(0);
  for (let at: usize = 0; at < <usize>most * 16; at += 16) {
    const value = f32x4.mul(v128.load(delta + at), derivative(v128.load(z + at), slopes));
    v128.store(delta + at, value);
    sums = maddSingle(value, value, sums);
  }
  normaliseFour(delta, most, sums);
}

/** delta = W^T delta given W h = z, in the entries of h that are seen. */
function drawBackward(
  replicate: i32,
  key: usize,
  seenAfter: usize,
  z: usize,
  seen: usize,
  h: usize,
  delta: usize,
): void {
  let along = f32x4.splat(0);
  for (let at: usize = 0; at < <usize>mostSeen(seenAfter) * 16; at += 16) {
    along = maddSingle(v128.load(z + at), v128.load(delta + at), along);
  }
  const counts = v128.load(seen);
  const most = mostSeen(seen);
  const sizes = v128.load(FRAME);
  let sums = f32x4.splat(0);
  for (let from = 0; from < most; from += 4 * CHUNK) {
    const values = min(most - from, 4 * CHUNK);
    drawFour(BLOCKS, from / 4, replicate, BACKWARD, key, (values + 3) / 4);
    toSingleGaussians((values + 3) / 4);
    for (let value = 0; value < values; value++) {
      const draw = f32x4.mul(v128.load(CHUNK_BUFFER + 16 * <usize>value), sizes);
      const a = v128.and(draw, i32x4.gt_s(counts, i32x4.splat(from + value)));
      const to = <usize>(from + value) * 16;
      v128.store(delta + to, a);
      sums = maddSingle(v128.load(h + to), a, sums);
    }
  }
  passBlocks(seen);
  along = f32x4.sub(along, sums);
  for (let at: usize = 0; at < <usize>most * 16; at += 16) {
    v128.store(delta + at, maddSingle(v128.load(h + at), along, v128.load(delta + at)));
  }
}

/** The cotangent: a uniformly random unit vector a network. */
function startBack(replicate: i32, key: usize, count: i32, delta: usize): void {
  let sums = f32x4.splat(0);
  for (let from = 0; from < count; from += 4 * CHUNK) {
    const values = min(count - from, 4 * CHUNK);
    drawFour(BLOCKS, from / 4, replicate, COTANGENT, key, (values + 3) / 4);
    toSingleGaussians((values + 3) / 4);
    for (let value = 0; value < values; value++) {
      const draw = v128.load(CHUNK_BUFFER + 16 * <usize>value);
      v128.store(delta + 16 * <usize>(from + value), draw);
      sums = maddSingle(draw, draw, sums);
    }
  }
  normaliseFour(delta, count, sums);
}

/** Divides the first `count` entries of four vectors by their norms, given their squares; keeps the logarithms and the sizes. */
function normaliseFour(vectors: usize, count: i32, sums: v128): void {
  const living = f32x4.gt(sums, f32x4.splat(0));
  const norms = v128.bitselect(f32x4.sqrt(sums), f32x4.splat(1), living);
  for (let at: usize = 0; at < <usize>count * 16; at += 16) {
    v128.store(vectors + at, f32x4.div(v128.load(vectors + at), norms));
  }
  v128.store(FRAME, v128.and(living, f32x4.splat(1)));
  v128.store(LOGS, logPair(f64x2.promote_low_f32x4(sums)));
  v128.store(LOGS, logPair(f64x2.promote_low_f32x4(v128.shuffle<i32>(sums, sums, 2, 3, 2, 3))), 16);
}

/** Moves on by the blocks that as many normals take as `seen` says. */
function passBlocks(seen: usize): void {
  const taken = i32x4.shr_u(i32x4.add(v128.load(seen), i32x4.splat(3)), 2);
  v128.store(BLOCKS, i32x4.add(v128.load(BLOCKS), taken));
}

/** 1 where z > 0, else the slope. */
// @ts-ignore: decorator
@inline
function derivative(z: v128, slopes: v128): v128 {
  return v128.bitselect(f32x4.splat(1), slopes, f32x4.gt(z, f32x4.splat(0)));
}

// @ts-ignore: decorator
@inline
function unitBytes(width: i32): usize {
  return <usize>width * 16;
}
