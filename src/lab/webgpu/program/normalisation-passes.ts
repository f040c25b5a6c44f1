import { UnsupportedError } from "../../contract/engine.ts";
import type { Groups } from "../../program/primitives.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { groupShader, groupWords } from "../shaders/group-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

/**
 * A group whose spread sqrt(variance + epsilon) is below this power of two of its largest number has at most 11 of 23 bits that are not
 * those of its common part: what came in with an error of k units of 2^-23 leaves with k 2^-11 at least, and is refused.
 */
const LEAST_SPREAD = 2 ** -12;

/** The least positive epsilon, so that neither it nor a group near its root underflows. */
const LEAST_EPSILON = 2 ** -100;

/** @throws UnsupportedError for an epsilon that float32 does not hold */
export function requireEpsilon(epsilon: number): void {
  if (epsilon === 0 || (epsilon >= LEAST_EPSILON && epsilon <= 1 / LEAST_EPSILON)) return;
  throw new UnsupportedError(
    `engine webgpu requires an epsilon of 0 or from 2^-100 to 2^100 in float32, got ${epsilon}`,
  );
}

export interface Normalisation {
  readonly groups: Groups;
  readonly epsilon: number;
  readonly x: Place;
  readonly out: Place;
  /** A number a group: 1 / sqrt(variance + epsilon), 0 where that is 0. */
  readonly scales: Place;
  /** A number that becomes infinite where float32 cannot tell a group's spread: overflow, or below `LEAST_SPREAD`. */
  readonly alarm: Place;
}

/**
 * out = (x - mean) / sqrt(variance + epsilon) in each group, for `count` rows z of places. All is taken less the group's first number
 * (exact for numbers within a factor of two) and over a power of two, so that the mean takes no digits of the spread and no square
 * overflows. With n numbers, e = 2^-23, s the spread, R the largest distance from the first number and m = n / 64 + 64: a mean of
 * numbers up to R is off by (m + 2) e R, each distance from it by d = (m + 4) e R; the root mean square by d + (m + 2) e s / 2; the
 * reciprocal root has 2 units, the last product 1: an entry y is off by (d / s) (1 + |y|) + |y| (m / 2 + 5) e at most.
 */
export function normalisePass(normalisation: Normalisation, count: number): Pass {
  const { groups, epsilon, x, out, scales, alarm } = normalisation;
  const words = Uint32Array.of(...[x, out, scales, alarm].flatMap(placeWords), ...groupWords(groups), ...[0, 0, 0, 0]);
  const from = words.length - 4;
  new Float32Array(words.buffer)[from] = epsilon;
  new Int32Array(words.buffer)[from + 1] = epsilon === 0 ? -126 : Math.ceil(Math.log2(epsilon) / 2);
  return { shader: NORMALISE, bindings: [0], groups: [groups.count, 1, count], parameters: words };
}

export interface Projection {
  readonly groups: Groups;
  readonly a: Place;
  readonly y: Place;
  readonly scales: Place;
  readonly out: Place;
}

/**
 * out = s (a - mean(a) - y mean(a y)): the derivative of a normalisation along a, and its transpose. Each mean of n numbers has
 * n / 64 + 66 roundings, the rest 4.
 */
export function projectPass({ groups, a, y, scales, out }: Projection, count: number): Pass {
  return passOf(PROJECT, groups, [a, y, scales, out, out, out], count);
}

export interface Curvature {
  readonly groups: Groups;
  readonly rx: Place;
  readonly ry: Place;
  readonly dy: Place;
  readonly y: Place;
  readonly scales: Place;
  readonly out: Place;
}

/** out += s (-s mean(rx y) (dy - mean(dy) - y mean(dy y)) - ry mean(dy y) - y mean(dy ry)): what moves of the transpose. */
export function curvaturePass({ groups, rx, ry, dy, y, scales, out }: Curvature, count: number): Pass {
  return passOf(CURVATURE, groups, [rx, y, scales, out, ry, dy], count);
}

function passOf(shader: string, groups: Groups, places: readonly Place[], count: number): Pass {
  return {
    shader,
    bindings: [0],
    groups: [groups.count, 1, count],
    parameters: Uint32Array.of(...places.flatMap(placeWords), ...groupWords(groups)),
  };
}

const BINDINGS = `
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
`;

const ENTRY = `
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
`;

