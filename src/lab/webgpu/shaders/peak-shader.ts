import { THREADS } from "./unit-norm-shader.ts";

/**
 * `fn peakOf(thread, first, length) -> u32`: the bits of the largest absolute value of `length` entries of `numbers`, from entry `first`
 * on; `fn exponentOf(peak) -> i32` that of the power of two below it, 128 for what is not finite. Every thread of the group must
 * call the first, and is given the same.
 */
export const peakShader = `
var<workgroup> peaks: array<u32, ${THREADS}>;

// As integers, whose order is that of absolute values, with infinities and NaN on top.
fn peakOf(thread: u32, first: u32, length: u32) -> u32 {
  var peak = 0u;
  for (var i = thread; i < length; i += ${THREADS}u) { peak = max(peak, bitcast<u32>(numbers[first + i]) & 0x7fffffffu); }
  peaks[thread] = peak;
  workgroupBarrier();
  for (var i = 0u; i < ${THREADS}u; i++) { peak = max(peak, peaks[i]); }
  return peak;
}

fn exponentOf(peak: u32) -> i32 {
  return i32(peak >> 23u) - 127;
}
`;
