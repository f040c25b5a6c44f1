import { GROUP_BYTES } from "./threefry";

/**
 * Blocks to uniforms and to standard normals, byte for byte those of src/numerics/random.ts, whose elementary functions are
 * said here once more: all coefficients are taken into variables before the loop, because V8 spills a coefficient that is
 * loaded inside a loop before it uses it, and builds a vector constant in three instructions wherever it is used. Radius and
 * angle have a loop each, and each takes two groups, because the processor looks ahead by little more than one turn of a loop:
 * four polynomials side by side are what hides the time of one. The square root is taken beside the angle's polynomials,
 * where nothing waits for it.
 */

/** 2^52 in the exponent's place, all of the mantissa's places, and what the logarithm needs of sqrt(1/2) as bits. */
const BITS = memory.data<u64>([
  0x3ff0000000000000, 0x00095f6200000000, 0x4330000000000000, 0x000fffffffffffff, 0x3fe6a09e00000000, 1,
]);

/** 1 - 2^-53, 2^52 + 1023, ln 2 in two parts, even coefficients of the logarithm, odd ones, 1, 2, 1/2, -2. */
const LOG = memory.data<f64>([
  0.9999999999999999, 4503599627371519, 0.6931471803691238, 1.9082149292705877e-10, 0.3999999999940942,
  0.22222198432149784, 0.15313837699209373, 0.6666666666666735, 0.2857142874366239, 0.1818357216161805,
  0.14798198605116586, 1, 2, 0.5, -2,
]);

/** 4, 1/4, 1.5 * 2^52, -0, 1, 2 pi in two parts, the sine's coefficients, the cosine's. */
const TURN = memory.data<f64>([
  4, 0.25, 6755399441055744, -0.0, 1, 6.283185307179586, 2.4492935982947064e-16, -41.34170224039976, 81.60524927607504,
  -76.70585975304292, 42.0586939378057, -15.094641279579799, 3.8198307439800163, -0.7124440626783193,
  19.739208802178716, 64.9393940226683, -85.45681720668455, 60.24464136502278, -26.426254911246687, 7.903305164742355,
  -1.7012215232036352,
]);

// @ts-ignore: decorator
@inline
function at(table: usize, index: usize): v128 {
  return v128.load64_splat(table + 8 * index);
}

/** coefficient + x * rest: one step of Horner's scheme. */
// @ts-ignore: decorator
@inline
function term(coefficient: v128, x: v128, rest: v128): v128 {
  return f64x2.add(coefficient, f64x2.mul(x, rest));
}

/** Of two blocks the 64 bits that begin with the high word; the words of four blocks come in vectors. */
// @ts-ignore: decorator
@inline
function lowBlocks(high: v128, low: v128): v128 {
  return v128.shuffle<i32>(low, high, 0, 4, 1, 5);
}

// @ts-ignore: decorator
@inline
function highBlocks(high: v128, low: v128): v128 {
  return v128.shuffle<i32>(low, high, 2, 6, 3, 7);
}

/** Two uniforms on (0, 1), odd multiples of 2^-53: the upper 52 bits as the mantissa of a number from 1 on. */
// @ts-ignore: decorator
@inline
function uniforms(words: v128, one: v128, almostOne: v128): v128 {
  return f64x2.sub(v128.or(i64x2.shr_u(words, 12), one), almostOne);
}

/**
 * Blocks to standard normals, in place. Of blocks a, b, c, d of a group: [a's first, b's first], [a's second, b's second],
 * [c's first, d's first], [c's second, d's second]. An odd last group has its neighbour overwritten too.
 */
export function toGaussians(buffer: usize, groups: i32): void {
  toSquares(buffer, groups);
  toCartesian(buffer, groups);
}

