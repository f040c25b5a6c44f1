import { maddSingle } from "../products/madd";

/** `rounds` multiply-adds on each of 12 independent f32x4 accumulators, in registers only: 96 * rounds operations. */
export function peakSingle(rounds: i32, factor: f32, term: f32): f32 {
  const a = f32x4.splat(factor);
  const b = f32x4.splat(term);
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
    x0 = maddSingle(x0, a, b);
    x1 = maddSingle(x1, a, b);
    x2 = maddSingle(x2, a, b);
    x3 = maddSingle(x3, a, b);
    x4 = maddSingle(x4, a, b);
    x5 = maddSingle(x5, a, b);
    x6 = maddSingle(x6, a, b);
    x7 = maddSingle(x7, a, b);
    x8 = maddSingle(x8, a, b);
    x9 = maddSingle(x9, a, b);
    x10 = maddSingle(x10, a, b);
    x11 = maddSingle(x11, a, b);
  }
  const low = f32x4.add(f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)), f32x4.add(x4, x5));
  const high = f32x4.add(f32x4.add(f32x4.add(x6, x7), f32x4.add(x8, x9)), f32x4.add(x10, x11));
  const sum = f32x4.add(low, high);
  return f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1);
}
