/**
 * Float64 by integers: a number is its 64 bits, `vec2<u32>(low word, high word)`, as it lies in memory. WGSL promises exact
 * integers, and of floats no more than a relative error: it lets a device reassociate sums where that is no worse, fuse, round to
 * either neighbour, and take infinities, NaN and what is below 2^-126 for something else, so that no two-sum of float32 can be relied
 * upon. The results are those of IEEE 754, rounded to nearest, ties to even, with gradual underflow: the CPU's bytes.
 *
 * - `fn widen(x: f32) -> vec2<u32>`, exact; what is below 2^-126 gives 0.
 * - `fn narrow(a: vec2<u32>) -> f32`, rounded once; what is below 2^-126 gives 0, what is beyond float32 its largest number.
 * - `fn add64(a, b) -> vec2<u32>`, `fn negated64(a) -> vec2<u32>`. Every NaN is the quiet one.
 *
 * Cost: some 90 integer operations a sum.
 */
export const float64Shader = `
const SIGN64 = 0x80000000u;
const HIDDEN64 = 0x00100000u;
const NAN64 = vec2<u32>(0u, 0x7ff80000u);
const INFINITY64 = 0x7ff00000u;

fn widen(x: f32) -> vec2<u32> {
  let bits = bitcast<u32>(x);
  let exponent = (bits >> 23u) & 0xffu;
  let sign = bits & SIGN64;
  if (exponent == 0u) { return vec2<u32>(0u, sign); }
  let fraction = bits & 0x7fffffu;
  if (exponent == 255u) { return select(NAN64, vec2<u32>(0u, sign | INFINITY64), fraction == 0u); }
  return vec2<u32>(fraction << 29u, sign | ((exponent + 896u) << 20u) | (fraction >> 3u));
}

fn narrow(a: vec2<u32>) -> f32 {
  let exponent = i32((a.y >> 20u) & 0x7ffu) - 896;
  let sign = a.y & SIGN64;
  if (exponent <= 0) { return 0.0; }
  if (exponent >= 255) { return bitcast<f32>(sign | 0x7f7fffffu); }
  let kept = (u32(exponent) << 23u) | ((a.y & 0xfffffu) << 3u) | (a.x >> 29u);
  let rest = a.x & 0x1fffffffu;
  let isUp = rest > 0x10000000u || (rest == 0x10000000u && (kept & 1u) == 1u);
  return bitcast<f32>(sign | min(kept + select(0u, 1u, isUp), 0x7f7fffffu));
}

fn negated64(a: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x, a.y ^ SIGN64);
}

fn isNan64(a: vec2<u32>) -> bool {
  let size = a.y & 0x7fffffffu;
  return size > INFINITY64 || (size == INFINITY64 && a.x != 0u);
}

// Whole numbers of 64 bits.

fn sumOf(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let low = a.x + b.x;
  return vec2<u32>(low, a.y + b.y + select(0u, 1u, low < a.x));
}

fn differenceOf(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  return vec2<u32>(a.x - b.x, a.y - b.y - select(0u, 1u, a.x < b.x));
}

fn isBelow(a: vec2<u32>, b: vec2<u32>) -> bool {
  return a.y < b.y || (a.y == b.y && a.x < b.x);
}

// By 0 to 63 places.
fn shiftedLeft(a: vec2<u32>, places: u32) -> vec2<u32> {
  if (places == 0u) { return a; }
  if (places >= 32u) { return vec2<u32>(0u, a.x << (places - 32u)); }
  return vec2<u32>(a.x << places, (a.y << places) | (a.x >> (32u - places)));
}

// By any number of places; the last bit is 1 where a 1 was shifted out.
fn shiftedRight(a: vec2<u32>, places: u32) -> vec2<u32> {
  if (places == 0u) { return a; }
  if (places >= 64u) { return vec2<u32>(select(0u, 1u, (a.x | a.y) != 0u), 0u); }
  if (places >= 32u) {
    let by = places - 32u;
    let lost = select(a.x | (a.y << ((32u - by) & 31u)), a.x, by == 0u);
    return vec2<u32>((a.y >> by) | select(0u, 1u, lost != 0u), 0u);
  }
  let lost = a.x << (32u - places);
  return vec2<u32>((a.x >> places) | (a.y << (32u - places)) | select(0u, 1u, lost != 0u), a.y >> places);
}

fn leadingZeros(a: vec2<u32>) -> u32 {
  return select(countLeadingZeros(a.y), 32u + countLeadingZeros(a.x), a.y == 0u);
}

// Exponent field of what is below 2^-1022 counted as 1, the significand with its hidden bit.
fn exponentOf(a: vec2<u32>) -> i32 {
  return max(1, i32((a.y >> 20u) & 0x7ffu));
}
fn significandOf(a: vec2<u32>) -> vec2<u32> {
  let hidden = select(HIDDEN64, 0u, (a.y & INFINITY64) == 0u);
  return vec2<u32>(a.x, (a.y & 0xfffffu) | hidden);
}

/* The number significand * 2^(exponent - 1023 - 62) of a significand whose leading bit is bit 62 (or 0), rounded. */
fn rounded64(sign: u32, exponent: i32, significand: vec2<u32>) -> vec2<u32> {
  var field = exponent;
  var rest = significand;
  if (field <= 0) {
    rest = shiftedRight(rest, u32(min(1 - field, 100)));
    field = 1;
  }
  let tail = rest.x & 0x3ffu;
  var kept = vec2<u32>((rest.x >> 10u) | (rest.y << 22u), rest.y >> 10u);
  if (tail > 0x200u || (tail == 0x200u && (kept.x & 1u) == 1u)) { kept = sumOf(kept, vec2<u32>(1u, 0u)); }
  // the hidden bit, where there is one, counts the field up
  let high = kept.y + (u32(field - 1) << 20u);
  if (field > 2046 || high >= INFINITY64) { return vec2<u32>(0u, sign | INFINITY64); }
  return vec2<u32>(kept.x, sign | high);
}

// The same of any significand.
fn normalised64(sign: u32, exponent: i32, significand: vec2<u32>) -> vec2<u32> {
  let zeros = leadingZeros(significand);
  if (zeros == 64u) { return vec2<u32>(0u, sign); }
  if (zeros == 0u) { return rounded64(sign, exponent + 1, shiftedRight(significand, 1u)); }
  return rounded64(sign, exponent - i32(zeros - 1u), shiftedLeft(significand, zeros - 1u));
}

fn add64(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
  let isInfiniteA = (a.y & INFINITY64) == INFINITY64;
  let isInfiniteB = (b.y & INFINITY64) == INFINITY64;
  if (isInfiniteA || isInfiniteB) {
    if (isNan64(a) || isNan64(b) || (isInfiniteA && isInfiniteB && a.y != b.y)) { return NAN64; }
    return select(b, a, isInfiniteA);
  }
  let isSwapped = isBelow(vec2<u32>(a.x, a.y & 0x7fffffffu), vec2<u32>(b.x, b.y & 0x7fffffffu));
  let large = select(a, b, isSwapped);
  let small = select(b, a, isSwapped);
  let exponent = exponentOf(large);
  let significand = shiftedLeft(significandOf(large), 9u);
  let aligned = shiftedRight(shiftedLeft(significandOf(small), 9u), u32(exponent - exponentOf(small)));
  let sign = large.y & SIGN64;
  if (((a.y ^ b.y) & SIGN64) == 0u) { return normalised64(sign, exponent + 1, sumOf(significand, aligned)); }
  let difference = differenceOf(significand, aligned);
  if ((difference.x | difference.y) == 0u) { return vec2<u32>(0u, 0u); }
  return normalised64(sign, exponent + 1, difference);
}
`;
