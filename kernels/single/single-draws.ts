import { CHUNK_BUFFER } from "../draws/blocks";
import { maddSingle } from "../products/madd";
import { GROUP_BYTES } from "../draws/threefry";

/**
 * Float32 draws: four numbers a block. Not the reference's: two uniforms of 31 and 32 bits make two normals, at most 6.66
 * in absolute value. In a group the vectors of words become vectors of draws, lane by lane. Loops are made as those of
 * gaussians.ts are, and for its reasons: constants in variables, radius and angle apart, two vectors side by side.
 */

/** 2^-31, half of it, 1, ln 2, -2. */
const FLOATS = memory.data<f32>([4.656612873077393e-10, 2.3283064365386963e-10, 1, 0.6931471805599453, -2]);

/** 1 less sqrt(1/2) as bits, the exponent's bias, all of the mantissa's places, sqrt(1/2), an eighth of a turn, 1, the sign. */
const BITS = memory.data<u32>([0x004afb0d, 127, 0x007fffff, 0x3f3504f3, 0x20000000, 1, 0x80000000]);

/** ln(1 + f) / f on [sqrt(1/2) - 1, sqrt(2) - 1], interpolated at Chebyshev nodes: relative error 3e-8. */
const LOG = memory.data<f32>([
  1, -0.49999997, 0.33334193, -0.25001353, 0.19955933, -0.16577993, 0.14977401, -0.14269258, 0.08533313,
]);

/** sin(2 pi t) / t and (cos(2 pi t) - 1) / t^2 in t^2, for |t| <= 1/8: errors 3e-9 and 2e-10. */
const SINE = memory.data<f32>([6.2831855, -41.341663, 81.592545, -75.40161]);
const COSINE = memory.data<f32>([-19.739208, 64.93937, -85.44882, 59.424107]);

// @ts-ignore: decorator
@inline
function at(table: usize, index: usize): v128 {
  return v128.load32_splat(table + 4 * index);
}

/** Words to standard normals, in place. */
export function toSingleGaussians(groups: i32): void {
  toSquares(groups);
  toCartesian(groups);
}

/** -2 ln u of each block's first word, which is the squared radius, in its place, and of its third. */
function toSquares(groups: i32): void {
  const scale = at(FLOATS, 0);
  const halfScale = at(FLOATS, 1);
  const one = at(FLOATS, 2);
  const ln2 = at(FLOATS, 3);
  const minusTwo = at(FLOATS, 4);
  const toHalf = at(BITS, 0);
  const bias = at(BITS, 1);
  const mantissaBits = at(BITS, 2);
  const rootHalf = at(BITS, 3);
  const l0 = at(LOG, 0);
  const l1 = at(LOG, 1);
  const l2 = at(LOG, 2);
  const l3 = at(LOG, 3);
  const l4 = at(LOG, 4);
  const l5 = at(LOG, 5);
  const l6 = at(LOG, 6);
  const l7 = at(LOG, 7);
  const l8 = at(LOG, 8);
  const end = CHUNK_BUFFER + <usize>groups * GROUP_BYTES;
  for (let group = CHUNK_BUFFER; group < end; group += GROUP_BYTES) {
    const a = squares(v128.load(group),
      scale, halfScale, toHalf, bias, mantissaBits, rootHalf, one, ln2, minusTwo, l0, l1, l2, l3, l4, l5, l6, l7, l8,
    );
    const b = squares(v128.load(group, 32),
      scale, halfScale, toHalf, bias, mantissaBits, rootHalf, one, ln2, minusTwo, l0, l1, l2, l3, l4, l5, l6, l7, l8,
    );
    v128.store(group, a);
    v128.store(group, b, 32);
  }
}

