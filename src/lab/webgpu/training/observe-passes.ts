import type { Loss } from "../../contract/model-request.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { LOG_POLYNOMIAL } from "../shaders/draw-shader.ts";
import { horner } from "../shaders/horner.ts";
import { peakShader } from "../shaders/peak-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/** Counts `counter` up by one, and from `modulus` back to 0. A counter is exact up to 2^24. */
export function tickPass(counter: Place, modulus: number): Pass {
  return { shader: TICK, bindings: [0], groups: [1, 1, 1], parameters: Uint32Array.of(counter.begin, modulus, 0, 0) };
}

const HEAD = `
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
`;

const TICK = `
struct Parameters { counter: u32, modulus: u32 }
${HEAD}
@compute @workgroup_size(1)
fn main() {
  let next = u32(numbers[parameters.counter]) + 1u;
  numbers[parameters.counter] = f32(select(next, 0u, next == parameters.modulus));
}
`;

/** The examples of one part of a batch. */
export interface Gathering {
  /** Numbers of the examples in the order in which they are shown, as the counter goes up. */
  readonly order: Place;
  readonly counter: Place;
  /** Rows of `width`, of the whole batch and of the part. */
  readonly from: Place;
  readonly to: Place;
}

/** Copies rows order[counter size], ..., order[counter size + size - 1]. */
export function gatherPass({ order, counter, from, to }: Gathering, width: number, size: number, count: number): Pass {
  const words = [order, from, to].flatMap(placeWords);
  const length = width * size;
  return {
    shader: GATHER,
    bindings: [0],
    groups: [Math.ceil(length / THREADS), 1, count],
    parameters: Uint32Array.of(...words, counter.begin, width, size, 0),
  };
}

const ENTRY = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let index = group.x * ${THREADS}u + thread;
`;

const GATHER = `${PLACE_SHADER}
struct Parameters { order: Place, source: Place, out: Place, counter: u32, width: u32, size: u32 }
${HEAD}${ENTRY}
  if (index >= p.width * p.size) { return; }
  let shown = u32(numbers[p.counter]) * p.size + index / p.width;
  let example = u32(numbers[locate(p.order, group.z) + shown]);
  numbers[locate(p.out, group.z) + index] = numbers[locate(p.source, group.z) + example * p.width + index % p.width];
}
`;

/** sum = factor x where the counter is 0, else sum += factor x: 2 roundings a part. */
export function accumulatePass(
  { x, sum, counter }: { readonly x: Place; readonly sum: Place; readonly counter: Place },
  { length, factor }: { readonly length: number; readonly factor: number },
  count: number,
): Pass {
  const words = Uint32Array.of(...placeWords(x), ...placeWords(sum), counter.begin, length, 0, 0);
  new Float32Array(words.buffer)[words.length - 2] = factor;
  return { shader: ACCUMULATE, bindings: [0], groups: [Math.ceil(length / THREADS), 1, count], parameters: words };
}

const ACCUMULATE = `${PLACE_SHADER}
struct Parameters { x: Place, sum: Place, counter: u32, length: u32, factor: f32 }
${HEAD}${ENTRY}
  if (index >= p.length) { return; }
  let value = p.factor * numbers[locate(p.x, group.z) + index];
  let at = locate(p.sum, group.z) + index;
  if (numbers[p.counter] == 0.0) { numbers[at] = value; } else { numbers[at] += value; }
}
`;

export interface LossPlaces {
  readonly outputs: Place;
  readonly targets: Place;
  /** Where the sum over the parts of a batch is. */
  readonly loss: Place;
  /** The part of the batch. */
  readonly counter: Place;
}

/**
 * Adds `factor` times the sum of the examples' losses of this part to `loss`, which part 0 begins anew; a workgroup a row z.
 *
 * Squared: (y - t)^2 / 2, 3 units of 2^-23 beside those of the outputs, and batch / 64 + size + 65 for the sum. Cross-entropy: the
 * largest output less the right one, plus ln(1 + s) with s the exponentials of the others, less the largest: no difference that
 * cancels, so that small losses keep their digits. An exponential has 3 + 3 d (see `softmaxPass`), s of n outputs n, the logarithm
 * 6 (as in `GAUSSIAN_ERROR`): where the largest is the right one, at most (9 + n + 3 ln(n / s)) of the loss.
 */
export function lossPass(
  loss: Loss,
  { outputs, targets, loss: out, counter }: LossPlaces,
  { batch, size, factor }: { readonly batch: number; readonly size: number; readonly factor: number },
  count: number,
): Pass {
  const words = [outputs, targets, out].flatMap(placeWords);
  const parameters = Uint32Array.of(...words, counter.begin, batch, size, 0);
  new Float32Array(parameters.buffer)[words.length + 3] = factor;
  return { shader: LOSSES[loss], bindings: [0], groups: [1, 1, count], parameters };
}

const lossShader = (example: string) => `${PLACE_SHADER}
struct Parameters { outputs: Place, targets: Place, loss: Place, counter: u32, batch: u32, size: u32, factor: f32 }
${HEAD}
var<workgroup> sums: array<f32, ${THREADS}>;

