import { maddDouble } from "../products/madd";
import { hadamard, scale } from "./elementwise";

/**
 * Which numbers are normalised together: group g has, for each i < outer, the `inner` numbers from g * stride + i * outerStride on.
 * Each group's sums run over i, then along the numbers; lanes are groups. Positions are bytes, strides are counted in float64s.
 */

/** y = (x - mean) / sqrt(variance + epsilon) in each group; `scales` gets the factors, 0 where variance + epsilon is 0. */
export function normaliseGroups(
  count: i32,
  stride: i32,
  outer: i32,
  outerStride: i32,
  inner: i32,
  x: usize,
  y: usize,
  epsilon: f64,
  scales: usize,
): void {
  const size = <f64>outer * <f64>inner;
  sumGroups(false, count, stride, outer, outerStride, inner, x, x, scales);
  divide(count, size, scales);
  for (let i = 0; i < outer; i++, x += (<usize>outerStride) << 3, y += (<usize>outerStride) << 3) {
    if (stride == 1 && inner == 1) subtract(count, x, scales, y);
    else {
      for (let g = 0; g < count; g++) {
        const from = (<usize>g * <usize>stride) << 3;
        subtractNumber(inner, x + from, load<f64>(scales + ((<usize>g) << 3)), y + from);
      }
    }
  }
  y -= (<usize>outer * <usize>outerStride) << 3;
  sumGroups(true, count, stride, outer, outerStride, inner, y, y, scales);
  for (let at = scales, end = scales + ((<usize>count) << 3); at < end; at += 8) {
    const spread = load<f64>(at) / size + epsilon;
    store<f64>(at, spread == 0 ? 0 : 1 / Math.sqrt(spread));
  }
  for (let i = 0; i < outer; i++, y += (<usize>outerStride) << 3) {
    if (stride == 1 && inner == 1) hadamard(count, y, scales, y);
    else {
      for (let g = 0; g < count; g++) {
        scale(inner, load<f64>(scales + ((<usize>g) << 3)), y + ((<usize>g * <usize>stride) << 3));
      }
    }
  }
}

/** Means over each group of a (into `means`) and of a * y (into `products`). */
export function meansOfGroups(
  count: i32,
  stride: i32,
  outer: i32,
  outerStride: i32,
  inner: i32,
  a: usize,
  y: usize,
  means: usize,
  products: usize,
): void {
  const size = <f64>outer * <f64>inner;
  sumGroups(false, count, stride, outer, outerStride, inner, a, a, means);
  sumGroups(true, count, stride, outer, outerStride, inner, a, y, products);
  divide(count, size, means);
  divide(count, size, products);
}

/** out = scale (a - mean - y product) in each group; out may be a. */
export function projectGroups(
  count: i32,
  stride: i32,
  outer: i32,
  outerStride: i32,
  inner: i32,
  a: usize,
  y: usize,
  out: usize,
  scales: usize,
  means: usize,
  products: usize,
): void {
  const line = (<usize>outerStride) << 3;
  for (let i = 0; i < outer; i++, a += line, y += line, out += line) {
    if (stride == 1 && inner == 1) {
      let at: usize = 0;
      for (const end = (<usize>count) << 3; at + 16 <= end; at += 16) {
        const mean = v128.load(means + at);
        const product = f64x2.neg(v128.load(products + at));
        project(a + at, y + at, out + at, v128.load(scales + at), mean, product);
      }
      if (count & 1) projectOne(a + at, y + at, out + at, scales + at, means + at, products + at);
      continue;
    }
    for (let g = 0; g < count; g++) {
      const own = (<usize>g) << 3;
      const from = own * <usize>stride;
      const factor = v128.load64_splat(scales + own);
      const mean = v128.load64_splat(means + own);
      const product = f64x2.neg(v128.load64_splat(products + own));
      let at = from;
      for (const end = from + ((<usize>inner) << 3); at + 16 <= end; at += 16) {
        project(a + at, y + at, out + at, factor, mean, product);
      }
      if (inner & 1) projectOne(a + at, y + at, out + at, scales + own, means + own, products + own);
    }
  }
}

// @ts-ignore: decorator
@inline
function project(a: usize, y: usize, out: usize, factor: v128, mean: v128, minusProduct: v128): void {
  const centred = f64x2.sub(v128.load(a), mean);
  v128.store(out, f64x2.mul(factor, maddDouble(minusProduct, v128.load(y), centred)));
}

