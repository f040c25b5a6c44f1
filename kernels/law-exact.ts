import { CHUNK, CHUNK_BUFFER, drawBlocksOfFour } from "./blocks";
import { normaliseFour } from "./four-networks";
import { fillGaussianOfFour } from "./random";
import { GROUP_BYTES } from "./threefry";

/**
 * Law-exact passes (src/networks/law-exact.ts) of four networks side by side, whose lanes are replicates: all that is one
 * network's sum over its units stays in order. `sizes` are four numbers, `lane` has room for one network's widest vector.
 */

const WEIGHTS: i32 = 0;
const COTANGENT: i32 = 2;
const BACKWARD: i32 = 5;

/**
 * Forward pass alone, as in `propagateNetwork`: rows of `logIncrements` are layers, of four numbers each; `alive` is four
 * numbers. `sizes` are the inputs' (1, or NaN for one that holds a NaN).
 */
export function propagateLawExact(
  slope: f64,
  revive: i32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  sizes: usize,
  hidden: usize,
  lane: usize,
  logIncrements: usize,
  alive: usize,
): void {
  let block: u64 = 0;
  for (let network = 0; network < 4; network++) store<f64>(alive + 8 * network, depth);
  for (let layer = 1; layer <= depth; layer++) {
    const fanOut = load<i32>(widths + 4 * layer);
    const logs = logIncrements + 32 * <usize>(layer - 1);
    const factor = load<f64>(factors + 8 * (layer - 1));
    drawForward(block, slope, factor, replicate, key, sizes, fanOut, 0, hidden, logs, lane);
    block += (fanOut + 1) / 2;
    for (let network = 0; network < 4; network++) {
      if (load<f64>(sizes + 8 * network) != 0) continue;
      const passed = alive + 8 * network;
      store<f64>(passed, min(load<f64>(passed), <f64>(layer - 1)));
      // A basis vector stands where the vector died.
      if (revive) store<f64>(sizes + 8 * network, 1);
    }
  }
}

/**
 * Forward and backward pass, as in `backpropagateNetwork`. `z` and `hidden` have room for the units of all layers but the
 * input, and two more a layer, of four networks; hidden 0 is not needed. `delta` has room for the widest layer and one more.
 * Rows of `logHidden` (depth + 1, the first is there) and `logGradients` (depth) are four numbers; `logs` is scratch for four.
 */
export function backpropagateLawExact(
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  sizes: usize,
  z: usize,
  hidden: usize,
  delta: usize,
  lane: usize,
  logs: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let block: u64 = 0;
  let at: usize = 0;
  for (let layer = 1; layer <= depth; layer++) {
    const fanOut = load<i32>(widths + 4 * layer);
    const factor = load<f64>(factors + 8 * (layer - 1));
    drawForward(block, slope, factor, replicate, key, sizes, fanOut, z + at, hidden + at, logs, lane);
    const before = logHidden + 32 * <usize>(layer - 1);
    v128.store(before, f64x2.add(v128.load(before), v128.load(logs)), 32);
    v128.store(before, f64x2.add(v128.load(before, 16), v128.load(logs, 16)), 48);
    block += (fanOut + 1) / 2;
    at += unitBytes(fanOut);
  }
  goBack(
    slope,
    replicate,
    key,
    depth,
    widths,
    factors,
    sizes,
    z + at,
    hidden + at,
    delta,
    lane,
    logs,
    logHidden,
    logGradients,
  );
}

/**
 * z = factor * size * g and h = f(z). With `z`, both are kept and h is divided by its norm; without, only the logarithms of
 * the norms are of use.
 */