/** -2 ln u of each block's first uniform, which is the squared radius, in the place of its words. */
function toSquares(buffer: usize, groups: i32): void {
  const oneBits = at(BITS, 0);
  const toHalf = at(BITS, 1);
  const exponentBits = at(BITS, 2);
  const mantissaBits = at(BITS, 3);
  const rootHalf = at(BITS, 4);
  const almostOne = at(LOG, 0);
  const bias = at(LOG, 1);
  const ln2High = at(LOG, 2);
  const ln2Low = at(LOG, 3);
  const e0 = at(LOG, 4);
  const e1 = at(LOG, 5);
  const e2 = at(LOG, 6);
  const o0 = at(LOG, 7);
  const o1 = at(LOG, 8);
  const o2 = at(LOG, 9);
  const o3 = at(LOG, 10);
  const one = at(LOG, 11);
  const two = at(LOG, 12);
  const half = at(LOG, 13);
  const minusTwo = at(LOG, 14);
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let group = buffer; group < end; group += 2 * GROUP_BYTES) {
    const high = v128.load(group);
    const low = v128.load(group, 16);
    const nextHigh = v128.load(group, 64);
    const nextLow = v128.load(group, 80);
    const a = squares(lowBlocks(high, low),
      oneBits, toHalf, exponentBits, mantissaBits, rootHalf, almostOne, bias, ln2High, ln2Low, e0, e1, e2, o0, o1, o2,
      o3, one, two, half, minusTwo,
    );
    const b = squares(highBlocks(high, low),
      oneBits, toHalf, exponentBits, mantissaBits, rootHalf, almostOne, bias, ln2High, ln2Low, e0, e1, e2, o0, o1, o2,
      o3, one, two, half, minusTwo,
    );
    const c = squares(lowBlocks(nextHigh, nextLow),
      oneBits, toHalf, exponentBits, mantissaBits, rootHalf, almostOne, bias, ln2High, ln2Low, e0, e1, e2, o0, o1, o2,
      o3, one, two, half, minusTwo,
    );
    const d = squares(highBlocks(nextHigh, nextLow),
      oneBits, toHalf, exponentBits, mantissaBits, rootHalf, almostOne, bias, ln2High, ln2Low, e0, e1, e2, o0, o1, o2,
      o3, one, two, half, minusTwo,
    );
    v128.store(group, a);
    v128.store(group, b, 16);
    v128.store(group, c, 64);
    v128.store(group, d, 80);
  }
}

/** -2 ln u, `logOfNormalPair` of elementary.ts in it. */
// @ts-ignore: decorator
@inline
function squares(
  words: v128,
  oneBits: v128, toHalf: v128, exponentBits: v128, mantissaBits: v128, rootHalf: v128, almostOne: v128, bias: v128,
  ln2High: v128, ln2Low: v128, e0: v128, e1: v128, e2: v128, o0: v128, o1: v128, o2: v128, o3: v128, one: v128, two:
  v128, half: v128, minusTwo: v128,
): v128 {
  const shifted = i64x2.add(uniforms(words, oneBits, almostOne), toHalf);
  const k = f64x2.sub(v128.or(i64x2.shr_u(shifted, 52), exponentBits), bias);
  const f = f64x2.sub(i64x2.add(v128.and(shifted, mantissaBits), rootHalf), one);
  const s = f64x2.div(f, f64x2.add(two, f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(w, term(e0, w, term(e1, w, e2)));
  const odd = f64x2.mul(z, term(o0, w, term(o1, w, term(o2, w, o3))));
  const halfSquare = f64x2.mul(f64x2.mul(half, f), f);
  const series = f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(even, odd)));
  const rest = f64x2.sub(f64x2.sub(halfSquare, f64x2.add(series, f64x2.mul(k, ln2Low))), f);
  return f64x2.mul(minusTwo, f64x2.sub(f64x2.mul(k, ln2High), rest));
}

