import { sourceShader, type WeightSource } from "./draw-shader.ts";
import { THREADS, unitNormShader } from "./unit-norm-shader.ts";

/** Of `Parameters`, in 32-bit words, in this order. */
export interface PassParameters {
  readonly key: readonly [number, number, number, number];
  /** Of row 0. */
  readonly replicate: number;
  /** Layers from + 1 to `to`, counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly depth: number;
  /** 1: go on from the first basis vector after an exact death. */
  readonly revive: number;
  /** Words of masks a network. */
  readonly maskWords: number;
  readonly slope: number;
  /** Uploaded draws a network. */
  readonly uploaded?: number;
  /** Rows that are inputs of one network, one behind another; absent: 1. */
  readonly batch?: number;
}

export function packParameters(parameters: PassParameters): Uint32Array<ArrayBuffer> {
  const { key, replicate, from, to, depth, revive, maskWords, slope, uploaded = 0, batch = 1 } = parameters;
  const words = Uint32Array.of(...key, replicate, from, to, depth, revive, maskWords, 0, uploaded, batch, 0, 0, 0);
  new Float32Array(words.buffer)[10] = slope;
  return words;
}

export const HEAD = `
struct Parameters {
  key: vec4<u32>,
  replicate: u32, first: u32, end: u32, depth: u32,
  revive: u32, maskWords: u32, slope: f32, uploaded: u32, batch: u32,
}
// Draw \`base\` is the layer's first, bit 0 of word \`maskAt\` its first unit.
struct Layer { fanIn: u32, fanOut: u32, base: u32, maskAt: u32 }

@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read> layers: array<Layer>;
// One vector a network: what enters the next layer, going forward or backward.
@group(0) @binding(2) var<storage, read_write> vectors: array<f32>;
// (sum of squares, exponent) of each layer.
@group(0) @binding(3) var<storage, read_write> norms: array<vec2<f32>>;
`;

export function openingOf(width: number, source?: WeightSource): string {
  return `
  let row = group.x;
  ${source === "uploaded" ? "uploadedAt = (row / parameters.batch) * parameters.uploaded;" : ""}
  streamKey = parameters.key;
  streamReplicate = parameters.replicate + row / parameters.batch;
  streamLane = 0u;
  for (var i = thread; i < ${width}u; i += ${THREADS}u) { now[i] = vectors[row * ${width}u + i]; }
  workgroupBarrier();
`;
}

export function closingOf(width: number): string {
  return `
  workgroupBarrier();
  for (var i = thread; i < ${width}u; i += ${THREADS}u) { vectors[row * ${width}u + i] = now[i]; }
`;
}

