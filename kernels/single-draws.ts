import { CHUNK_BUFFER } from "./blocks";
import { maddSingle } from "./madd";
import { GROUP_BYTES } from "./threefry";

/**
 * Float32 draws: four numbers a block. Not the reference's: two uniforms of 31 and 32 bits make two normals, at most 6.66
 * in absolute value. In a group the vectors of words become vectors of draws, lane by lane.
 */

/** 2^-31, half of it, and ln 2. */
const UNIFORM_SCALE: f32 = 4.656612873077393e-10;
const LN2: f32 = 0.6931471805599453;

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

/** sqrt(-2 ln u) for u = (k + 1/2) 2^-31 with k the upper 31 bits of each word. */
// @ts-ignore: decorator
@inline
function radius(words: v128): v128 {
  const k = f32x4.convert_i32x4_s(i32x4.shr_u(words, 1));
  const u = maddSingle(k, f32x4.splat(UNIFORM_SCALE), f32x4.splat(0.5 * UNIFORM_SCALE));
  // The exponent field changes at sqrt(1/2), not at 1.
  const shifted = i32x4.add(u, i32x4.splat(0x3f800000 - 0x3f3504f3));
  const exponent = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_u(shifted, 23), i32x4.splat(127)));
  const mantissa = i32x4.add(v128.and(shifted, i32x4.splat(0x007fffff)), i32x4.splat(0x3f3504f3));
  const f = f32x4.sub(mantissa, f32x4.splat(1));
  const g = f32x4.mul(f, f);
  const first = maddSingle(at(LOG, 1), f, at(LOG, 0));
  const second = maddSingle(at(LOG, 3), f, at(LOG, 2));
  const third = maddSingle(at(LOG, 5), f, at(LOG, 4));
  const fourth = maddSingle(at(LOG, 7), f, at(LOG, 6));
  const high = maddSingle(maddSingle(at(LOG, 8), g, fourth), g, third);
  const series = maddSingle(maddSingle(high, g, second), g, first);
  const log = maddSingle(exponent, f32x4.splat(LN2), f32x4.mul(f, series));
  return f32x4.sqrt(f32x4.mul(f32x4.splat(-2), log));
}

/** Words to standard normals, in place. */
export function toSingleGaussians(groups: i32): void {
  const end = CHUNK_BUFFER + <usize>groups * GROUP_BYTES;
  for (let buffer = CHUNK_BUFFER; buffer < end; buffer += 32) {
    const length = radius(v128.load(buffer));
    const turns = v128.load(buffer, 16);
    // A turn is 2^32: quarters are rounded off in integers, at most an eighth is left.
    const quarters = i32x4.shr_s(i32x4.add(turns, i32x4.splat(1 << 29)), 30);
    const rest = i32x4.sub(turns, i32x4.shl(quarters, 30));
    const t = f32x4.mul(f32x4.convert_i32x4_s(rest), f32x4.splat(0.5 * UNIFORM_SCALE));
    const z = f32x4.mul(t, t);
    const sineHigh = maddSingle(maddSingle(at(SINE, 3), z, at(SINE, 2)), z, at(SINE, 1));
    const sine = f32x4.mul(t, maddSingle(sineHigh, z, at(SINE, 0)));
    const cosineHigh = maddSingle(maddSingle(at(COSINE, 3), z, at(COSINE, 2)), z, at(COSINE, 1));
    const cosine = maddSingle(maddSingle(cosineHigh, z, at(COSINE, 0)), z, f32x4.splat(1));
    const turned = i32x4.shr_s(i32x4.shl(quarters, 31), 31);
    const sign = i32x4.splat(i32.MIN_VALUE);
    const cosineSign = v128.and(i32x4.shl(i32x4.add(quarters, i32x4.splat(1)), 30), sign);
    const sineSign = v128.and(i32x4.shl(quarters, 30), sign);
    v128.store(buffer, f32x4.mul(length, v128.xor(v128.bitselect(sine, cosine, turned), cosineSign)));
    v128.store(buffer, f32x4.mul(length, v128.xor(v128.bitselect(cosine, sine, turned), sineSign)), 16);
  }
}

/** Words to uniforms on [-1, 1), in place. */
export function toSingleUniforms(groups: i32): void {
  const end = CHUNK_BUFFER + <usize>groups * GROUP_BYTES;
  for (let buffer = CHUNK_BUFFER; buffer < end; buffer += 16) {
    v128.store(buffer, f32x4.mul(f32x4.convert_i32x4_s(v128.load(buffer)), f32x4.splat(UNIFORM_SCALE)));
  }
}
