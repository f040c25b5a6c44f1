import { log, logPair } from "../elementwise/elementary";

/**
 * Products of offset_i + r^2 over the `count` numbers at `offsets`, in their order, as logarithms:
 * src/lab/reference/chains/chain-gradient-flow.ts, byte for byte. A partial product is logged before it can leave float64's range.
 */

/** ln q(r) = half the logarithm of the product. */
export function logOthers(offsets: usize, count: i32, r: f64): f64 {
  const square = r * r;
  const end = offsets + ((<usize>count) << 3);
  let sum: f64 = 0;
  let product: f64 = 1;
  for (let at = offsets; at < end; at += 8) {
    product *= load<f64>(at) + square;
    if (product < 1e-150 || product > 1e150) {
      sum += log(product);
      product = 1;
    }
  }
  return 0.5 * (sum + log(product));
}

/** ln q of the eight numbers at `r`, to `out`; `scratch` takes 128 bytes. */
export function logOthersOfEight(offsets: usize, count: i32, r: usize, out: usize, scratch: usize): void {
  const s0 = square(r);
  const s1 = square(r + 16);
  const s2 = square(r + 32);
  const s3 = square(r + 48);
  let p0 = f64x2.splat(1);
  let p1 = p0;
  let p2 = p0;
  let p3 = p0;
  memory.fill(scratch + 64, 0, 64);
  const least = f64x2.splat(1e-150);
  const greatest = f64x2.splat(1e150);
  const end = offsets + ((<usize>count) << 3);
  for (let at = offsets; at < end; at += 8) {
    const offset = v128.load64_splat(at);
    p0 = f64x2.mul(p0, f64x2.add(offset, s0));
    p1 = f64x2.mul(p1, f64x2.add(offset, s1));
    p2 = f64x2.mul(p2, f64x2.add(offset, s2));
    p3 = f64x2.mul(p3, f64x2.add(offset, s3));
    const low = f64x2.pmin(f64x2.pmin(p0, p1), f64x2.pmin(p2, p3));
    const high = f64x2.pmax(f64x2.pmax(p0, p1), f64x2.pmax(p2, p3));
    if (v128.any_true(v128.or(f64x2.lt(low, least), f64x2.gt(high, greatest)))) {
      v128.store(scratch, p0);
      v128.store(scratch, p1, 16);
      v128.store(scratch, p2, 32);
      v128.store(scratch, p3, 48);
      logExtremes(scratch);
      p0 = v128.load(scratch);
      p1 = v128.load(scratch, 16);
      p2 = v128.load(scratch, 32);
      p3 = v128.load(scratch, 48);
    }
  }
  finish(out, p0, scratch + 64);
  finish(out + 16, p1, scratch + 80);
  finish(out + 32, p2, scratch + 96);
  finish(out + 48, p3, scratch + 112);
}

// @ts-ignore: decorator
@inline
function square(r: usize): v128 {
  const x = v128.load(r);
  return f64x2.mul(x, x);
}

// @ts-ignore: decorator
@inline
function finish(out: usize, product: v128, sum: usize): void {
  v128.store(out, f64x2.mul(f64x2.splat(0.5), f64x2.add(v128.load(sum), logPair(product))));
}

/** Of the eight products at `scratch` those near the ends of the range become logarithms in the sums behind them. */
function logExtremes(scratch: usize): void {
  for (let at = scratch; at < scratch + 64; at += 8) {
    const product = load<f64>(at);
    if (!(product < 1e-150 || product > 1e150)) continue;
    store<f64>(at, load<f64>(at, 64) + log(product), 64);
    store<f64>(at, 1);
  }
}

/** Derivative of ln(r q(r)) with respect to ln r. Quotients are taken two at a time and added one by one, in their order. */
export function logSlope(offsets: usize, count: i32, r: f64): f64 {
  const square = r * r;
  const squares = f64x2.splat(square);
  const end = offsets + ((<usize>count) << 3);
  let slope: f64 = 1;
  let at = offsets;
  for (; at + 8 < end; at += 16) {
    const quotient = f64x2.div(squares, f64x2.add(v128.load(at), squares));
    slope += f64x2.extract_lane(quotient, 0);
    slope += f64x2.extract_lane(quotient, 1);
  }
  if (at < end) slope += square / (load<f64>(at) + square);
  return slope;
}