/** Radius times cosine and sine of each block's second uniform, a turn; `cosSinTwoPi` of src/numerics/elementary.ts. */
function toCartesian(buffer: usize, groups: i32): void {
  const oneBits = at(BITS, 0);
  const lowBit = at(BITS, 5);
  const almostOne = at(LOG, 0);
  const four = at(TURN, 0);
  const quarter = at(TURN, 1);
  const rounding = at(TURN, 2);
  const sign = at(TURN, 3);
  const one = at(TURN, 4);
  const turnHigh = at(TURN, 5);
  const s0 = at(TURN, 6);
  const s1 = at(TURN, 7);
  const s2 = at(TURN, 8);
  const s3 = at(TURN, 9);
  const s4 = at(TURN, 10);
  const s5 = at(TURN, 11);
  const s6 = at(TURN, 12);
  const s7 = at(TURN, 13);
  const c0 = at(TURN, 14);
  const c1 = at(TURN, 15);
  const c2 = at(TURN, 16);
  const c3 = at(TURN, 17);
  const c4 = at(TURN, 18);
  const c5 = at(TURN, 19);
  const c6 = at(TURN, 20);
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let group = buffer; group < end; group += 2 * GROUP_BYTES) {
    const a = v128.load(group);
    const b = v128.load(group, 16);
    const high = v128.load(group, 32);
    const low = v128.load(group, 48);
    const c = v128.load(group, 64);
    const d = v128.load(group, 80);
    const nextHigh = v128.load(group, 96);
    const nextLow = v128.load(group, 112);
    place(group, a, lowBlocks(high, low),
      oneBits, lowBit, almostOne, four, quarter, rounding, sign, one, turnHigh, s0, s1, s2, s3, s4, s5, s6, s7, c0, c1,
      c2, c3, c4, c5, c6,
    );
    place(group + 32, b, highBlocks(high, low),
      oneBits, lowBit, almostOne, four, quarter, rounding, sign, one, turnHigh, s0, s1, s2, s3, s4, s5, s6, s7, c0, c1,
      c2, c3, c4, c5, c6,
    );
    place(group + 64, c, lowBlocks(nextHigh, nextLow),
      oneBits, lowBit, almostOne, four, quarter, rounding, sign, one, turnHigh, s0, s1, s2, s3, s4, s5, s6, s7, c0, c1,
      c2, c3, c4, c5, c6,
    );
    place(group + 96, d, highBlocks(nextHigh, nextLow),
      oneBits, lowBit, almostOne, four, quarter, rounding, sign, one, turnHigh, s0, s1, s2, s3, s4, s5, s6, s7, c0, c1,
      c2, c3, c4, c5, c6,
    );
  }
}

/** Cosines times radius to `to`, sines times radius behind them; the radius is given squared. */
// @ts-ignore: decorator
@inline
function place(
  to: usize,
  square: v128,
  words: v128,
  oneBits: v128, lowBit: v128, almostOne: v128, four: v128, quarter: v128, rounding: v128, sign: v128, one: v128,
  turnHigh: v128, s0: v128, s1: v128, s2: v128, s3: v128, s4: v128, s5: v128, s6: v128, s7: v128, c0: v128, c1: v128,
  c2: v128, c3: v128, c4: v128, c5: v128, c6: v128,
): void {
  const radius = f64x2.sqrt(square);
  const u = uniforms(words, oneBits, almostOne);
  // Rounded to whole quarters of a turn, which stand in the low bits: an odd multiple of 2^-53 never lies half-way.
  const quarters = f64x2.add(f64x2.mul(four, u), rounding);
  const t = f64x2.sub(u, f64x2.mul(quarter, f64x2.sub(quarters, rounding)));
  const z = f64x2.mul(t, t);
  const sineHigh = term(s3, z, term(s4, z, term(s5, z, term(s6, z, s7))));
  const sineRest = term(s0, z, term(s1, z, term(s2, z, sineHigh)));
  const sine = f64x2.add(f64x2.mul(t, turnHigh), f64x2.mul(t, sineRest));
  const cosineHigh = term(c3, z, term(c4, z, term(c5, z, c6)));
  const cosineRest = f64x2.sub(c0, f64x2.mul(z, term(c1, z, term(c2, z, cosineHigh))));
  const cosine = f64x2.sub(one, f64x2.mul(z, cosineRest));
  const first = v128.xor(cosine, v128.and(i64x2.shl(quarters, 62), sign));
  const second = v128.xor(sine, v128.and(i64x2.shl(i64x2.add(quarters, lowBit), 62), sign));
  // After an odd number of quarters they change places.
  const turned = i64x2.sub(i64x2.splat(0), v128.and(quarters, lowBit));
  const change = v128.and(v128.xor(first, second), turned);
  v128.store(to, f64x2.mul(radius, v128.xor(first, change)));
  v128.store(to, f64x2.mul(radius, v128.xor(second, change)), 16);
}

/** Blocks to uniforms, in place and in the order of `toGaussians`. */
export function toUniforms(buffer: usize, groups: i32): void {
  const one = at(BITS, 0);
  const almostOne = at(LOG, 0);
  const end = buffer + <usize>groups * GROUP_BYTES;
  for (let group = buffer; group < end; group += GROUP_BYTES) {
    const high1 = v128.load(group);
    const low1 = v128.load(group, 16);
    const high2 = v128.load(group, 32);
    const low2 = v128.load(group, 48);
    v128.store(group, uniforms(lowBlocks(high1, low1), one, almostOne));
    v128.store(group, uniforms(lowBlocks(high2, low2), one, almostOne), 16);
    v128.store(group, uniforms(highBlocks(high1, low1), one, almostOne), 32);
    v128.store(group, uniforms(highBlocks(high2, low2), one, almostOne), 48);
  }
}
