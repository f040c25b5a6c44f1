import { float64Shader } from "./float64-shader.ts";

/**
 * More of float64 by integers, IEEE 754's bytes like `float64Shader`, which this contains: `fn multiply64(a, b)`, `fn divide64(a, b)`,
 * `fn root64(a)`, each giving `vec2<u32>`; `fn subtract64(a, b)`; `fn isLess64(a, b) -> bool`, false for NaN; `fn size64(a)`, the absolute
 * value. Cost in integer operations: a product some 110, a quotient 700, a root 900.
 */
export const float64Products = `${float64Shader}
fn subtract64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return add64(a, negated64(b));
}

fn size64(a: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x, a.y & 0x7fffffffu);
}

fn isZero64(a: vec2<u32>) -> bool {
  return (a.x | (a.y & 0x7fffffffu)) == 0u;
}

fn isLess64(a: vec2<u32>, b: vec2<u32>) -> bool {
  if (isNan64(a) || isNan64(b) || (isZero64(a) && isZero64(b))) { return false; }
  let isNegativeA = (a.y & SIGN64) != 0u;
  let isNegativeB = (b.y & SIGN64) != 0u;
  if (isNegativeA != isNegativeB) { return isNegativeA; }
  return select(isBelow(a, b), isBelow(b, a), isNegativeA);
}

// The 64 bits of a product of words.
fn wideProduct(a: u32, b: u32) -> vec2<u32> {
  let low = (a & 0xffffu) * (b & 0xffffu);
  let middle = (a & 0xffffu) * (b >> 16u) + (low >> 16u);
  let other = (a >> 16u) * (b & 0xffffu) + (middle & 0xffffu);
  return vec2<u32>((other << 16u) | (low & 0xffffu), (a >> 16u) * (b >> 16u) + (middle >> 16u) + (other >> 16u));
}

// The upper 64 bits of a product of 128; the last is 1 where a lower one is.
fn upperProduct(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = wideProduct(a.x, b.x);
  let first = sumOf(wideProduct(a.x, b.y), vec2<u32>(low.y, 0u));
  let second = sumOf(wideProduct(a.y, b.x), vec2<u32>(first.x, 0u));
  let upper = sumOf(sumOf(wideProduct(a.y, b.y), vec2<u32>(first.y, 0u)), vec2<u32>(second.y, 0u));
  return vec2<u32>(upper.x | select(0u, 1u, (low.x | second.x) != 0u), upper.y);
}

// How far a significand is from having its leading bit at 52.
fn shortfall(significand: vec2<u32>) -> u32 {
  return leadingZeros(significand) - 11u;
}

fn multiply64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let sign = (a.y ^ b.y) & SIGN64;
  if ((a.y & INFINITY64) == INFINITY64 || (b.y & INFINITY64) == INFINITY64) {
    if (isNan64(a) || isNan64(b) || isZero64(a) || isZero64(b)) { return NAN64; }
    return vec2<u32>(0u, sign | INFINITY64);
  }
  if (isZero64(a) || isZero64(b)) { return vec2<u32>(0u, sign); }
  let significandA = significandOf(a);
  let significandB = significandOf(b);
  let byA = shortfall(significandA);
  let byB = shortfall(significandB);
  let product = upperProduct(shiftedLeft(significandA, byA + 10u), shiftedLeft(significandB, byB + 11u));
  return normalised64(sign, exponentOf(a) + exponentOf(b) - i32(byA + byB) - 1022, product);
}

fn divide64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let sign = (a.y ^ b.y) & SIGN64;
  let isInfiniteA = (a.y & INFINITY64) == INFINITY64;
  let isInfiniteB = (b.y & INFINITY64) == INFINITY64;
  if (isNan64(a) || isNan64(b) || (isInfiniteA && isInfiniteB) || (isZero64(a) && isZero64(b))) { return NAN64; }
  if (isInfiniteA || isZero64(b)) { return vec2<u32>(0u, sign | INFINITY64); }
  if (isInfiniteB || isZero64(a)) { return vec2<u32>(0u, sign); }
  let byA = shortfall(significandOf(a));
  let byB = shortfall(significandOf(b));
  var rest = shiftedLeft(significandOf(a), byA);
  let divisor = shiftedLeft(significandOf(b), byB);
  var quotient = vec2<u32>(0u, 0u);
  for (var bit = 0u; bit < 55u; bit++) {
    quotient = vec2<u32>(quotient.x << 1u, (quotient.y << 1u) | (quotient.x >> 31u));
    if (!isBelow(rest, divisor)) {
      rest = differenceOf(rest, divisor);
      quotient.x |= 1u;
    }
    rest = vec2<u32>(rest.x << 1u, (rest.y << 1u) | (rest.x >> 31u));
  }
  quotient = shiftedLeft(quotient, 8u);
  quotient.x |= select(0u, 1u, (rest.x | rest.y) != 0u);
  return normalised64(sign, exponentOf(a) - exponentOf(b) - i32(byA) + i32(byB) + 1023, quotient);
}

fn root64(a: vec2<u32>) -> vec2<u32> {
  if (isZero64(a) || isNan64(a)) { return select(a, NAN64, isNan64(a)); }
  if ((a.y & SIGN64) != 0u) { return NAN64; }
  if ((a.y & INFINITY64) == INFINITY64) { return a; }
  let by = shortfall(significandOf(a));
  let exponent = exponentOf(a) - i32(by) - 1023;
  let isOdd = (exponent & 1) == 1;
  // the radicand, its leading bits first
  var radicand = shiftedLeft(significandOf(a), by + select(10u, 11u, isOdd));
  var rest = vec2<u32>(0u, 0u);
  var root = vec2<u32>(0u, 0u);
  for (var bit = 0u; bit < 55u; bit++) {
    rest = vec2<u32>((rest.x << 2u) | (radicand.y >> 30u), (rest.y << 2u) | (rest.x >> 30u));
    radicand = vec2<u32>(radicand.x << 2u, (radicand.y << 2u) | (radicand.x >> 30u));
    let trial = vec2<u32>((root.x << 2u) | 1u, (root.y << 2u) | (root.x >> 30u));
    root = vec2<u32>(root.x << 1u, (root.y << 1u) | (root.x >> 31u));
    if (!isBelow(rest, trial)) {
      rest = differenceOf(rest, trial);
      root.x |= 1u;
    }
  }
  root = shiftedLeft(root, 8u);
  root.x |= select(0u, 1u, (rest.x | rest.y) != 0u);
  return normalised64(0u, ((exponent - select(0, 1, isOdd)) >> 1u) + 1023, root);
}
`;