fn logOnePlus(s: f32) -> f32 {
  var f = s;
  var k = 0.0;
  if (s > 0.41421354) {
    let y = 1.0 + s;
    let shift = i32((bitcast<u32>(y) + 0x4afb0du) >> 23u) - 127;
    f = y * bitcast<f32>(u32(127 - shift) << 23u) - 1.0;
    k = f32(shift);
  }
  let p = ${horner("f", LOG_POLYNOMIAL)};
  return k * 0.693145751953125 + (k * 1.428606765330187e-6 + (f + f * f * (f * p - 0.5)));
}

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  var sum = 0.0;
  for (var example = thread; example < p.batch; example += ${THREADS}u) {
    let y = locate(p.outputs, group.z) + example * p.size;
    ${example}
  }
  sums[thread] = sum;
  workgroupBarrier();
  if (thread > 0u) { return; }
  for (var i = 1u; i < ${THREADS}u; i++) { sum += sums[i]; }
  let at = locate(p.loss, group.z);
  let value = p.factor * sum;
  if (numbers[p.counter] == 0.0) { numbers[at] = value; } else { numbers[at] += value; }
}
`;

const LOSSES: Readonly<Record<Loss, string>> = {
  squared: lossShader(`
    let t = locate(p.targets, group.z) + example * p.size;
    for (var j = 0u; j < p.size; j++) {
      let distance = numbers[y + j] - numbers[t + j];
      sum += 0.5 * distance * distance;
    }`),
  "cross-entropy": lossShader(`
    let right = u32(numbers[locate(p.targets, group.z) + example]);
    var largest = 0u;
    for (var j = 1u; j < p.size; j++) { if (numbers[y + j] > numbers[y + largest]) { largest = j; } }
    var others = 0.0;
    for (var j = 0u; j < p.size; j++) { if (j != largest) { others += exp(numbers[y + j] - numbers[y + largest]); } }
    sum += (numbers[y + largest] - numbers[y + right]) + logOnePlus(others);`),
};

/** Copies `numbers` numbers of row z to slot `counter` of its records. */
export function recordPass(
  { x, records, counter }: { readonly x: Place; readonly records: Place; readonly counter: Place },
  length: number,
  count: number,
): Pass {
  const words = [x, records].flatMap(placeWords);
  return {
    shader: RECORD,
    bindings: [0],
    groups: [1, 1, count],
    parameters: Uint32Array.of(...words, counter.begin, length, 0, 0),
  };
}

const RECORD = `${PLACE_SHADER}
struct Parameters { x: Place, records: Place, counter: u32, length: u32 }
${HEAD}${ENTRY}
  if (index >= p.length) { return; }
  let at = locate(p.records, group.z) + u32(numbers[p.counter]) * p.length + index;
  numbers[at] = numbers[locate(p.x, group.z) + index];
}
`;

/**
 * Keeps in `range` the exponents of the largest entries that were seen: the least of them (where there was an entry other than 0, and
 * 0 at most) and the greatest (0 at least), 128 for what is not finite.
 */
export function rangePass(
  { x, range }: { readonly x: Place; readonly range: Place },
  length: number,
  count: number,
): Pass {
  return {
    shader: RANGE,
    bindings: [0],
    groups: [1, 1, count],
    parameters: Uint32Array.of(...placeWords(x), ...placeWords(range), length, 0, 0, 0),
  };
}

const RANGE = `${PLACE_SHADER}
struct Parameters { x: Place, range: Place, length: u32 }
${HEAD}${peakShader}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let peak = peakOf(thread, locate(p.x, group.z), p.length);
  if (thread > 0u || peak == 0u) { return; }
  let exponent = f32(exponentOf(peak));
  let range = locate(p.range, group.z);
  numbers[range] = min(numbers[range], exponent);
  numbers[range + 1u] = max(numbers[range + 1u], exponent);
}
`;
