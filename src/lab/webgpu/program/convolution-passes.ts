import type { ImageShape } from "../../networks/network.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { groupShader } from "../shaders/group-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

export interface Convolution {
  /** What enters; what leaves has other channels. */
  readonly image: ImageShape;
  readonly channels: number;
  /** Of the square kernel: odd. */
  readonly size: number;
  readonly padding: "circular" | "zero";
  readonly batch: number;
}

/**
 * out = kernel applied to the images x (channels x height x width each), or with `isPullback` its transpose applied to cotangents x of
 * what leaves, for `count` rows z of places. A thread a number: a sum over (channel, kernel row, kernel column) in one accumulator, of
 * n terms with at most n + 2 roundings. Nothing but the result takes memory.
 */
export function convolutionPass(
  convolution: Convolution,
  { x, kernel, out, isPullback, accumulate = false, bias }: ConvolutionPlaces,
  count: number,
): Pass {
  const { image, channels, size, batch } = convolution;
  const area = size * size;
  const [from, to] = isPullback ? [channels, image.channels] : [image.channels, channels];
  // places of the kernel's numbers: output channels outside, then input channels
  const [fromStride, toStride] = isPullback ? [image.channels * area, area] : [area, image.channels * area];
  const flags = (isPullback ? BACK : 0) + (accumulate ? ACCUMULATE : 0) + (bias === undefined ? 0 : BIAS);
  return {
    shader: CONVOLUTION,
    bindings: [0],
    groups: [Math.ceil((to * image.height * image.width) / THREADS), batch, count],
    parameters: Uint32Array.of(
      ...[x, kernel, out, bias ?? out].flatMap(placeWords),
      ...shapeWords(convolution),
      ...[from, to, fromStride, toStride, flags, 0, 0, 0],
    ),
  };
}

interface ConvolutionPlaces {
  readonly x: Place;
  readonly kernel: Place;
  readonly out: Place;
  readonly isPullback: boolean;
  /** out += instead of out =. */
  readonly accumulate?: boolean;
  /** One number a channel, added. */
  readonly bias?: Place | undefined;
}

/**
 * out = the kernel's gradient, of cotangents dy and inputs x, for `count` rows z of places. A workgroup a number: of n = batch x places
 * terms the sum has at most n / 64 + 66 roundings.
 */
export function correlationPass(
  convolution: Convolution,
  { dy, x, out, accumulate }: CorrelationPlaces,
  count: number,
): Pass {
  const { image, channels, size, batch } = convolution;
  return {
    shader: CORRELATION,
    bindings: [0],
    groups: [image.channels * size * size, channels, count],
    parameters: Uint32Array.of(
      ...[dy, x, out].flatMap(placeWords),
      ...shapeWords(convolution),
      ...[image.channels, channels, batch, accumulate ? ACCUMULATE : 0],
    ),
  };
}

interface CorrelationPlaces {
  readonly dy: Place;
  readonly x: Place;
  readonly out: Place;
  readonly accumulate: boolean;
}

const ACCUMULATE = 1;
const BIAS = 2;
const BACK = 4;

function shapeWords({ image, size, padding }: Convolution): readonly number[] {
  return [image.height, image.width, size, padding === "circular" ? 1 : 0];
}

const HEAD = `${PLACE_SHADER}
struct Shape { height: u32, width: u32, size: u32, isCircular: u32 }

// Whether there is a place so many rows and columns from one, and which.
fn neighbour(shape: Shape, place: u32, down: i32, right: i32) -> vec2<u32> {
  var row = i32(place / shape.width) + down;
  var column = i32(place % shape.width) + right;
  let height = i32(shape.height);
  let width = i32(shape.width);
  let isInside = row >= 0 && row < height && column >= 0 && column < width;
  if (!isInside && shape.isCircular == 0u) { return vec2<u32>(); }
  row = (row + height) % height;
  column = (column + width) % width;
  return vec2<u32>(1u, u32(row * width + column));
}

@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let places = p.shape.height * p.shape.width;
  let size = p.shape.size;
  let radius = i32(size / 2u);
`;

const CONVOLUTION = `
struct Parameters {
  x: Place, kernel: Place, out: Place, bias: Place, shape: Shape,
  inChannels: u32, outChannels: u32, inStride: u32, outStride: u32, flags: u32,
}
${HEAD}
  let index = group.x * ${THREADS}u + thread;
  if (index >= p.outChannels * places) { return; }
  let channel = index / places;
  let place = index % places;
  let x = locate(p.x, group.z) + group.y * p.inChannels * places;
  let kernel = locate(p.kernel, group.z) + channel * p.outStride;
  let sign = select(1, -1, (p.flags & ${BACK}u) != 0u);
  var sum = 0.0;
  for (var input = 0u; input < p.inChannels; input++) {
    for (var k = 0u; k < size * size; k++) {
      let met = neighbour(p.shape, place, sign * (i32(k / size) - radius), sign * (i32(k % size) - radius));
      if (met.x == 1u) { sum += numbers[kernel + input * p.inStride + k] * numbers[x + input * places + met.y]; }
    }
  }
  let out = locate(p.out, group.z) + group.y * p.outChannels * places + index;
  if ((p.flags & ${BIAS}u) != 0u) { sum += numbers[locate(p.bias, group.z) + channel]; }
  if ((p.flags & ${ACCUMULATE}u) != 0u) { sum += numbers[out]; }
  numbers[out] = sum;
}
`;

const CORRELATION = `${groupShader}
struct Parameters {
  dy: Place, x: Place, out: Place, shape: Shape,
  inChannels: u32, outChannels: u32, batch: u32, flags: u32,
}
${HEAD}
  let dy = locate(p.dy, group.z) + group.y * places;
  let x = locate(p.x, group.z) + (group.x / (size * size)) * places;
  let k = group.x % (size * size);
  let down = i32(k / size) - radius;
  let right = i32(k % size) - radius;
  var sum = 0.0;
  for (var i = thread; i < p.batch * places; i += ${THREADS}u) {
    let example = i / places;
    let met = neighbour(p.shape, i % places, down, right);
    if (met.x == 1u) {
      sum += numbers[dy + example * p.outChannels * places + i % places] * numbers[x + example * p.inChannels * places + met.y];
    }
  }
  let all = total(thread, vec4<f32>(sum, 0.0, 0.0, 0.0)).x;
  if (thread > 0u) { return; }
  let out = locate(p.out, group.z) + group.y * p.inChannels * size * size + group.x;
  numbers[out] = select(all, all + numbers[out], (p.flags & ${ACCUMULATE}u) != 0u);
}
`;
