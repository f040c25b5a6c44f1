import { maddDouble } from "../products/madd";

/** First byte that the host may use: above the constants of all kernels. */
export function heapBase(): usize {
  return __heap_base;
}

/** `rounds` multiply-adds on each of 12 independent f64x2 accumulators, in registers only: 48 * rounds operations. */
export function peakDouble(rounds: i32, factor: f64, term: f64): f64 {
  const a = f64x2.splat(factor);
  const b = f64x2.splat(term);
  let x0 = b,
    x1 = b,
    x2 = b,
    x3 = b,
    x4 = b,
    x5 = b,
    x6 = b,
    x7 = b,
    x8 = b,
    x9 = b,
    x10 = b,
    x11 = b;
  for (let i = 0; i < rounds; i++) {
    x0 = maddDouble(x0, a, b);
    x1 = maddDouble(x1, a, b);
    x2 = maddDouble(x2, a, b);
    x3 = maddDouble(x3, a, b);
    x4 = maddDouble(x4, a, b);
    x5 = maddDouble(x5, a, b);
    x6 = maddDouble(x6, a, b);
    x7 = maddDouble(x7, a, b);
    x8 = maddDouble(x8, a, b);
    x9 = maddDouble(x9, a, b);
    x10 = maddDouble(x10, a, b);
    x11 = maddDouble(x11, a, b);
  }
  const low = f64x2.add(f64x2.add(f64x2.add(x0, x1), f64x2.add(x2, x3)), f64x2.add(x4, x5));
  const high = f64x2.add(f64x2.add(f64x2.add(x6, x7), f64x2.add(x8, x9)), f64x2.add(x10, x11));
  const sum = f64x2.add(low, high);
  return f64x2.extract_lane(sum, 0) + f64x2.extract_lane(sum, 1);
}
