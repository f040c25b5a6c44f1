import { refuseUnknown } from "../../networks/kinds.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { adamScales } from "../../program/adam-scales.ts";
import type { Pass } from "../job.ts";
import { PLACE_SHADER, type Place, placeWords } from "../place.ts";
import { float64Shader } from "../shaders/float64-shader.ts";
import { THREADS } from "../shaders/unit-norm-shader.ts";

export interface DescentPlaces {
  /** The float32 parameters that networks are computed with: those of buffer 1, rounded. */
  readonly parameters: Place;
  readonly gradient: Place;
  /** m, and the root of v. */
  readonly first: Place;
  readonly second: Place;
  /** Sum and exponent of `normPass` of the gradient. */
  readonly norm: Place;
  /** Steps done. */
  readonly step: Place;
  /** Two numbers a step, `stepTable`. */
  readonly table: Place;
}

/**
 * One step on `length` parameters, for `count` rows z. Steps are computed in float32 and taken in float64: parameters are kept in
 * buffer 1, of float64 (see `float64-shader.ts`), so that steps below 2^-24 of a weight are not lost. Of v its root r is kept,
 * r = s sqrt(decay (r / s)^2 + (1 - decay) (g / s)^2) with s a power of two, so that squares neither underflow nor overflow.
 *
 * Roundings of a step, in units of 2^-23 of it: gradient descent 2 (rate and product), momentum 2 and those of m (3 a step); a
 * quotient 2.5 and its sum 1; r 10 a step (squares 2 each, their weights 2, the sum 1, half of those, a root of 4.5, the scale 0).
 * Rates and decays are those of float64 rounded once (sign descent takes float64's); a decay is kept in two numbers, so that 1 - decay loses nothing.
 */
export function descendPass(optimiser: Optimiser, places: DescentPlaces, length: number, count: number): Pass {
  const { parameters, gradient, first, second, norm, step, table } = places;
  const words = [parameters, gradient, first, second, norm].flatMap(placeWords);
  const numbers = constantsOf(optimiser);
  const uniform = new Uint32Array(words.length + 4 + numbers.length);
  uniform.set([...words, step.begin, table.begin, length, 0]);
  new Float32Array(uniform.buffer).set(numbers, words.length + 4);
  uniform.set(new Uint32Array(Float64Array.of(-optimiser.rate).buffer), words.length + 6);
  return {
    shader: shaderOf(optimiser.name),
    bindings: [0, 1],
    groups: [Math.ceil(length / THREADS), 1, count],
    parameters: uniform,
  };
}

/** Puts the float32 parameters into buffer 1 as they are. */
export function widenPass(parameters: Place, length: number, count: number): Pass {
  return {
    shader: WIDEN,
    bindings: [0, 1],
    groups: [Math.ceil(length / THREADS), 1, count],
    parameters: Uint32Array.of(...placeWords(parameters), length, 0, 0, 0),
  };
}

/** What depends on the step alone: Adam's rate and the root of the factor of v; for the others nothing. */
export function stepTable(optimiser: Optimiser, steps: number): Float64Array {
  if (optimiser.name !== "adam") return new Float64Array(0);
  const table = new Float64Array(2 * steps);
  for (let step = 0; step < steps; step++) {
    const { rate, square } = adamScales(optimiser, step + 1);
    table[2 * step] = rate;
    table[2 * step + 1] = Math.sqrt(square);
  }
  return table;
}

/** rate, epsilon or threshold, then for m and for v: decay in two parts, 1 - decay, 0. */
function constantsOf(optimiser: Optimiser): readonly number[] {
  const { rate } = optimiser;
  const none = [0, 0, 1, 0];
  switch (optimiser.name) {
    case "gradient-descent":
    case "sign-descent":
      return [rate, 0, 0, 0, ...none, ...none];
    case "momentum":
      return [rate, 0, 0, 0, ...inParts(optimiser.momentum, 1), ...none];
    case "normalised-descent":
      return [rate, optimiser.epsilon, 0, 0, ...none, ...none];
    case "clipped-descent":
      return [rate, optimiser.threshold, 0, 0, ...none, ...none];
    case "rmsprop":
      return [rate, optimiser.epsilon, 0, 0, ...none, ...inParts(optimiser.decay, 1 - optimiser.decay)];
    case "adam":
      return [
        ...[rate, optimiser.epsilon, 0, 0],
        ...inParts(optimiser.beta1, 1 - optimiser.beta1),
        ...inParts(optimiser.beta2, 1 - optimiser.beta2),
      ];
    case "adagrad":
      return [rate, optimiser.epsilon, 0, 0, ...none, ...inParts(1, 1)];
    default:
      return refuseUnknown("an optimiser", optimiser);
  }
}

