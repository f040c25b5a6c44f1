/**
 * tanh of src/numerics/elementary.ts, operation by operation, of two numbers side by side: bytes are equal, in the relaxed module
 * too, since no product is fused with a sum.
 *
 * The operations of one pair depend on each other from first to last, and a processor holds too few of them ready to overlap
 * several pairs. So they run in three passes over a block, short chains with what they hand on in memory.
 */

/** Bytes of a block: its three buffers and the arrays stay in the nearest cache. */
const BLOCK: usize = 1024;
/** r = 2|x| - k ln 2; 2^k, whose bits say k; e^r - 1 - r. */
const REST = memory.data(1024, 16);
const POWER = memory.data(1024, 16);
const TAIL = memory.data(1024, 16);

/** 40, log2 e, 1/4, 1.5 * 2^52, ln 2 in two parts, 1/2, 1, -2, -0; then the polynomial's even coefficients and its odd ones. */
const TANH = memory.data<f64>([
  40, 1.4426950408889634, 0.25, 6755399441055744, 0.6931471803691238, 1.9082149292705877e-10, 0.5, 1, -2, -0.0,
  0.16666666666666666, 0.008333333333331099, 0.00019841269848916912, 2.7557375118933076e-6, 2.4863512907150836e-8,
  0.04166666666666641, 0.001388888888940246, 2.4801584513629276e-5, 2.7561140239854295e-7, 2.3897994657333198e-9,
]);

// @ts-ignore: decorator
@inline
function constant(index: i32): v128 {
  return v128.load64_splat(TANH + ((<usize>index) << 3));
}

/** h = tanh z, first = 1 - h^2, second = -2 h first; h may be z; `first` or `second` may be 0: not wanted. */
export function activateTanh(length: i32, z: usize, h: usize, first: usize, second: usize): void {
  const bytes = (<usize>length) << 3;
  for (let from: usize = 0; from < bytes; from += BLOCK) {
    const end = min(BLOCK, bytes - from);
    reduce(z + from, end);
    expand(end);
    combine(z + from, h + from, first ? first + from : 0, second ? second + from : 0, end);
  }
}

/** The numbers at `at` and after it; the last one of an odd length stands for both. */
// @ts-ignore: decorator
@inline
function loadPair(array: usize, at: usize, end: usize): v128 {
  return at + 16 <= end ? v128.load(array + at) : v128.load64_splat(array + at);
}

// @ts-ignore: decorator
@inline
function storePair(array: usize, at: usize, end: usize, value: v128): void {
  if (at + 16 <= end) v128.store(array + at, value);
  else v128.store64_lane(array + at, value, 0);
}

function reduce(z: usize, end: usize): void {
  for (let at: usize = 0; at < end; at += 16) {
    const x = loadPair(z, at, end);
    const y = f64x2.pmin(f64x2.abs(f64x2.add(x, x)), constant(0));
    const shifted = f64x2.add(f64x2.sub(f64x2.mul(y, constant(1)), constant(2)), constant(3));
    const k = f64x2.sub(shifted, constant(3));
    const rest = f64x2.sub(f64x2.sub(y, f64x2.mul(k, constant(4))), f64x2.mul(k, constant(5)));
    v128.store(REST + at, rest);
    // The low bits of the shifted number are k: the power of two is 1 with k added to its exponent.
    v128.store(POWER + at, i64x2.add(i64x2.shl(shifted, 52), constant(7)));
  }
}

/** c[i] + z c[i + 1] + w (c[i + 2] + z c[i + 3] + w c[i + 4]). */
// @ts-ignore: decorator
@inline
function polynomial(z: v128, w: v128, index: i32): v128 {
  const low = f64x2.add(constant(index), f64x2.mul(z, constant(index + 1)));
  const middle = f64x2.add(constant(index + 2), f64x2.mul(z, constant(index + 3)));
  return f64x2.add(low, f64x2.mul(w, f64x2.add(middle, f64x2.mul(w, constant(index + 4)))));
}

function expand(end: usize): void {
  for (let at: usize = 0; at < end; at += 16) {
    const r = v128.load(REST + at);
    const z = f64x2.mul(r, r);
    const w = f64x2.mul(z, z);
    const series = f64x2.add(polynomial(z, w, 10), f64x2.mul(r, polynomial(z, w, 15)));
    v128.store(TAIL + at, f64x2.add(f64x2.mul(constant(6), z), f64x2.mul(f64x2.mul(r, z), series)));
  }
}

function combine(z: usize, h: usize, first: usize, second: usize, end: usize): void {
  const one = constant(7);
  for (let at: usize = 0; at < end; at += 16) {
    const x = loadPair(z, at, end);
    const size = f64x2.abs(x);
    const power = v128.load(POWER + at);
    const tail = v128.load(TAIL + at);
    const p = f64x2.add(v128.load(REST + at), tail);
    const scaled = f64x2.mul(p, power);
    const isSmall = f64x2.eq(power, one);
    const small = f64x2.sub(tail, f64x2.mul(size, p));
    const numerator = v128.bitselect(small, f64x2.add(scaled, f64x2.sub(power, one)), isSmall);
    const quotient = f64x2.div(numerator, f64x2.add(scaled, f64x2.add(power, one)));
    const positive = f64x2.add(v128.and(size, isSmall), quotient);
    const value = v128.or(positive, v128.and(x, constant(9)));
    const slope = f64x2.sub(one, f64x2.mul(value, value));
    storePair(h, at, end, value);
    if (first) storePair(first, at, end, slope);
    if (second) storePair(second, at, end, f64x2.mul(constant(8), f64x2.mul(value, slope)));
  }
}
