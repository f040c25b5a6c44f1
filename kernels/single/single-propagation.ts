import { addRowsSingle, applyDrawnSingle, listColumns, normaliseSingle } from "./single-layer";

/**
 * Passes of one network in float32 with draws of its own, rescaled to norm 1 after every layer; logarithms are float64. The
 * arguments are those of `propagateNetwork` and `backpropagateNetwork`, vectors float32; `offsets` are the logarithms of the
 * squared scales of each layer's weights.
 */
export function propagateSingle(
  law: i32,
  slope: f32,
  revive: i32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  offsets: usize,
  now: usize,
  next: usize,
  list: usize,
  logIncrements: usize,
): i32 {
  let block: u32 = 0;
  let alive = depth;
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const fanOut = load<i32>(widths + 4 * layer);
    const quadruples = listColumns(now, 0, fanIn, list, next);
    applyDrawnSingle(law, block, replicate, key, fanOut, fanIn, list, next, quadruples, now, 0, 0);
    block += ((fanOut + 3) / 4) * fanIn;
    differentiate(fanOut, slope, now, 0);
    const increment = normaliseSingle(now, fanOut) + load<f64>(offsets + 8 * (layer - 1));
    store<f64>(logIncrements + 8 * (layer - 1), increment);
    if (increment != -Infinity) continue;
    alive = min(alive, layer - 1);
    if (!revive) {
      for (let rest = layer; rest < depth; rest++) store<f64>(logIncrements + 8 * rest, -Infinity);
      return alive;
    }
    memory.fill(now, 0, 4 * <usize>fanOut);
    store<f32>(now, 1);
  }
  return alive;
}

/** What the forward pass leaves of a layer: where its weights begin, its list of columns, and their quadruples. */
const RECORD: usize = 16;

/** `cotangent` is a vector of norm 1, which is overwritten. */
export function backpropagateSingle(
  law: i32,
  slope: f32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  offsets: usize,
  now: usize,
  next: usize,
  cotangent: usize,
  derivatives: usize,
  lists: usize,
  records: usize,
  rows: usize,
  weights: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let block: u32 = 0;
  let kept = weights;
  let list = lists;
  let derivative = derivatives;
  let before: usize = 0;
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const fanOut = load<i32>(widths + 4 * layer);
    const quadruples = listColumns(now, before, fanIn, list, next);
    const record = records + RECORD * (layer - 1);
    store<u32>(record, kept);
    store<u32>(record, list, 4);
    store<i32>(record, quadruples, 8);
    // Nothing goes back through the first layer.
    const keep = layer == 1 ? <usize>0 : kept;
    const end = applyDrawnSingle(law, block, replicate, key, fanOut, fanIn, list, next, quadruples, now, keep, slope);
    if (layer > 1) kept = end;
    list += 16 * <usize>quadruples;
    block += ((fanOut + 3) / 4) * fanIn;
    differentiate(fanOut, slope, now, derivative);
    const increment = normaliseSingle(now, fanOut) + load<f64>(offsets + 8 * (layer - 1));
    store<f64>(logHidden + 8 * layer, load<f64>(logHidden + 8 * (layer - 1)) + increment);
    before = derivative;
    derivative += vectorBytes(fanOut);
  }
  goBack(slope, depth, widths, offsets, cotangent, next, derivative, records, rows, logHidden, logGradients);
}

function goBack(
  slope: f32,
  depth: i32,
  widths: usize,
  offsets: usize,
  delta: usize,
  other: usize,
  derivativesEnd: usize,
  records: usize,
  rows: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let derivative = derivativesEnd;
  let logDelta: f64 = 0;
  for (let layer = depth; layer >= 1; layer--) {
    const fanOut = load<i32>(widths + 4 * layer);
    derivative -= vectorBytes(fanOut);
    for (let at: usize = 0; at < <usize>fanOut * 4; at += 16) {
      v128.store(delta + at, f32x4.mul(v128.load(delta + at), v128.load(derivative + at)));
    }
    logDelta += normaliseSingle(delta, fanOut);
    store<f64>(logGradients + 8 * (layer - 1), logDelta + load<f64>(logHidden + 8 * (layer - 1)));
    if (layer == 1) return;
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    applyTransposed(slope, records + RECORD * (layer - 1), fanIn, fanOut, derivative, delta, other, rows);
    logDelta += load<f64>(offsets + 8 * (layer - 1));
  }
}

/** delta = W^T delta, where it is not about to be masked. */
function applyTransposed(
  slope: f32,
  record: usize,
  fanIn: i32,
  fanOut: i32,
  derivative: usize,
  delta: usize,
  other: usize,
  rows: usize,
): void {
  const quadruples = load<i32>(record, 8);
  let weights = <usize>load<u32>(record);
  let count = 0;
  for (let row = 0; row < fanOut; row++) {
    const value = load<f32>(delta + 4 * <usize>row);
    store<u32>(rows + 4 * <usize>count, weights);
    store<f32>(other + 4 * <usize>count, value);
    count += i32(value != 0);
    if (slope != 0 || load<f32>(derivative + 4 * <usize>row) != 0) weights += 16 * <usize>quadruples;
  }
  const sums = other + vectorBytes(count);
  addRowsSingle(count, rows, other, quadruples, sums);
  memory.fill(delta, 0, vectorBytes(fanIn));
  const list = <usize>load<u32>(record, 4);
  // From the end, because column 0 stands for the places that a last quadruple was filled up with.
  for (let i = 4 * quadruples - 1; i >= 0; i--) {
    store<f32>(delta + 4 * <usize>load<i32>(list + 4 * <usize>i), load<f32>(sums + 4 * <usize>i));
  }
}

/** h = f(z), in place, and its derivative where that is wanted (0: not). */
function differentiate(count: i32, slope: f32, z: usize, derivative: usize): void {
  const slopes = f32x4.splat(slope);
  const ones = f32x4.splat(1);
  for (let at: usize = 0; at < <usize>count * 4; at += 16) {
    const value = v128.load(z + at);
    const factor = v128.bitselect(ones, slopes, f32x4.gt(value, f32x4.splat(0)));
    v128.store(z + at, f32x4.mul(value, factor));
    if (derivative) v128.store(derivative + at, factor);
  }
}

/** Bytes of a vector, up to a multiple of four numbers. */
// @ts-ignore: decorator
@inline
function vectorBytes(width: i32): usize {
  return (<usize>width * 4 + 15) & ~(<usize>15);
}
