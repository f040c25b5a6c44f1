import { GREATEST, LAYERS, LEAST, OUTPUT, PREFIX } from "./chain-frame";

/** Products of the weights before each layer, and the output. */
export function forwardChains(frame: usize, depth: usize, stride: usize): void {
  walkUp(true, false, frame, depth, stride);
}

/** The same, and the range of the partial products' sizes, NaN left out. */
export function forwardChainsInRange(frame: usize, depth: usize, stride: usize): void {
  walkUp(true, true, frame, depth, stride);
}

/** The output and the range alone. */
export function rangeOfChains(frame: usize, depth: usize, stride: usize): void {
  walkUp(false, true, frame, depth, stride);
}

// @ts-ignore: decorator
@inline
function walkUp(keep: bool, ranged: bool, frame: usize, depth: usize, stride: usize): void {
  const one = f64x2.splat(1);
  let p0 = one;
  let p1 = one;
  let p2 = one;
  let p3 = one;
  let l0 = one;
  let l1 = one;
  let l2 = one;
  let l3 = one;
  let g0 = one;
  let g1 = one;
  let g2 = one;
  let g3 = one;
  const end = frame + LAYERS + depth * stride;
  for (let layer = frame + LAYERS; layer < end; layer += stride) {
    p0 = up(keep, layer, p0);
    p1 = up(keep, layer + 16, p1);
    p2 = up(keep, layer + 32, p2);
    p3 = up(keep, layer + 48, p3);
    if (ranged) {
      l0 = f64x2.pmin(l0, f64x2.abs(p0));
      l1 = f64x2.pmin(l1, f64x2.abs(p1));
      l2 = f64x2.pmin(l2, f64x2.abs(p2));
      l3 = f64x2.pmin(l3, f64x2.abs(p3));
      g0 = f64x2.pmax(g0, f64x2.abs(p0));
      g1 = f64x2.pmax(g1, f64x2.abs(p1));
      g2 = f64x2.pmax(g2, f64x2.abs(p2));
      g3 = f64x2.pmax(g3, f64x2.abs(p3));
    }
  }
  storeFour(frame + OUTPUT, p0, p1, p2, p3);
  if (!ranged) return;
  storeFour(frame + LEAST, l0, l1, l2, l3);
  storeFour(frame + GREATEST, g0, g1, g2, g3);
}

// @ts-ignore: decorator
@inline
function up(keep: bool, at: usize, prefix: v128): v128 {
  if (keep) v128.store(at, prefix, PREFIX);
  return f64x2.mul(prefix, v128.load(at));
}

// @ts-ignore: decorator
@inline
export function storeFour(at: usize, a: v128, b: v128, c: v128, d: v128): void {
  v128.store(at, a);
  v128.store(at, b, 16);
  v128.store(at, c, 32);
  v128.store(at, d, 48);
}
