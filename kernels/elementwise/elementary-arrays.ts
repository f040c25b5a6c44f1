import { expPair, logPair } from "./elementary";

/** The elementary functions of arrays of float64s; `out` may be `x`. */

/** out = ln x. */
export function logArray(count: i32, x: usize, out: usize): void {
  const end = <usize>count * 8;
  const paired = end & ~(<usize>15);
  for (let at: usize = 0; at < paired; at += 16) v128.store(out + at, logPair(v128.load(x + at)));
  if (paired < end) store<f64>(out + paired, f64x2.extract_lane(logPair(v128.load64_splat(x + paired)), 0));
}

/** out = e^x. */
export function expArray(count: i32, x: usize, out: usize): void {
  const end = <usize>count * 8;
  const paired = end & ~(<usize>15);
  for (let at: usize = 0; at < paired; at += 16) v128.store(out + at, expPair(v128.load(x + at)));
  if (paired < end) store<f64>(out + paired, f64x2.extract_lane(expPair(v128.load64_splat(x + paired)), 0));
}
