import { LAYERS, LEAST, OUTPUT, PREFIX, RATE, SLOPE } from "./chain-frame";

/**
 * Sign descent, w_i -= rate * s_i, where s_i is the sign of the slope (+1, -1 or 0 in the frame) times the signs of all other
 * weights. Where no partial product underflows, all weights are other than 0 and s_i is sign(slope) sign(output) sign(w_i).
 */
export function moveBySign(frame: usize, depth: usize, stride: usize): void {
  for (let pair = frame; pair < frame + 64; pair += 32) {
    if (isPlain(pair) && isPlain(pair + 16)) movePlainPair(frame, pair, depth, stride);
    else {
      moveByProducts(frame, pair, depth, stride);
      moveByProducts(frame, pair + 16, depth, stride);
    }
  }
}

/** Far from underflow, so that the sign of the output is that of the product; and not NaN. */
// @ts-ignore: decorator
@inline
function isPlain(vector: usize): bool {
  const output = v128.load(vector, OUTPUT);
  const large = f64x2.ge(v128.load(vector, LEAST), f64x2.splat(1e-150));
  return i64x2.all_true(v128.and(large, f64x2.eq(output, output)));
}

function movePlainPair(frame: usize, pair: usize, depth: usize, stride: usize): void {
  const negative = f64x2.splat(-0.0);
  const rate = v128.load64_splat(frame, RATE);
  const a = f64x2.mul(rate, f64x2.mul(v128.load(pair, SLOPE), signs(v128.load(pair, OUTPUT))));
  const b = f64x2.mul(rate, f64x2.mul(v128.load(pair, SLOPE + 16), signs(v128.load(pair, OUTPUT + 16))));
  let at = pair + LAYERS;
  for (const end = at + depth * stride; at < end; at += stride) {
    const w = v128.load(at);
    const x = v128.load(at, 16);
    v128.store(at, f64x2.sub(w, v128.xor(a, v128.and(w, negative))));
    v128.store(at, f64x2.sub(x, v128.xor(b, v128.and(x, negative))), 16);
  }
}

function moveByProducts(frame: usize, vector: usize, depth: usize, stride: usize): void {
  const rate = v128.load64_splat(frame, RATE);
  const start = vector + LAYERS;
  const end = start + depth * stride;
  let prefix = v128.load(vector, SLOPE);
  for (let at = start; at < end; at += stride) {
    v128.store(at, prefix, PREFIX);
    prefix = f64x2.mul(prefix, signs(v128.load(at)));
  }
  let suffix = f64x2.splat(1);
  for (let at = end - stride; at >= start; at -= stride) {
    const w = v128.load(at);
    v128.store(at, f64x2.sub(w, f64x2.mul(rate, f64x2.mul(v128.load(at, PREFIX), suffix))));
    suffix = f64x2.mul(suffix, signs(w));
  }
}

/** +1, -1, or 0 of 0 and NaN. */
// @ts-ignore: decorator
@inline
export function signs(x: v128): v128 {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  return f64x2.sub(v128.and(f64x2.gt(x, zero), one), v128.and(f64x2.lt(x, zero), one));
}
