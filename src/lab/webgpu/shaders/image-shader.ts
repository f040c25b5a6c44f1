import { LANES } from "../../../numerics/stream.ts";
import { drawShader } from "./draw-shader.ts";
import { closingOf, ENTRY, HEAD, openingOf } from "./pass-shader.ts";
import { THREADS, unitNormShader } from "./unit-norm-shader.ts";

/** What a layer does to one vector is drawn, not its matrix: see `draws/law-exact.ts` and `numerics/haar.ts`. */
export type Image = "law-exact" | "orthogonal";

/** `drawImage` of a layer into `next`, and sums over the threads; draws go on where the last fill ended. */
const DRAWS = `
// The block of the stream with which the next fill begins.
var<private> cursor: u32;

fn added(thread: u32, part: f32) -> f32 {
  sums[thread] = part;
  workgroupBarrier();
  if (thread == 0u) {
    var sum = part;
    for (var i = 1u; i < ${THREADS}u; i++) { sum += sums[i]; }
    gathered = sum;
  }
  return workgroupUniformLoad(&gathered);
}

// How many of so many signs are positive: bits that are 0.
fn countPositive(thread: u32, count: u32) -> u32 {
  var positive = 0u;
  for (var word = thread; 32u * word < count; word += ${THREADS}u) {
    let bits = streamBlock(cursor + word / 4u)[word % 4u];
    let last = min(32u, count - 32u * word);
    positive += countOneBits(~bits & select((1u << last) - 1u, 0xffffffffu, last == 32u));
  }
  cursor += (count + 127u) / 128u;
  // an integer below 2^24, which float32 holds
  return u32(added(thread, f32(positive)));
}

// Normals into the first \`seen\` of \`count\` entries of next, zeros into the rest.
fn fillNext(thread: u32, seen: u32, count: u32) {
  for (var pair = thread; 2u * pair < count; pair += ${THREADS}u) {
    var both = vec2<f32>();
    if (2u * pair < seen) { both = drawPair(cursor + pair); }
    next[2u * pair] = both.x;
    if (2u * pair + 1u < count) { next[2u * pair + 1u] = select(0.0, both.y, 2u * pair + 1u < seen); }
  }
  cursor += (seen + 1u) / 2u;
  workgroupBarrier();
}
`;

const DRAW_IMAGE: Readonly<Record<Image, string>> = {
  // With slope 0 a unit that is off shows nothing but that: those that are on come first, as absolute values.
  "law-exact": `
fn drawImage(thread: u32, count: u32) {
  var seen = count;
  if (parameters.slope == 0.0) { seen = countPositive(thread, count); }
  fillNext(thread, seen, count);
  for (var i = thread; i < count; i += ${THREADS}u) {
    next[i] = select(next[i], abs(next[i]), parameters.slope == 0.0);
  }
  workgroupBarrier();
}
`,
  // A uniformly random direction.
  orthogonal: `
fn drawImage(thread: u32, count: u32) {
  fillNext(thread, count, count);
  var part = 0.0;
  for (var i = thread; i < count; i += ${THREADS}u) { part += next[i] * next[i]; }
  let factor = inverseSqrt(added(thread, part));
  for (var i = thread; i < count; i += ${THREADS}u) { next[i] = next[i] * factor; }
  workgroupBarrier();
}
`,
};

/**
 * Forward pass, a workgroup a network: each layer's image of a vector of norm 1, of which nothing else matters (no input is zero). With
 * \`isKept\` what the activations are given is kept, for the backward pass: a number a unit, from the layer's \`maskAt\` on.
 */
export function imageShader(image: Image, width: number, isKept: boolean): string {
  return `${drawShader("gaussian")}${unitNormShader(width)}${HEAD}
${isKept ? "@group(0) @binding(4) var<storage, read_write> images: array<f32>;" : ""}
${DRAWS}${DRAW_IMAGE[image]}
${ENTRY}${openingOf(width)}
  for (var index = 0u; index < parameters.end; index++) {
    let layer = layers[index];
    drawImage(thread, layer.fanOut);
    for (var i = thread; i < layer.fanOut; i += ${THREADS}u) {
      ${isKept ? "images[row * parameters.maskWords + layer.maskAt + i] = next[i];" : ""}
      next[i] = select(parameters.slope * next[i], next[i], next[i] > 0.0);
    }
    workgroupBarrier();
    let norm = rescale(thread, layer.fanOut);
    if (thread == 0u) { norms[row * parameters.depth + index] = norm; }
    if (norm.x == 0.0 && parameters.revive == 0u) { break; }
    workgroupBarrier();
  }
${closingOf(width)}}
`;
}

/**
 * Backward pass of law-exact sampling, from the last layer to the first. With h the vector of norm 1 that entered a layer and z what
 * left it before the activation, W^T d is (z . d) h and what a vector of normals times |d| has beside its part along h.
 */
export function transposedImageShader(width: number): string {
  return `${drawShader("gaussian")}${unitNormShader(width)}${HEAD}
@group(0) @binding(4) var<storage, read> images: array<f32>;
${DRAWS}
fn activated(value: f32) -> f32 { return select(parameters.slope * value, value, value > 0.0); }

// now = W^T now, whose squared norm is given.
fn applyTransposed(thread: u32, layer: Layer, z: u32, before: u32, square: f32) {
  var parts = vec3<f32>();
  for (var i = thread; i < layer.fanOut; i += ${THREADS}u) { parts.x += images[z + i] * now[i]; }
  for (var i = thread; i < layer.fanIn; i += ${THREADS}u) {
    let entering = activated(images[before + i]);
    parts.y += entering * entering;
    parts.z += f32(images[before + i] > 0.0);
  }
  let along = added(thread, parts.x);
  let root = inverseSqrt(added(thread, parts.y));
  let positive = u32(added(thread, parts.z));
  fillNext(thread, select(layer.fanIn, positive, parameters.slope == 0.0), layer.fanIn);
  let deviation = sqrt(square);
  var part = 0.0;
  for (var i = thread; i < layer.fanIn; i += ${THREADS}u) {
    next[i] = next[i] * deviation;
    part += activated(images[before + i]) * root * next[i];
  }
  let rest = along - added(thread, part);
  for (var i = thread; i < layer.fanIn; i += ${THREADS}u) {
    now[i] = next[i] + activated(images[before + i]) * root * rest;
  }
  workgroupBarrier();
}
${ENTRY}${openingOf(width)}
  streamLane = ${LANES.backward}u;
  for (var index = parameters.end; index > 0u; index--) {
    let layer = layers[index - 1u];
    let z = row * parameters.maskWords + layer.maskAt;
    for (var i = thread; i < layer.fanOut; i += ${THREADS}u) {
      next[i] = select(parameters.slope * now[i], now[i], images[z + i] > 0.0);
    }
    workgroupBarrier();
    let norm = rescale(thread, layer.fanOut);
    if (thread == 0u) { norms[row * parameters.depth + index - 1u] = norm; }
    if (norm.x == 0.0 || index == 1u) { break; }
    workgroupBarrier();
    applyTransposed(thread, layer, z, row * parameters.maskWords + layers[index - 2u].maskAt, norm.x);
  }
${closingOf(width)}}
`;
}
