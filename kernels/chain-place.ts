import { FIRST, LAYERS, STEPS } from "./chain-frame";

/**
 * Puts eight chains into a frame, with an optimiser that has not begun. Weight i of chain j is (factor * u - shift) * scale, where u
 * is the draw at rows + j * rowBytes + i * drawBytes.
 */
export function placeChains(
  frame: usize,
  depth: usize,
  stride: usize,
  rows: usize,
  rowBytes: usize,
  drawBytes: usize,
  factor: f64,
  shift: f64,
  scale: f64,
): void {
  const factors = f64x2.splat(factor);
  const shifts = f64x2.splat(shift);
  const scales = f64x2.splat(scale);
  const zero = f64x2.splat(0);
  v128.store(frame, zero, STEPS);
  v128.store(frame, zero, STEPS + 16);
  const end = frame + LAYERS + depth * stride;
  for (let layer = frame + LAYERS, draw = rows; layer < end; layer += stride, draw += drawBytes) {
    let from = draw;
    for (let at = layer; at < layer + 64; at += 16) {
      const pair = v128.load64_lane(from + rowBytes, v128.load64_zero(from), 1);
      v128.store(at, f64x2.mul(f64x2.sub(f64x2.mul(factors, pair), shifts), scales));
      from += 2 * rowBytes;
    }
    for (let state = layer + FIRST; state < layer + stride; state += 16) v128.store(state, zero);
  }
}

/** The weights, one chain after another. */
export function readChains(frame: usize, depth: usize, stride: usize, rows: usize): void {
  const rowBytes = depth << 3;
  let layer = frame + LAYERS;
  for (let row = rows; row < rows + rowBytes; row += 8, layer += stride) {
    let to = row;
    for (let at = layer; at < layer + 64; at += 16) {
      const pair = v128.load(at);
      v128.store64_lane(to, pair, 0);
      v128.store64_lane(to + rowBytes, pair, 1);
      to += 2 * rowBytes;
    }
  }
}