const NORMALISE = `${PLACE_SHADER}${groupShader}
struct Parameters { x: Place, out: Place, scales: Place, alarm: Place, groups: Groups, epsilon: f32, leastExponent: i32 }
${BINDINGS}
var<workgroup> peaks: array<vec2<u32>, ${THREADS}>;

fn sizeOf(value: f32) -> u32 { return bitcast<u32>(value) & 0x7fffffffu; }

${ENTRY}
  let x = locate(p.x, group.z);
  let n = p.groups.length;
  let first = numbers[x + member(p.groups, group.x, 0u)];
  // As integers, whose order is that of absolute values, with infinities and NaN on top.
  var peak = vec2<u32>();
  for (var i = thread; i < n; i += ${THREADS}u) {
    let value = numbers[x + member(p.groups, group.x, i)];
    peak = max(peak, vec2<u32>(sizeOf(value), sizeOf(value - first)));
  }
  peaks[thread] = peak;
  workgroupBarrier();
  for (var i = 0u; i < ${THREADS}u; i++) { peak = max(peak, peaks[i]); }
  let exponent = min(max(i32(peak.y >> 23u) - 127, p.leastExponent), 126);
  let factor = bitcast<f32>(u32(127 - exponent) << 23u);
  var sum = vec4<f32>();
  for (var i = thread; i < n; i += ${THREADS}u) {
    sum.x += (numbers[x + member(p.groups, group.x, i)] - first) * factor;
  }
  let mean = total(thread, sum).x / f32(n);
  sum = vec4<f32>();
  for (var i = thread; i < n; i += ${THREADS}u) {
    let distance = (numbers[x + member(p.groups, group.x, i)] - first) * factor - mean;
    sum.x += distance * distance;
  }
  let variance = total(thread, sum).x / f32(n) + (p.epsilon * factor) * factor;
  let scale = select(inverseSqrt(max(variance, ${2 ** -100})), 0.0, variance == 0.0);
  let out = locate(p.out, group.z);
  for (var i = thread; i < n; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    numbers[out + at] = ((numbers[x + at] - first) * factor - mean) * scale;
  }
  if (thread > 0u) { return; }
  numbers[locate(p.scales, group.z) + group.x] = scale * factor;
  // A variable, because WGSL refuses a constant that is infinite.
  var infinity = 0x7f800000u;
  let least = bitcast<f32>(min(peak.x, 0x7f7fffffu)) * ${LEAST_SPREAD} * factor;
  let isLost = n > 1u && peak.x > 0u && least * least > variance;
  if (isLost || max(peak.x, peak.y) >= 0x7f800000u) { numbers[locate(p.alarm, group.z)] = bitcast<f32>(infinity); }
}
`;

const PROJECT = `${PLACE_SHADER}${groupShader}
struct Parameters { a: Place, y: Place, scales: Place, out: Place, ry: Place, dy: Place, groups: Groups }
${BINDINGS}${ENTRY}
  let a = locate(p.a, group.z);
  let y = locate(p.y, group.z);
  var sums = vec4<f32>();
  for (var i = thread; i < p.groups.length; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    sums += vec4<f32>(numbers[a + at], numbers[a + at] * numbers[y + at], 0.0, 0.0);
  }
  let means = total(thread, sums) / f32(p.groups.length);
  let scale = numbers[locate(p.scales, group.z) + group.x];
  let out = locate(p.out, group.z);
  for (var i = thread; i < p.groups.length; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    numbers[out + at] = scale * (numbers[a + at] - means.x - numbers[y + at] * means.y);
  }
}
`;

const CURVATURE = `${PLACE_SHADER}${groupShader}
struct Parameters { rx: Place, y: Place, scales: Place, out: Place, ry: Place, dy: Place, groups: Groups }
${BINDINGS}${ENTRY}
  let rx = locate(p.rx, group.z);
  let ry = locate(p.ry, group.z);
  let dy = locate(p.dy, group.z);
  let y = locate(p.y, group.z);
  var sums = vec4<f32>();
  for (var i = thread; i < p.groups.length; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    let cotangent = numbers[dy + at];
    let value = numbers[y + at];
    sums += vec4<f32>(numbers[rx + at] * value, cotangent, cotangent * value, cotangent * numbers[ry + at]);
  }
  let means = total(thread, sums) / f32(p.groups.length);
  let scale = numbers[locate(p.scales, group.z) + group.x];
  let relative = -scale * means.x;
  let out = locate(p.out, group.z);
  for (var i = thread; i < p.groups.length; i += ${THREADS}u) {
    let at = member(p.groups, group.x, i);
    let value = numbers[y + at];
    let centred = numbers[dy + at] - means.y - value * means.z;
    numbers[out + at] += scale * (relative * centred - numbers[ry + at] * means.z - value * means.w);
  }
}
`;
