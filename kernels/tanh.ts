/**
 * tanh of src/numerics/elementary.ts, operation by operation, of two numbers side by side: bytes are equal, in the relaxed module
 * too, since no product is fused with a sum.
 */

/** 40, log2 e, 1/4, 1.5 * 2^52, ln 2 in two parts, 1/2, 1, 2, -0, -2; then the polynomial's even coefficients and its odd ones. */
const TANH = memory.data<f64>([
  40, 1.4426950408889634, 0.25, 6755399441055744, 0.6931471803691238, 1.9082149292705877e-10, 0.5, 1, 2, -0.0, -2,
  0.16666666666666666, 0.008333333333331099, 0.00019841269848916912, 2.7557375118933076e-6, 2.4863512907150836e-8,
  0.04166666666666641, 0.001388888888940246, 2.4801584513629276e-5, 2.7561140239854295e-7, 2.3897994657333198e-9,
]);

// @ts-ignore: decorator
@inline
function constant(index: i32): v128 {
  return v128.load64_splat(TANH + (<usize>index << 3));
}

/** coefficient + z * rest. */
// @ts-ignore: decorator
@inline
function term(z: v128, rest: v128, index: i32): v128 {
  return f64x2.add(constant(index), f64x2.mul(z, rest));
}

// @ts-ignore: decorator
@inline
export function tanhPair(x: v128): v128 {
  const size = f64x2.abs(x);
  const y = f64x2.pmin(f64x2.add(size, size), constant(0));
  const shifted = f64x2.add(f64x2.sub(f64x2.mul(y, constant(1)), constant(2)), constant(3));
  const k = f64x2.sub(shifted, constant(3));
  const r = f64x2.sub(f64x2.sub(y, f64x2.mul(k, constant(4))), f64x2.mul(k, constant(5)));
  const z = f64x2.mul(r, r);
  const even = term(z, term(z, term(z, term(z, constant(15), 14), 13), 12), 11);
  const odd = term(z, term(z, term(z, term(z, constant(20), 19), 18), 17), 16);
  const tail = f64x2.mul(z, f64x2.add(constant(6), f64x2.mul(r, f64x2.add(even, f64x2.mul(r, odd)))));
  // The low bits of the shifted number are k, so that the power of two is 1 with k added to its exponent.
  const power = i64x2.add(i64x2.shl(shifted, 52), constant(7));
  const t = f64x2.add(f64x2.mul(f64x2.add(r, tail), power), f64x2.sub(power, constant(7)));
  const quotient = f64x2.div(t, f64x2.add(t, constant(8)));
  const small = f64x2.add(size, f64x2.mul(constant(6), f64x2.sub(tail, f64x2.mul(t, quotient))));
  const result = v128.bitselect(small, quotient, f64x2.eq(k, f64x2.splat(0)));
  return v128.or(result, v128.and(x, constant(9)));
}

/** h = tanh z, first = 1 - h^2, second = -2 h first; h may be z; `first` or `second` may be 0: not wanted. */
export function activateTanh(length: i32, z: usize, h: usize, first: usize, second: usize): void {
  const bytes = <usize>length << 3;
  const paired = bytes & ~15;
  for (let at: usize = 0; at < paired; at += 16) {
    const value = tanhPair(v128.load(z + at));
    const slope = f64x2.sub(constant(7), f64x2.mul(value, value));
    v128.store(h + at, value);
    if (first) v128.store(first + at, slope);
    if (second) v128.store(second + at, f64x2.mul(constant(10), f64x2.mul(value, slope)));
  }
  if (paired < bytes) {
    const value = tanhPair(v128.load64_splat(z + paired));
    const slope = f64x2.sub(constant(7), f64x2.mul(value, value));
    v128.store64_lane(h + paired, value, 0);
    if (first) v128.store64_lane(first + paired, slope, 0);
    if (second) v128.store64_lane(second + paired, f64x2.mul(constant(10), f64x2.mul(value, slope)), 0);
  }
}
