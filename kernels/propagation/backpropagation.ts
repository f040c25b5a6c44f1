import { differentiate, multiplyBy } from "./activation";
import { applyDrawn, listPairs } from "./drawn-layer";
import { fillDirection, normalise } from "./log-domain";
import { isDrawnByPair } from "./propagation";
import { addRows, multiplyRows } from "./stored-layer";
import { fillWeights, nextBlock, positionAfter } from "../draws/weights";

/** The stream of the cotangent. */
const COTANGENT: i32 = 2;

/**
 * What the forward pass leaves of a layer: where its weights begin, the pairs of columns that were drawn, and their number;
 * -1 where all weights are there.
 */
const RECORD: usize = 16;
const ALL: i32 = -1;

/**
 * Forward and backward pass of one network (`backpropagate` in src/lab/reference/backpropagate.ts). `now`, `next`, `widths` and
 * `factors` are as in `propagateNetwork`; `derivatives` has room for all units, two more a layer, `pairs` for half of them,
 * `records` for 16 bytes a layer, `rows` for 4 bytes a unit of the widest layer, `weights` for all weights, four rows more a
 * layer. `logHidden` is depth + 1 numbers, the first of which is there; `logGradients` takes depth numbers.
 */
export function backpropagateNetwork(
  law: i32,
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  now: usize,
  next: usize,
  derivatives: usize,
  pairs: usize,
  records: usize,
  rows: usize,
  weights: usize,
  logHidden: usize,
  logGradients: usize,
): void {
  let position: u64 = 0;
  let kept = weights;
  let list = pairs;
  let derivative = derivatives;
  let before: usize = 0;
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const fanOut = load<i32>(widths + 4 * layer);
    const factor = load<f64>(factors + 8 * (layer - 1));
    const record = records + RECORD * (layer - 1);
    store<u32>(record, kept);
    store<u32>(record, list, 4);
    if (isDrawnByPair(law, position, fanIn, fanOut)) {
      const used = listPairs(now, before, fanIn, list);
      store<i32>(record, used, 8);
      // Nothing goes back through the first layer.
      const keep = layer == 1 ? <usize>0 : kept;
      const block = <u32>nextBlock(position);
      const end = applyDrawn(law, factor, block, replicate, key, fanOut, fanIn, list, used, now, next, keep, slope);
      if (layer > 1) kept = end;
      list += <usize>used * 4;
      position = positionAfter(law, position, fanIn * fanOut);
    } else {
      store<i32>(record, ALL, 8);
      position = fillWeights(law, factor, position, replicate, key, kept, fanIn, fanOut);
      multiplyRows(kept, fanOut, fanIn, now, next);
      if (layer > 1) kept += <usize>fanIn * 8 * fanOut;
    }
    differentiate(fanOut, slope, next, now, derivative);
    store<f64>(logHidden + 8 * layer, load<f64>(logHidden + 8 * (layer - 1)) + normalise(now, fanOut));
    before = derivative;
    derivative += unitBytes(fanOut);
  }
  goBack(slope, replicate, key, depth, widths, now, next, derivative, records, rows, logHidden, logGradients);
}

/** From the last layer to the first; `derivativesEnd` is the end of their derivatives, `delta` and `other` are free. */
function goBack(
  slope: f64,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
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
  fillDirection(replicate, COTANGENT, key, delta, load<i32>(widths + 4 * depth));
  for (let layer = depth; layer >= 1; layer--) {
    const fanOut = load<i32>(widths + 4 * layer);
    derivative -= unitBytes(fanOut);
    multiplyBy(fanOut, delta, derivative);
    logDelta += normalise(delta, fanOut);
    store<f64>(logGradients + 8 * (layer - 1), logDelta + load<f64>(logHidden + 8 * (layer - 1)));
    if (layer > 1) {
      const fanIn = load<i32>(widths + 4 * (layer - 1));
      applyTransposed(slope, records + RECORD * (layer - 1), fanIn, fanOut, derivative, delta, other, rows);
    }
  }
}

/** delta = W^T delta, where it is not about to be masked. */
function applyTransposed(
  slope: f64,
  record: usize,
  fanIn: i32,
  fanOut: i32,
  derivative: usize,
  delta: usize,
  other: usize,
  rows: usize,
): void {
  const used = load<i32>(record, 8);
  const drawn = used != ALL;
  const rowBytes = drawn ? <usize>used * 16 : <usize>fanIn * 8;
  let weights = <usize>load<u32>(record);
  let count = 0;
  for (let row = 0; row < fanOut; row++) {
    const value = load<f64>(delta + 8 * <usize>row);
    store<u32>(rows + 4 * <usize>count, weights);
    store<f64>(other + 8 * <usize>count, value);
    count += i32(value != 0);
    if (!drawn || slope != 0 || load<f64>(derivative + 8 * <usize>row) != 0) weights += rowBytes;
  }
  if (!drawn) {
    addRows(count, rows, other, fanIn, delta);
    return;
  }
  const sums = other + 8 * <usize>((count + 1) & ~1);
  addRows(count, rows, other, 2 * used, sums);
  memory.fill(delta, 0, 8 * <usize>fanIn);
  const list = <usize>load<u32>(record, 4);
  for (let i = 0; i < used; i++) {
    v128.store(delta + 16 * <usize>load<i32>(list + 4 * <usize>i), v128.load(sums + 16 * <usize>i));
  }
}

/** Room for a layer's units that are written two at a time. */
// @ts-ignore: decorator
@inline
function unitBytes(width: i32): usize {
  return 8 * <usize>((width + 1) & ~1);
}
