/**
 * Logarithm and exponential of src/numerics/elementary.ts, operation by operation, of one number or of two
 * side by side: bytes are equal. Coefficients come from memory, because V8 builds a vector constant in three instructions
 * wherever it is used.
 */

/** ln 2 in two parts, then the coefficients of the logarithm: even powers, odd powers; 1, 2, 1/2. */
const LOG = memory.data<f64>([
  0.6931471803691238, 1.9082149292705877e-10, 0.3999999999940942, 0.22222198432149784, 0.15313837699209373,
  0.6666666666666735, 0.2857142874366239, 0.1818357216161805, 0.14798198605116586, 1, 2, 0.5, 4503599627371519,
]);

/** 1 - sqrt(1/2) in units of the exponent field, the mantissa, sqrt(1/2), and the exponent field of 2^52. */
const LOG_BITS = memory.data<u64>([0x00095f6200000000, 0x000fffffffffffff, 0x3fe6a09e00000000, 0x4330000000000000]);

/** Natural logarithm of two positive, finite, normal numbers. */
// @ts-ignore: decorator
@inline
export function logOfNormalPair(x: v128): v128 {
  const shifted = i64x2.add(x, v128.load64_splat(LOG_BITS, 0));
  const biased = v128.or(i64x2.shr_u(shifted, 52), v128.load64_splat(LOG_BITS, 24));
  const k = f64x2.sub(biased, v128.load64_splat(LOG, 96));
  const mantissa = i64x2.add(v128.and(shifted, v128.load64_splat(LOG_BITS, 8)), v128.load64_splat(LOG_BITS, 16));
  const f = f64x2.sub(mantissa, v128.load64_splat(LOG, 72));
  const s = f64x2.div(f, f64x2.add(v128.load64_splat(LOG, 80), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  const even = f64x2.mul(w, term(w, term(w, v128.load64_splat(LOG, 32), LOG, 24), LOG, 16));
  const odd = f64x2.mul(z, term(w, term(w, term(w, v128.load64_splat(LOG, 64), LOG, 56), LOG, 48), LOG, 40));
  const halfSquare = f64x2.mul(f64x2.mul(v128.load64_splat(LOG, 88), f), f);
  const tail = f64x2.add(
    f64x2.mul(s, f64x2.add(halfSquare, f64x2.add(even, odd))),
    f64x2.mul(k, v128.load64_splat(LOG, 8)),
  );
  return f64x2.sub(f64x2.mul(k, v128.load64_splat(LOG, 0)), f64x2.sub(f64x2.sub(halfSquare, tail), f));
}

/** coefficient + x * rest: one step of Horner's scheme. */
// @ts-ignore: decorator
@inline
function term(x: v128, rest: v128, table: usize, offset: usize): v128 {
  return f64x2.add(f64x2.splat(load<f64>(table + offset)), f64x2.mul(x, rest));
}

/** Natural logarithm: 0 gives -Infinity; negative numbers and NaN give NaN. */
export function log(x: f64): f64 {
  if (!(x >= 2.2250738585072014e-308 && x < Infinity)) return logOfUnusual(x);
  return f64x2.extract_lane(logOfNormalPair(f64x2.splat(x)), 0);
}

function logOfUnusual(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (x > 0 && x < Infinity) {
    const normal = f64x2.splat(x * 18014398509481984.0);
    const scaled = f64x2.extract_lane(logOfNormalPair(normal), 0);
    return scaled - 54 * load<f64>(LOG) - 54 * load<f64>(LOG, 8);
  }
  return x > 0 ? Infinity : NaN;
}

/** Natural logarithm of any two numbers. */
export function logPair(x: v128): v128 {
  const least = f64x2.ge(x, f64x2.splat(2.2250738585072014e-308));
  if (i64x2.all_true(v128.and(least, f64x2.lt(x, f64x2.splat(Infinity))))) return logOfNormalPair(x);
  return f64x2(log(f64x2.extract_lane(x, 0)), log(f64x2.extract_lane(x, 1)));
}

/** log2 e, 1.5 * 2^52 (added and taken away it rounds to an integer and leaves that in the low bits), the rest as named. */
const EXP = memory.data<f64>([
  1.4426950408889634, 6755399441055744, 0.5, 0.6931471803691238, 1.9082149292705877e-10, 0.16666666666666602,
  -0.0027777777777015593, 6.613756321437934e-5, -1.6533902205465252e-6, 4.1381367970572385e-8, 1, 2,
]);

/** Exponential of two numbers in [-707, 709], where the power of two and the result are normal. */
// @ts-ignore: decorator
@inline
export function expOfModeratePair(x: v128): v128 {
  const half = v128.or(v128.and(x, f64x2.splat(-0.0)), v128.load64_splat(EXP, 16));
  const whole = f64x2.trunc(f64x2.add(f64x2.mul(x, v128.load64_splat(EXP, 0)), half));
  const bits = f64x2.add(whole, v128.load64_splat(EXP, 8));
  const k = f64x2.sub(bits, v128.load64_splat(EXP, 8));
  const y = reducedExp(
    f64x2.sub(x, f64x2.mul(k, v128.load64_splat(EXP, 24))),
    f64x2.mul(k, v128.load64_splat(EXP, 32)),
  );
  return f64x2.mul(y, i64x2.add(i64x2.shl(bits, 52), v128.load64_splat(EXP, 80)));
}

/** exp(high - low) for a difference of at most ln 2 / 2. */
// @ts-ignore: decorator
@inline
function reducedExp(high: v128, low: v128): v128 {
  const r = f64x2.sub(high, low);
  const z = f64x2.mul(r, r);
  const inner = term(z, term(z, term(z, v128.load64_splat(EXP, 72), EXP, 64), EXP, 56), EXP, 48);
  const c = f64x2.sub(r, f64x2.mul(z, term(z, inner, EXP, 40)));
  const ratio = f64x2.div(f64x2.mul(r, c), f64x2.sub(v128.load64_splat(EXP, 88), c));
  return f64x2.add(v128.load64_splat(EXP, 80), f64x2.add(f64x2.sub(ratio, low), high));
}

/** Exponential: Infinity above 709.78, 0 below -745.13, gradual underflow before that; NaN gives NaN. */
export function exp(x: f64): f64 {
  if (x >= -707 && x <= 709) return f64x2.extract_lane(expOfModeratePair(f64x2.splat(x)), 0);
  if (!(x <= 709.782712893384)) return x > 0 ? Infinity : NaN;
  if (x < -745.1332191019412) return 0;
  const k = <i32>(x * load<f64>(EXP) + (x < 0 ? -0.5 : 0.5));
  const high = x - <f64>k * load<f64>(EXP, 24);
  const low = <f64>k * load<f64>(EXP, 32);
  const y = f64x2.extract_lane(reducedExp(f64x2.splat(high), f64x2.splat(low)), 0);
  if (k < -1021) return y * powerOfTwo(k + 1000) * 9.332636185032189e-302;
  if (k > 1023) return y * 2 * powerOfTwo(k - 1);
  return y * powerOfTwo(k);
}

function powerOfTwo(k: i32): f64 {
  return reinterpret<f64>((<u64>(k + 0x3ff)) << 52);
}

/** Exponential of any two numbers. */
export function expPair(x: v128): v128 {
  const above = f64x2.ge(x, f64x2.splat(-707));
  if (i64x2.all_true(v128.and(above, f64x2.le(x, f64x2.splat(709))))) return expOfModeratePair(x);
  return f64x2(exp(f64x2.extract_lane(x, 0)), exp(f64x2.extract_lane(x, 1)));
}
