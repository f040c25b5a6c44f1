import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/** One row of numbers an example: `outputs` and `probabilities` of the network's outputs, `classes` of one class each. */
interface SoftmaxPlaces {
  readonly outputs: Place;
  readonly classes: Place;
  readonly probabilities: Place;
  /** The cotangent of the outputs. */
  readonly residual: Place;
}

/**
 * Derivative of the mean cross-entropy, for `count` rows z of places: probabilities p = softmax(outputs), and residual =
 * (p - the class's unit vector) / batch, the class's own entry as minus the sum of the others, so that a confident network's small
 * residual keeps its digits. The largest output is taken off first, so that no exponential overflows and each sum of
 * them is at least 1. In units of 2^-23 (see `GAUSSIAN_ERROR`) and for an output d below the largest, an exponential has 3 + 2 d
 * by WGSL and d by the rounding of its argument, the sum of n of them the largest of these and n, the quotient 2.5.
 */
export function softmaxPass(
  { outputs, classes, probabilities, residual }: SoftmaxPlaces,
  batch: number,
  size: number,
  count: number,
): Pass {
  return passOf(SOFTMAX, [outputs, classes, probabilities, residual], batch, size, count);
}

/** Its derivative along the outputs' `tangent` r: out = p (r - p . r) / batch. */
export function softmaxTangentPass(
  { probabilities, tangent, out }: { readonly probabilities: Place; readonly tangent: Place; readonly out: Place },
  batch: number,
  size: number,
  count: number,
): Pass {
  return passOf(TANGENT, [tangent, tangent, probabilities, out], batch, size, count);
}

/** A thread an example. */
function passOf(shader: string, places: readonly Place[], batch: number, size: number, count: number): Pass {
  return {
    shader,
    bindings: [0],
    groups: [Math.ceil(batch / THREADS), 1, count],
    parameters: Uint32Array.of(...places.flatMap(placeWords), batch, size, 0, 0),
  };
}

const HEAD = `${PLACE_SHADER}
struct Parameters { x: Place, classes: Place, probabilities: Place, out: Place, batch: u32, size: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let example = group.x * ${THREADS}u + thread;
  if (example >= p.batch) { return; }
  let x = locate(p.x, group.z) + example * p.size;
  let probabilities = locate(p.probabilities, group.z) + example * p.size;
  let out = locate(p.out, group.z) + example * p.size;
`;

const SOFTMAX = `${HEAD}
  let right = u32(numbers[locate(p.classes, group.z) + example]);
  var largest = numbers[x];
  for (var j = 1u; j < p.size; j++) { largest = max(largest, numbers[x + j]); }
  var sum = 0.0;
  var wrong = 0.0;
  for (var j = 0u; j < p.size; j++) {
    let power = exp(numbers[x + j] - largest);
    numbers[probabilities + j] = power;
    sum += power;
    if (j != right) { wrong += power; }
  }
  for (var j = 0u; j < p.size; j++) {
    let probability = numbers[probabilities + j] / sum;
    numbers[probabilities + j] = probability;
    numbers[out + j] = select(probability, -wrong / sum, j == right) / f32(p.batch);
  }
}
`;

const TANGENT = `${HEAD}
  var mean = 0.0;
  for (var j = 0u; j < p.size; j++) { mean += numbers[probabilities + j] * numbers[x + j]; }
  for (var j = 0u; j < p.size; j++) {
    numbers[out + j] = numbers[probabilities + j] * (numbers[x + j] - mean) / f32(p.batch);
  }
}
`;
