/** Threads that share a network. 64 is the widest group that runs in lockstep on any card in use (AMD's wave; two of NVIDIA's warps). */
export const THREADS = 64;

/**
 * A vector of a network in workgroup memory, kept at a size where neither it nor its square can overflow or underflow:
 * `fn rescale(thread, width) -> vec2<f32>` divides `next` by the power of two below its largest entry, into `now`, and gives (sum of
 * squares after that, exponent of the power): both exact but for the rounding of the sum, so that layers add no error of their own.
 * Zeros give (0, 0) and leave zeros. Every thread of the group must call it.
 */
export function unitNormShader(width: number): string {
  return `
var<workgroup> now: array<f32, ${width}>;
var<workgroup> next: array<f32, ${width}>;
var<workgroup> sums: array<f32, ${THREADS}>;
var<workgroup> gathered: f32;

fn rescale(thread: u32, width: u32) -> vec2<f32> {
  var largest = 0.0;
  for (var i = thread; i < width; i += ${THREADS}u) { largest = max(largest, abs(next[i])); }
  sums[thread] = largest;
  workgroupBarrier();
  if (thread == 0u) {
    for (var i = 1u; i < ${THREADS}u; i++) { largest = max(largest, sums[i]); }
    gathered = largest;
  }
  let peak = workgroupUniformLoad(&gathered);
  let exponent = select(i32(bitcast<u32>(peak) >> 23u) - 127, 0, peak == 0.0);
  let factor = bitcast<f32>(u32(127 - exponent) << 23u);
  var sum = 0.0;
  for (var i = thread; i < width; i += ${THREADS}u) {
    let value = next[i] * factor;
    now[i] = value;
    sum += value * value;
  }
  sums[thread] = sum;
  workgroupBarrier();
  if (thread == 0u) {
    for (var i = 1u; i < ${THREADS}u; i++) { sum += sums[i]; }
    gathered = sum;
  }
  return vec2<f32>(workgroupUniformLoad(&gathered), f32(exponent));
}

// How many units (a power of two) the threads work on at a time; the rest of the threads share their sums.
fn unitsAtOnce(count: u32) -> u32 {
  return select(${THREADS}u, 1u << (32u - countLeadingZeros(count - 1u)), count < ${THREADS}u);
}
`;
}