/** -2 ln u for u = (k + 1/2) 2^-31 with k the upper 31 bits of each word. */
// @ts-ignore: decorator
@inline
function squares(
  words: v128,
  scale: v128, halfScale: v128, toHalf: v128, bias: v128, mantissaBits: v128, rootHalf: v128, one: v128, ln2: v128,
  minusTwo: v128, l0: v128, l1: v128, l2: v128, l3: v128, l4: v128, l5: v128, l6: v128, l7: v128, l8: v128,
): v128 {
  const k = f32x4.convert_i32x4_s(i32x4.shr_u(words, 1));
  const u = maddSingle(k, scale, halfScale);
  // The exponent field changes at sqrt(1/2), not at 1.
  const shifted = i32x4.add(u, toHalf);
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(shifted, 23), bias));
  const mantissa = i32x4.add(v128.and(shifted, mantissaBits), rootHalf);
  const f = f32x4.sub(mantissa, one);
  const g = f32x4.mul(f, f);
  const first = maddSingle(l1, f, l0);
  const second = maddSingle(l3, f, l2);
  const third = maddSingle(l5, f, l4);
  const fourth = maddSingle(l7, f, l6);
  const high = maddSingle(maddSingle(l8, g, fourth), g, third);
  const series = maddSingle(maddSingle(high, g, second), g, first);
  const log = maddSingle(exponent, ln2, f32x4.mul(f, series));
  return f32x4.mul(minusTwo, log);
}

/** Radius times cosine and sine of each block's second and fourth word, a turn. */
function toCartesian(groups: i32): void {
  const halfScale = at(FLOATS, 1);
  const one = at(FLOATS, 2);
  const eighth = at(BITS, 4);
  const lowBit = at(BITS, 5);
  const sign = at(BITS, 6);
  const s0 = at(SINE, 0);
  const s1 = at(SINE, 1);
  const s2 = at(SINE, 2);
  const s3 = at(SINE, 3);
  const c0 = at(COSINE, 0);
  const c1 = at(COSINE, 1);
  const c2 = at(COSINE, 2);
  const c3 = at(COSINE, 3);
  const end = CHUNK_BUFFER + <usize>groups * GROUP_BYTES;
  for (let group = CHUNK_BUFFER; group < end; group += GROUP_BYTES) {
    const a = v128.load(group);
    const turnsOfA = v128.load(group, 16);
    const b = v128.load(group, 32);
    const turnsOfB = v128.load(group, 48);
    place(group, a, turnsOfA, halfScale, eighth, lowBit, sign, one, s0, s1, s2, s3, c0, c1, c2, c3);
    place(group + 32, b, turnsOfB, halfScale, eighth, lowBit, sign, one, s0, s1, s2, s3, c0, c1, c2, c3);
  }
}

/** Cosines times radius to `to`, sines times radius behind them; the radius is given squared, a turn is 2^32. */
// @ts-ignore: decorator
@inline
function place(
  to: usize,
  square: v128,
  turns: v128,
  halfScale: v128, eighth: v128, lowBit: v128, sign: v128, one: v128, s0: v128, s1: v128, s2: v128, s3: v128, c0: v128,
  c1: v128, c2: v128, c3: v128,
): void {
  const radius = f32x4.sqrt(square);
  // Quarters are rounded off in integers, at most an eighth is left.
  const quarters = i32x4.shr_s(i32x4.add(turns, eighth), 30);
  const rest = i32x4.sub(turns, i32x4.shl(quarters, 30));
  const t = f32x4.mul(f32x4.convert_i32x4_s(rest), halfScale);
  const z = f32x4.mul(t, t);
  const sineHigh = maddSingle(maddSingle(s3, z, s2), z, s1);
  const sine = f32x4.mul(t, maddSingle(sineHigh, z, s0));
  const cosineHigh = maddSingle(maddSingle(c3, z, c2), z, c1);
  const cosine = maddSingle(maddSingle(cosineHigh, z, c0), z, one);
  // After an odd number of quarters they change places.
  const turned = i32x4.shr_s(i32x4.shl(quarters, 31), 31);
  const change = v128.and(v128.xor(sine, cosine), turned);
  const cosineSign = v128.and(i32x4.shl(i32x4.add(quarters, lowBit), 30), sign);
  const sineSign = v128.and(i32x4.shl(quarters, 30), sign);
  v128.store(to, f32x4.mul(radius, v128.xor(v128.xor(cosine, change), cosineSign)));
  v128.store(to, f32x4.mul(radius, v128.xor(v128.xor(sine, change), sineSign)), 16);
}

/** Words to uniforms on [-1, 1), in place. */
export function toSingleUniforms(groups: i32): void {
  const scale = at(FLOATS, 0);
  const end = CHUNK_BUFFER + <usize>groups * GROUP_BYTES;
  for (let buffer = CHUNK_BUFFER; buffer < end; buffer += 16) {
    v128.store(buffer, f32x4.mul(f32x4.convert_i32x4_s(v128.load(buffer)), scale));
  }
}