export const ENTRY = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {`;

/**
 * Forward pass, a workgroup a network, `width` its widest layer. Weights are drawn where they are used: the threads share the rows of
 * W (and each row, where there are fewer rows than threads). Norms are written for each layer, masks (z > 0) if wanted.
 */
export function forwardShader(source: WeightSource, width: number, masks: boolean): string {
  return `${sourceShader(source, masks ? 5 : 4)}${unitNormShader(width)}${HEAD}
${masks ? "@group(0) @binding(4) var<storage, read_write> masks: array<u32>;" : ""}

// next = f(W now).
fn applyLayer(thread: u32, layer: Layer) {
  let units = unitsAtOnce(layer.fanOut);
  let parts = ${THREADS}u / units;
  let unit = thread % units;
  let part = thread / units;
  // even, so that no pair of draws is torn where rows begin at even draws
  let span = ((layer.fanIn + 2u * parts - 1u) / (2u * parts)) * 2u;
  let begin = min(part * span, layer.fanIn);
  let end = min(begin + span, layer.fanIn);
  for (var tile = 0u; tile < layer.fanOut; tile += units) {
    let output = tile + unit;
    var sum = 0.0;
    if (output < layer.fanOut && begin < end) {
      let row = layer.base + output * layer.fanIn;
      let first = row + begin;
      let last = row + end;
      for (var pair = first >> 1u; pair < ((last + 1u) >> 1u); pair++) {
        let isFirst = 2u * pair >= first;
        let isSecond = 2u * pair + 1u < last;
        let x = select(0.0, now[max(2u * pair, row) - row], isFirst);
        let y = select(0.0, now[min(2u * pair + 1u - row, layer.fanIn - 1u)], isSecond);
        // half of a ReLU network's inputs are zero: their weights need not be drawn
        if (x != 0.0 || y != 0.0) {
          let weights = drawPair(pair);
          sum += weights.x * x;
          sum += weights.y * y;
        }
      }
    }
    sums[thread] = sum;
    workgroupBarrier();
    if (part == 0u && output < layer.fanOut) {
      for (var other = 1u; other < parts; other++) { sum += sums[unit + other * units]; }
      next[output] = select(parameters.slope * sum, sum, sum > 0.0);
    }
    workgroupBarrier();
  }
}
${masks ? WRITE_MASKS : ""}
${ENTRY}${openingOf(width, source)}
  for (var index = parameters.first; index < parameters.end; index++) {
    let layer = layers[index];
    applyLayer(thread, layer);
    ${masks ? "writeMasks(thread, layer, row * parameters.maskWords + layer.maskAt);" : ""}
    let norm = rescale(thread, layer.fanOut);
    if (thread == 0u) { norms[row * parameters.depth + index] = norm; }
    if (norm.x == 0.0) {
      if (parameters.revive == 0u) { break; }
      if (thread == 0u) { now[0] = 1.0; }
    }
    workgroupBarrier();
  }
${closingOf(width)}}
`;
}

const WRITE_MASKS = `
fn writeMasks(thread: u32, layer: Layer, at: u32) {
  for (var word = thread; 32u * word < layer.fanOut; word += ${THREADS}u) {
    var bits = 0u;
    for (var bit = 0u; bit < 32u && 32u * word + bit < layer.fanOut; bit++) {
      if (next[32u * word + bit] > 0.0) { bits |= 1u << bit; }
    }
    masks[at + word] = bits;
  }
}
`;

/**
 * Backward pass from the last layer of a range to its first, by the masks that the forward pass left. Weights are drawn a second time
 * instead of being kept: a network then needs memory for its units and not for its weights, so that thousands fit, and a draw costs
 * about as much arithmetic as a card can do in the time in which it would have read the weight from memory. Rows whose cotangent is
 * zero are not drawn at all.
 */
export function backwardShader(source: WeightSource, width: number): string {
  return `${sourceShader(source, 5)}${unitNormShader(width)}${HEAD}
@group(0) @binding(4) var<storage, read> masks: array<u32>;

// next = W^T now; a thread has two neighbouring columns, whose weights are one pair of draws.
fn applyTransposed(thread: u32, layer: Layer) {
  let pairs = (layer.fanIn + 1u) / 2u;
  let units = unitsAtOnce(pairs);
  let parts = ${THREADS}u / units;
  let unit = thread % units;
  let part = thread / units;
  let span = (layer.fanOut + parts - 1u) / parts;
  let begin = part * span;
  let end = min(begin + span, layer.fanOut);
  for (var tile = 0u; tile < pairs; tile += units) {
    let column = 2u * (tile + unit);
    var both = vec2<f32>();
    if (column < layer.fanIn) {
      for (var output = begin; output < end; output++) {
        let cotangent = now[output];
        if (cotangent != 0.0) { both += drawsAt(layer.base + output * layer.fanIn + column) * cotangent; }
      }
    }
    sums[thread] = both.x;
    seconds[thread] = both.y;
    workgroupBarrier();
    if (part == 0u && column < layer.fanIn) {
      for (var other = 1u; other < parts; other++) {
        both += vec2<f32>(sums[unit + other * units], seconds[unit + other * units]);
      }
      next[column] = both.x;
      if (column + 1u < layer.fanIn) { next[column + 1u] = both.y; }
    }
    workgroupBarrier();
  }
}
var<workgroup> seconds: array<f32, ${THREADS}>;
${ENTRY}${openingOf(width, source)}
  for (var index = parameters.end; index > parameters.first; index--) {
    let layer = layers[index - 1u];
    let mask = row * parameters.maskWords + layer.maskAt;
    for (var i = thread; i < layer.fanOut; i += ${THREADS}u) {
      let isPositive = ((masks[mask + i / 32u] >> (i % 32u)) & 1u) == 1u;
      next[i] = select(parameters.slope * now[i], now[i], isPositive);
    }
    workgroupBarrier();
    let norm = rescale(thread, layer.fanOut);
    if (thread == 0u) { norms[row * parameters.depth + index - 1u] = norm; }
    if (norm.x == 0.0 || index == 1u) { break; }
    applyTransposed(thread, layer);
    for (var i = thread; i < layer.fanIn; i += ${THREADS}u) { now[i] = next[i]; }
    workgroupBarrier();
  }
${closingOf(width)}}
`;
}
