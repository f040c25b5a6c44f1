import { log } from "../../../numerics/elementary.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { peakShader } from "../shaders/peak-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/**
 * Sum of squares of `length` numbers over the power of two below the largest of them, and that power's exponent, in two numbers of
 * `out`, for `count` rows z of places. Dividing rounds nothing and squares neither overflow nor underflow: the sum has at most
 * length / 64 + 65 roundings. Zeros give (0, 0), what is not finite the exponent 128.
 */
export function normPass({ x, out }: { readonly x: Place; readonly out: Place }, length: number, count: number): Pass {
  return {
    shader: SHADER,
    bindings: [0],
    groups: [1, 1, count],
    parameters: Uint32Array.of(...placeWords(x), ...placeWords(out), length, 0, 0, 0),
  };
}

/**
 * ln of the squared norm that pass number `index` of a row found; -Infinity for zeros.
 * @throws UnsupportedError where float32 overflowed, or where what it takes for zero may have been lost
 */
export function logSquareOf(norms: Float32Array, index: number): number {
  const square = norms[2 * index]!;
  const exponent = norms[2 * index + 1]!;
  if (exponent > 127 || exponent < LEAST_EXPONENT) {
    const what = exponent > 127 ? "overflow" : `fall below 2^${LEAST_EXPONENT}, where it loses digits`;
    throw new UnsupportedError(`engine webgpu computes in float32, in which this network's signals ${what}`);
  }
  return log(square) + 2 * log(2) * exponent;
}

/**
 * A device may take what is below 2^-126 for zero. In a vector of m numbers, each a sum of n products, that is an error of
 * n sqrt(m) 2^-126 at most: below 2^-23 of the norm of a vector that is above 2^-80, while n sqrt(m) < 2^23 (40,000 wide). A vector
 * of zeros after such a one is then one of zeros but for weights below 2^-46.
 */
export const LEAST_EXPONENT = -80;

const SHADER = `${PLACE_SHADER}
struct Parameters { x: Place, out: Place, length: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
${peakShader}
var<workgroup> sums: array<f32, ${THREADS}>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let x = locate(p.x, group.z);
  let peak = peakOf(thread, x, p.length);
  let exponent = select(exponentOf(peak), 0, peak == 0u);
  let factor = bitcast<f32>(u32(127 - min(exponent, 126)) << 23u);
  var sum = 0.0;
  for (var i = thread; i < p.length; i += ${THREADS}u) {
    let value = numbers[x + i] * factor;
    sum += value * value;
  }
  sums[thread] = sum;
  workgroupBarrier();
  if (thread > 0u) { return; }
  for (var i = 1u; i < ${THREADS}u; i++) { sum += sums[i]; }
  let out = locate(p.out, group.z);
  numbers[out] = select(sum, 1.0, exponent > 127);
  numbers[out + 1u] = f32(exponent);
}
`;
