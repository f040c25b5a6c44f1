import { activate } from "./activation";
import { applyDrawn, listPairs } from "./drawn-layer";
import { applyHaar } from "../draws/haar";
import { normalise, scale } from "./log-domain";
import { multiplyRows } from "./stored-layer";
import { fillWeights, GAUSSIAN, nextBlock, ORTHOGONAL, positionAfter, UNIFORM } from "../draws/weights";

/**
 * Forward pass of one network (`propagate` in src/lab/reference/propagate.ts). `widths` are depth + 1 integers; `factors` the
 * numbers that take each layer's standard draws to its weights; `now` holds the input and, like `next`, has room for the
 * widest layer and three more; `weights` for the largest layer; `pairs` for half the widest. Gives the number of layers
 * passed before the first death.
 */
export function propagateNetwork(
  law: i32,
  slope: f64,
  revive: i32,
  replicate: i32,
  key: usize,
  depth: i32,
  widths: usize,
  factors: usize,
  now: usize,
  next: usize,
  pairs: usize,
  weights: usize,
  logIncrements: usize,
): i32 {
  let position: u64 = 0;
  let alive = depth;
  for (let layer = 1; layer <= depth; layer++) {
    const fanIn = load<i32>(widths + 4 * (layer - 1));
    const fanOut = load<i32>(widths + 4 * layer);
    const factor = load<f64>(factors + 8 * (layer - 1));
    position = applyFresh(law, factor, position, replicate, key, fanIn, fanOut, now, next, pairs, weights);
    activate(fanOut, slope, next, now);
    const increment = normalise(now, fanOut);
    store<f64>(logIncrements + 8 * (layer - 1), increment);
    if (increment != -Infinity) continue;
    alive = min(alive, layer - 1);
    if (!revive) {
      for (let rest = layer; rest < depth; rest++) store<f64>(logIncrements + 8 * rest, -Infinity);
      return alive;
    }
    memory.fill(now, 0, 8 * <usize>fanOut);
    store<f64>(now, 1);
  }
  return alive;
}

/** Whether a layer's pairs of draws are pairs of columns, below block 2^32. */
export function isDrawnByPair(law: i32, position: u64, fanIn: i32, fanOut: i32): bool {
  if (fanIn % 2 != 0 || (law != GAUSSIAN && law != UNIFORM)) return false;
  if (law == UNIFORM && position % 2 != 0) return false;
  return nextBlock(position) + (<u64>fanIn * (fanOut + 3)) / 2 < 0x100000000;
}

/** next = W now, with fresh weights; gives the position of the stream after them. */
function applyFresh(
  law: i32,
  factor: f64,
  position: u64,
  replicate: i32,
  key: usize,
  fanIn: i32,
  fanOut: i32,
  now: usize,
  next: usize,
  pairs: usize,
  weights: usize,
): u64 {
  const block = nextBlock(position);
  if (law == ORTHOGONAL) {
    applyHaar(block, replicate, key, now, next, fanOut);
    scale(next, fanOut, factor);
    return 2 * (block + (fanOut + 1) / 2);
  }
  if (isDrawnByPair(law, position, fanIn, fanOut)) {
    const used = listPairs(now, 0, fanIn, pairs);
    applyDrawn(law, factor, <u32>block, replicate, key, fanOut, fanIn, pairs, used, now, next, 0, 0);
    return positionAfter(law, position, fanIn * fanOut);
  }
  const after = fillWeights(law, factor, position, replicate, key, weights, fanIn, fanOut);
  multiplyRows(weights, fanOut, fanIn, now, next);
  return after;
}
