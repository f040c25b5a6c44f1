import { normaliseFour } from "./four-networks";
import { drawBackward, drawForward, FRAME_BYTES, LOGS, maskDelta } from "./law-exact-layer";
import { fillGaussianOfFour } from "../draws/random";

/**
 * Law-exact passes (src/lab/draws/law-exact.ts) of four networks side by side, whose lanes are replicates: all that is one
 * network's sum over its units stays in order. Inputs have norm 1 and hold no NaN. `lane` has room for one network's widest
 * vector.
 */

const COTANGENT: i32 = 2;

const FRAME = memory.data(80, 16);
/** For counts that nobody needs afterwards. */
const SEEN = memory.data(16, 16);

/**
 * Forward pass alone, as in `propagateNetwork`: rows of `logIncrements` are layers, of four numbers each; `alive` is four
 * numbers; `hidden` has room for the widest layer of four networks.
 */
export function propagateLawExact(
  slope: f64,
  revive: i32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  hidden: usize,
  lane: usize,
  logIncrements: usize,
  alive: usize,
): void {
  openFrame();
  for (let network = 0; network < 4; network++) store<f64>(alive + 8 * network, depth);
  for (let layer = 1; layer <= depth; layer++) {
    const fanOut = load<i32>(widths + 4 * layer);
    const factor = load<f64>(factors + 8 * (layer - 1));
    drawForward(FRAME, slope, factor, replicate, key, fanOut, SEEN, 0, hidden, lane);
    const logs = logIncrements + 32 * <usize>(layer - 1);
    v128.store(logs, v128.load(FRAME + LOGS));
    v128.store(logs, v128.load(FRAME + LOGS, 16), 16);
    for (let network = 0; network < 4; network++) {
      const size = FRAME + 8 * network;
      if (load<f64>(size) != 0) continue;
      const at = alive + 8 * network;
      store<f64>(at, min(load<f64>(at), <f64>(layer - 1)));
      // A basis vector stands where the vector died.
      if (revive) store<f64>(size, 1);
    }
  }
}

/**
 * Forward and backward pass, as in `backpropagateNetwork`. `z` and `hidden` have room for the units of all layers but the
 * input, of four networks, `delta` for the widest layer, `seen` for 16 bytes a layer. Rows of `logHidden` (depth + 1, the first
 * is there) and `logGradients` (depth) are four numbers.
 */
export function backpropagateLawExact(
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  z: usize,
  hidden: usize,
  delta: usize,
  seen: usize,
  lane: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  openFrame();
  let at: usize = 0;
  for (let layer = 1; layer <= depth; layer++) {
    const fanOut = load<i32>(widths + 4 * layer);
    const factor = load<f64>(factors + 8 * (layer - 1));
    const counts = seen + 16 * <usize>(layer - 1);
    drawForward(FRAME, slope, factor, replicate, key, fanOut, counts, z + at, hidden + at, lane);
    const before = logHidden + 32 * <usize>(layer - 1);
    v128.store(before, f64x2.add(v128.load(before), v128.load(FRAME + LOGS)), 32);
    v128.store(before, f64x2.add(v128.load(before, 16), v128.load(FRAME + LOGS, 16)), 48);
    at += unitBytes(fanOut);
  }
  goBack(
    slope,
    replicate,
    key,
    depth,
    widths,
    factors,
    z + at,
    hidden + at,
    delta,
    seen,
    lane,
    logHidden,
    logGradients,
  );
}

/** From the last layer to the first; `zEnd` and `hiddenEnd` are the ends of theirs. */
function goBack(
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  zEnd: usize,
  hiddenEnd: usize,
  delta: usize,
  seen: usize,
  lane: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let z = zEnd;
  let hidden = hiddenEnd;
  let low = f64x2.splat(0);
  let high = low;
  openFrame();
  startBack(replicate, key, load<i32>(widths + 4 * depth), delta, lane);
  for (let layer = depth; layer >= 1; layer--) {
    const fanOut = load<i32>(widths + 4 * layer);
    const counts = seen + 16 * <usize>(layer - 1);
    z -= unitBytes(fanOut);
    hidden -= unitBytes(fanOut);
    maskDelta(FRAME, slope, counts, z, delta, lane);
    low = f64x2.add(low, v128.load(FRAME + LOGS));
    high = f64x2.add(high, v128.load(FRAME + LOGS, 16));
    const row = <usize>(layer - 1) * 32;
    v128.store(logGradients + row, f64x2.add(low, v128.load(logHidden + row)));
    v128.store(logGradients + row, f64x2.add(high, v128.load(logHidden + row, 16)), 16);
    if (layer == 1) return;
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const factor = load<f64>(factors + 8 * (layer - 1));
    drawBackward(FRAME, factor, replicate, key, counts, z, counts - 16, hidden - unitBytes(fanIn), delta);
  }
}

/** All sizes 1, all streams at their beginning. */
function openFrame(): void {
  memory.fill(FRAME, 0, FRAME_BYTES);
  v128.store(FRAME, f64x2.splat(1));
  v128.store(FRAME, f64x2.splat(1), 16);
}

/** The cotangent: a uniformly random unit vector a network. */
function startBack(replicate: i32, key: usize, count: i32, delta: usize, lane: usize): void {
  fillGaussianOfFour(0, replicate, COTANGENT, key, delta, count);
  let low = f64x2.splat(0);
  let high = low;
  const end = delta + <usize>count * 32;
  for (let at = delta; at < end; at += 32) {
    low = f64x2.add(low, f64x2.mul(v128.load(at), v128.load(at)));
    high = f64x2.add(high, f64x2.mul(v128.load(at, 16), v128.load(at, 16)));
  }
  normaliseFour(true, delta, count, low, high, FRAME, FRAME + LOGS, lane);
}

/** Room for a layer's units of four networks. */
// @ts-ignore: decorator
@inline
function unitBytes(width: i32): usize {
  return <usize>width * 32;
}