function projectOne(a: usize, y: usize, out: usize, factor: usize, mean: usize, product: usize): void {
  const centred = load<f64>(a) - load<f64>(mean);
  store<f64>(out, load<f64>(factor) * (centred - load<f64>(y) * load<f64>(product)));
}

/** The sum of a in each group, or of a * b where `products`. */
// @ts-ignore: decorator
@inline
function sumGroups(
  products: bool,
  count: i32,
  stride: i32,
  outer: i32,
  outerStride: i32,
  inner: i32,
  a: usize,
  b: usize,
  out: usize,
): void {
  const step = (<usize>stride) << 3;
  const line = (<usize>outerStride) << 3;
  let g = 0;
  if (stride == 1 && inner == 1) {
    for (; g + 2 <= count; g += 2, a += 16, b += 16, out += 16) sumPair(products, outer, line, a, b, out);
  } else {
    for (; g + 4 <= count; g += 4, a += 4 * step, b += 4 * step, out += 32) {
      sumFour(products, step, outer, line, inner, a, b, out);
    }
  }
  for (; g < count; g++, a += step, b += step, out += 8) sumOne(products, outer, line, inner, a, b, out);
}

// @ts-ignore: decorator
@inline
function sumPair(products: bool, outer: i32, line: usize, a: usize, b: usize, out: usize): void {
  let sum = f64x2.splat(0);
  for (let i = 0; i < outer; i++, a += line, b += line) {
    sum = products ? maddDouble(v128.load(a), v128.load(b), sum) : f64x2.add(sum, v128.load(a));
  }
  v128.store(out, sum);
}

/** Four groups side by side, so that no addition waits for the one before. */
// @ts-ignore: decorator
@inline
function sumFour(
  products: bool,
  step: usize,
  outer: i32,
  line: usize,
  inner: i32,
  a: usize,
  b: usize,
  out: usize,
): void {
  let first: f64 = 0;
  let second: f64 = 0;
  let third: f64 = 0;
  let fourth: f64 = 0;
  const length = (<usize>inner) << 3;
  for (let i = 0; i < outer; i++, a += line, b += line) {
    for (let at: usize = 0; at < length; at += 8) {
      first += term(products, a + at, b + at);
      second += term(products, a + at + step, b + at + step);
      third += term(products, a + at + 2 * step, b + at + 2 * step);
      fourth += term(products, a + at + 3 * step, b + at + 3 * step);
    }
  }
  store<f64>(out, first);
  store<f64>(out, second, 8);
  store<f64>(out, third, 16);
  store<f64>(out, fourth, 24);
}

// @ts-ignore: decorator
@inline
function sumOne(products: bool, outer: i32, line: usize, inner: i32, a: usize, b: usize, out: usize): void {
  let sum: f64 = 0;
  const length = (<usize>inner) << 3;
  for (let i = 0; i < outer; i++, a += line, b += line) {
    for (let at: usize = 0; at < length; at += 8) sum += term(products, a + at, b + at);
  }
  store<f64>(out, sum);
}

// @ts-ignore: decorator
@inline
function term(products: bool, a: usize, b: usize): f64 {
  return products ? load<f64>(a) * load<f64>(b) : load<f64>(a);
}

function divide(length: i32, divisor: f64, x: usize): void {
  for (const end = x + ((<usize>length) << 3); x < end; x += 8) store<f64>(x, load<f64>(x) / divisor);
}

function subtract(length: i32, x: usize, means: usize, out: usize): void {
  const end = out + ((<usize>length) << 3);
  for (; out + 16 <= end; out += 16, x += 16, means += 16) {
    v128.store(out, f64x2.sub(v128.load(x), v128.load(means)));
  }
  if (out < end) store<f64>(out, load<f64>(x) - load<f64>(means));
}

function subtractNumber(length: i32, x: usize, mean: f64, out: usize): void {
  const means = f64x2.splat(mean);
  const end = out + ((<usize>length) << 3);
  for (; out + 16 <= end; out += 16, x += 16) v128.store(out, f64x2.sub(v128.load(x), means));
  if (out < end) store<f64>(out, load<f64>(x) - mean);
}