function drawForward(
  firstBlock: u64,
  slope: f64,
  factor: f64,
  replicate: i32,
  key: usize,
  sizes: usize,
  count: i32,
  z: usize,
  hidden: usize,
  logs: usize,
  lane: usize,
): void {
  const lowFactor = f64x2.mul(f64x2.splat(factor), v128.load(sizes));
  const highFactor = f64x2.mul(f64x2.splat(factor), v128.load(sizes, 16));
  const slopes = f64x2.splat(slope);
  const ones = f64x2.splat(1);
  const zero = f64x2.splat(0);
  const replicates = i32x4.add(i32x4.splat(replicate), i32x4(0, 1, 2, 3));
  let low = zero;
  let high = zero;
  let block = firstBlock;
  for (let from = 0; from < count; from += 2 * CHUNK) {
    const values = min(count - from, 2 * CHUNK);
    drawBlocksOfFour(block, replicates, WEIGHTS, key, (values + 1) / 2);
    block += CHUNK;
    const offset = <usize>from * 32;
    for (let value = 0; value < values; value++) {
      const draw = CHUNK_BUFFER + <usize>(value >> 1) * GROUP_BYTES + 16 * (value & 1);
      const to = offset + <usize>value * 32;
      const a = f64x2.mul(v128.load(draw), lowFactor);
      const b = f64x2.mul(v128.load(draw, 32), highFactor);
      const first = f64x2.mul(a, v128.bitselect(ones, slopes, f64x2.gt(a, zero)));
      const second = f64x2.mul(b, v128.bitselect(ones, slopes, f64x2.gt(b, zero)));
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
  normaliseFour(z != 0, hidden, count, low, high, sizes, logs, lane);
}

/** From the last layer to the first; `zEnd` and `hiddenEnd` are the ends of theirs. */
function goBack(
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  sizes: usize,
  zEnd: usize,
  hiddenEnd: usize,
  delta: usize,
  lane: usize,
  logs: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let block: u64 = 0;
  let z = zEnd;
  let hidden = hiddenEnd;
  let low = f64x2.splat(0);
  let high = low;
  startBack(replicate, key, load<i32>(widths + 4 * depth), delta, sizes, logs, lane);
  for (let layer = depth; layer >= 1; layer--) {
    const fanOut = load<i32>(widths + 4 * layer);
    z -= unitBytes(fanOut);
    hidden -= unitBytes(fanOut);
    mask(slope, fanOut, z, delta, sizes, logs, lane);
    low = f64x2.add(low, v128.load(logs));
    high = f64x2.add(high, v128.load(logs, 16));
    const row = <usize>(layer - 1) * 32;
    v128.store(logGradients + row, f64x2.add(low, v128.load(logHidden + row)));
    v128.store(logGradients + row, f64x2.add(high, v128.load(logHidden + row, 16)), 16);
    if (layer == 1) return;
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const factor = load<f64>(factors + 8 * (layer - 1));
    drawBackward(block, factor, replicate, key, sizes, fanIn, fanOut, z, hidden - unitBytes(fanIn), delta);
    block += (fanIn + 1) / 2;
  }
}

/** The cotangent: a uniformly random unit vector a network. */
function startBack(replicate: i32, key: usize, count: i32, delta: usize, sizes: usize, logs: usize, lane: usize): void {
  v128.store(sizes, f64x2.splat(1));
  v128.store(sizes, f64x2.splat(1), 16);
  fillGaussianOfFour(0, replicate, COTANGENT, key, delta, count);
  let low = f64x2.splat(0);
  let high = low;
  const end = delta + 32 * <usize>count;
  for (let at = delta; at < end; at += 32) {
    low = f64x2.add(low, f64x2.mul(v128.load(at), v128.load(at)));
    high = f64x2.add(high, f64x2.mul(v128.load(at, 16), v128.load(at, 16)));
  }
  normaliseFour(true, delta, count, low, high, sizes, logs, lane);
}

/** delta times the activation's derivative, divided by its norm. */
function mask(slope: f64, count: i32, z: usize, delta: usize, sizes: usize, logs: usize, lane: usize): void {
  const slopes = f64x2.splat(slope);
  const ones = f64x2.splat(1);
  const zero = f64x2.splat(0);
  let low = zero;
  let high = zero;
  for (let at: usize = 0; at < <usize>count * 32; at += 32) {
    const a = v128.bitselect(ones, slopes, f64x2.gt(v128.load(z + at), zero));
    const b = v128.bitselect(ones, slopes, f64x2.gt(v128.load(z + at, 16), zero));
    const first = f64x2.mul(v128.load(delta + at), a);
    const second = f64x2.mul(v128.load(delta + at, 16), b);
    v128.store(delta + at, first);
    v128.store(delta + at, second, 16);
    low = f64x2.add(low, f64x2.mul(first, first));
    high = f64x2.add(high, f64x2.mul(second, second));
  }
  normaliseFour(true, delta, count, low, high, sizes, logs, lane);
}

/** delta = W^T delta given W h = z. */
function drawBackward(
  firstBlock: u64,
  factor: f64,
  replicate: i32,
  key: usize,
  sizes: usize,
  fanIn: i32,
  fanOut: i32,
  z: usize,
  h: usize,
  delta: usize,
): void {
  let lowAlong = f64x2.splat(0);
  let highAlong = lowAlong;
  for (let at: usize = 0; at < <usize>fanOut * 32; at += 32) {
    lowAlong = f64x2.add(lowAlong, f64x2.mul(v128.load(z + at), v128.load(delta + at)));
    highAlong = f64x2.add(highAlong, f64x2.mul(v128.load(z + at, 16), v128.load(delta + at, 16)));
  }
  const lowFactor = f64x2.mul(f64x2.splat(factor), v128.load(sizes));
  const highFactor = f64x2.mul(f64x2.splat(factor), v128.load(sizes, 16));
  const replicates = i32x4.add(i32x4.splat(replicate), i32x4(0, 1, 2, 3));
  let low = f64x2.splat(0);
  let high = low;
  let block = firstBlock;
  for (let from = 0; from < fanIn; from += 2 * CHUNK) {
    const values = min(fanIn - from, 2 * CHUNK);
    drawBlocksOfFour(block, replicates, BACKWARD, key, (values + 1) / 2);
    block += CHUNK;
    const offset = <usize>from * 32;
    for (let value = 0; value < values; value++) {
      const draw = CHUNK_BUFFER + <usize>(value >> 1) * GROUP_BYTES + 16 * (value & 1);
      const to = offset + <usize>value * 32;
      const a = f64x2.mul(v128.load(draw), lowFactor);
      const b = f64x2.mul(v128.load(draw, 32), highFactor);
      v128.store(delta + to, a);
      v128.store(delta + to, b, 16);
      low = f64x2.add(low, f64x2.mul(v128.load(h + to), a));
      high = f64x2.add(high, f64x2.mul(v128.load(h + to, 16), b));
    }
  }
  lowAlong = f64x2.sub(lowAlong, low);
  highAlong = f64x2.sub(highAlong, high);
  for (let at: usize = 0; at < <usize>fanIn * 32; at += 32) {
    v128.store(delta + at, f64x2.add(v128.load(delta + at), f64x2.mul(v128.load(h + at), lowAlong)));
    v128.store(delta + at, f64x2.add(v128.load(delta + at, 16), f64x2.mul(v128.load(h + at, 16), highAlong)), 16);
  }
}

/** Room for a layer's units of four networks. */
// @ts-ignore: decorator
@inline
function unitBytes(width: i32): usize {
  return <usize>width * 32;
}