function inParts(decay: number, rest: number): readonly number[] {
  const upper = Math.fround(decay);
  return [upper, decay - upper, rest, 0];
}

/** `change`, of float64, from the gradient's entry g. */
const STEPS: { readonly [name in Optimiser["name"]]: string } = {
  "gradient-descent": "let change = widen(-p.rate * g);",
  momentum: "let change = widen(-p.rate * averaged(p.first, z, i, p.forFirst, g));",
  "sign-descent": `
  var change = vec2<u32>(0u, 0u);
  if (g > 0.0) { change = p.exactStep; } else if (g < 0.0) { change = negated64(p.exactStep); }`,
  "normalised-descent": "let change = widen(-p.rate * quotient(g, normOf(z) + p.limit));",
  "clipped-descent": `
  let norm = normOf(z);
  var step = p.rate * g;
  if (!(norm <= p.limit)) { step = (p.rate * (p.limit / norm)) * g; }
  let change = widen(-step);`,
  rmsprop: "let change = widen(-p.rate * quotient(g, root(z, i, g) + p.limit));",
  adam: `
  let at = p.table + 2u * u32(numbers[p.step]);
  let m = averaged(p.first, z, i, p.forFirst, g);
  let change = widen(-numbers[at] * quotient(m, root(z, i, g) * numbers[at + 1u] + p.limit));`,
  adagrad: "let change = widen(-p.rate * quotient(g, root(z, i, g) + p.limit));",
};

const HEAD = `${float64Shader}${PLACE_SHADER}
struct Decay { upper: f32, lower: f32, rest: f32, unused: f32 }
struct Parameters {
  parameters: Place, gradient: Place, first: Place, second: Place, norm: Place,
  step: u32, table: u32, length: u32, unused: u32,
  rate: f32, limit: f32, exactStep: vec2<u32>, forFirst: Decay, forSecond: Decay,
}
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> exact: array<vec2<u32>>;

fn averaged(place: Place, z: u32, i: u32, decay: Decay, g: f32) -> f32 {
  let at = locate(place, z) + i;
  let m = numbers[at];
  let next = decay.upper * m + (decay.lower * m + decay.rest * g);
  numbers[at] = next;
  return next;
}

fn root(z: u32, i: u32, g: f32) -> f32 {
  let decay = parameters.forSecond;
  let at = locate(parameters.second, z) + i;
  let r = numbers[at];
  let field = clamp(bitcast<u32>(max(r, abs(g))) >> 23u, 1u, 253u);
  let factor = bitcast<f32>((254u - field) << 23u);
  let old = r * factor;
  let now = g * factor;
  let square = decay.upper * (old * old) + (decay.lower * (old * old) + decay.rest * (now * now));
  let next = sqrt(square) * bitcast<f32>(field << 23u);
  numbers[at] = next;
  return next;
}

fn quotient(x: f32, denominator: f32) -> f32 {
  if (denominator == 0.0) { return 0.0; }
  return x / denominator;
}

fn normOf(z: u32) -> f32 {
  let at = locate(parameters.norm, z);
  let exponent = clamp(i32(numbers[at + 1u]), -126, 127);
  return sqrt(numbers[at]) * bitcast<f32>(u32(exponent + 127) << 23u);
}
`;

function shaderOf(name: Optimiser["name"]): string {
  return `${HEAD}
@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let p = parameters;
  let z = group.z;
  let i = group.x * ${THREADS}u + thread;
  if (i >= p.length) { return; }
  let g = numbers[locate(p.gradient, z) + i];
  ${STEPS[name]}
  let slot = z * p.length + i;
  let moved = add64(exact[slot], change);
  exact[slot] = moved;
  numbers[locate(p.parameters, z) + i] = narrow(moved);
}
`;
}

const WIDEN = `${float64Shader}${PLACE_SHADER}
struct Parameters { parameters: Place, length: u32 }
@group(0) @binding(0) var<uniform> parameters: Parameters;
@group(0) @binding(1) var<storage, read_write> numbers: array<f32>;
@group(0) @binding(2) var<storage, read_write> exact: array<vec2<u32>>;

@compute @workgroup_size(${THREADS})
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let i = group.x * ${THREADS}u + thread;
  if (i >= parameters.length) { return; }
  exact[group.z * parameters.length + i] = widen(numbers[locate(parameters.parameters, group.z) + i]);
}
`;
