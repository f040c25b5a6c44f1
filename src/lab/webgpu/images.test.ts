import { beforeAll, describe, expect, test } from "vitest";
import { withShaderFault } from "../../../test/conformance/engines/faults/shader-fault.ts";
import { fillGaussian, fillRademacher, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { fillDirection } from "../draws/input.ts";
import { slopeOf } from "../networks/architecture.ts";
import { heNormal, type Mlp, mlp, orthogonal } from "../networks/network.ts";
import { backpropagate as backpropagate64 } from "../reference/backpropagate.ts";
import { propagate as propagate64 } from "../reference/propagate.ts";
import { backpropagate } from "./backpropagate.ts";
import { type Device, openDevice } from "./device/device.ts";
import { propagate } from "./propagate.ts";
import { GAUSSIAN_ERROR } from "./shaders/draw-shader.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [31, 41, 59, 26];
const COUNT = 6;
const ahead = { input: { law: "sphere" }, streams: { key: KEY, first: 9, count: COUNT } } as const;
const rows = Array.from({ length: COUNT }, (_, row) => row);

const networks: readonly (readonly [string, Mlp])[] = [
  ["ReLU, 20 wide", mlp({ width: 20, depth: 8, activation: "relu", init: heNormal })],
  [
    "ReLU, unequal widths beyond a block of signs",
    { kind: "mlp", widths: [7, 260, 131, 64, 3], activation: "relu", init: heNormal },
  ],
  ["leaky, odd", mlp({ width: 9, depth: 6, activation: { leakySlope: 0.3 }, init: { ...heNormal, gain: 1.7 } })],
  ["linear, unequal", { kind: "mlp", widths: [5, 70, 1, 6], activation: "linear", init: heNormal }],
  ["deep", mlp({ width: 6, depth: 300, activation: { leakySlope: 0.5 }, init: heNormal })],
];

/** A number of units of 2^-23 and the second order of some thousands of them. */
const units = (count: number) => 1.01 * count * 2 ** -23;
/** Roundings of a sum of n numbers by 64 threads, their squares' with it. */
const sumOf = (n: number) => n / 64 + 66;
/** An image's number: a normal, its size and its slope; the sum of their squares. */
const IMAGE = GAUSSIAN_ERROR + 2;
const squaresOf = (n: number) => 2 * IMAGE + sumOf(n);

test.each(networks)("law-exact, %s: increments are the reference's within the derived bound", (_, network) => {
  const request = { ...ahead, network, sampling: "law-exact" } as const;
  const [found, wanted] = [propagate(device, request), propagate64(request)];
  expect(found.layersAlive).toEqual(wanted.layersAlive);
  const bounds = network.widths.slice(1).map((width) => units(squaresOf(width)));
  const share = largestShare(found.logIncrements, wanted.logIncrements, (at) => bounds[at % bounds.length]!);
  expect(share).toBeLessThan(1);
  expect(share).toBeGreaterThan(1e-3);
});

test.each(networks)("law-exact, %s: gradients are the reference's within the running bound", (_, network) => {
  const request = { ...ahead, network, sampling: "law-exact" } as const;
  const found = backpropagate(device, request);
  const wanted = backpropagate64(request);
  const naive = rows.map((row) => boundedGradients(network, ahead.streams.first + row));
  const logs = naive.flatMap(({ values }) => values);
  const bounds = naive.flatMap(({ errors }) => errors);
  expect(largestShare(Float64Array.from(logs), wanted.logGradients, () => 1e-9)).toBeLessThan(1);
  const share = largestShare(found.logGradients, wanted.logGradients, (at) => bounds[at]!);
  expect(share).toBeLessThan(1);
  expect(share).toBeGreaterThan(1e-4);
  const depth = network.widths.length - 1;
  const forward = network.widths.slice(1).reduce((sum, width) => sum + squaresOf(width), 0);
  expect(largestShare(found.logNorm, wanted.logNorm, () => units(forward + depth))).toBeLessThan(1);
});

test.each([
  ["linear", mlp({ width: 9, depth: 5, activation: "linear", init: orthogonal(1.5) })],
  ["ReLU", mlp({ width: 70, depth: 5, activation: "relu", init: orthogonal(2) })],
  ["one wide", mlp({ width: 1, depth: 5, activation: { leakySlope: 0.5 }, init: orthogonal(2) })],
] as const)("orthogonal, %s: increments are the reference's within the derived bound", (_, network) => {
  const request = { ...ahead, network } as const;
  const found = propagate(device, request).logIncrements;
  // each entry, its norm's half and 2 for the root; then their squares
  const n = network.widths[0]!;
  const bound = units(2 * (IMAGE + (2 * GAUSSIAN_ERROR + sumOf(n)) / 2 + 3) + sumOf(n));
  expect(largestShare(found, propagate64(request).logIncrements, () => bound)).toBeLessThan(1);
});

describe("dead networks, sampled law-exactly", () => {
  const network = mlp({ width: 2, depth: 24, activation: "relu", init: heNormal });
  const request = { ...ahead, network, streams: { key: KEY, first: 0, count: 64 }, sampling: "law-exact" } as const;

  test("die where the reference's do, and have no gradient", () => {
    const found = propagate(device, request);
    const wanted = propagate64(request);
    expect(found.layersAlive).toEqual(wanted.layersAlive);
    expect([...wanted.layersAlive].filter((alive) => alive < 24).length).toBeGreaterThan(32);
    const { logNorm, logGradients } = backpropagate(device, request);
    for (const [row, alive] of wanted.layersAlive.entries()) {
      expect(logNorm[row] === -Infinity).toBe(alive < 24);
      if (alive === 24) continue;
      expect(new Set(logGradients.subarray(24 * row, 24 * row + 24))).toEqual(new Set([-Infinity]));
    }
  });

  test("go on where they are revived, with the draws that follow", () => {
    const found = propagate(device, { ...request, revive: true }).logIncrements;
    const wanted = propagate64({ ...request, revive: true }).logIncrements;
    expect(largestShare(found, wanted, () => units(squaresOf(2)))).toBeLessThan(1);
    expect(wanted.includes(-Infinity)).toBe(true);
  });
});

test.each([
  ["signs that are all positive", "countOneBits(~bits &", "countOneBits(0xffffffffu &"],
  ["signs read the other way round", "countOneBits(~bits &", "countOneBits(bits &"],
  ["a fill that begins where the one before began", "cursor += (seen + 1u) / 2u;", ""],
  ["signs that take no draws", "cursor += (count + 127u) / 128u;", ""],
  ["a part along h that is not taken off", "let rest = along - added(thread, part);", "let rest = along;"],
  ["a part along h that is not put in", "let rest = along - added(thread, part);", "let rest = -added(thread, part);"],
  ["a backward pass of the forward draws", `streamLane = ${LANES.backward}u;`, ""],
  ["normals that know nothing of |d|", "let deviation = sqrt(square);", "let deviation = 1.0;"],
  ["a mask that is always on", "select(parameters.slope * now[i], now[i], images[z + i] > 0.0)", "now[i]"],
  ["an h that is not of norm 1", "let root = inverseSqrt(added(thread, parts.y));", "let root = 1.0;"],
])("a fault planted in a shader is seen: %s", (_, right, wrong) => {
  const faulty = withShaderFault(device, right, wrong);
  const [, network] = networks[0]!;
  const request = { ...ahead, network, sampling: "law-exact" } as const;
  const bounds = rows.flatMap((row) => boundedGradients(network, ahead.streams.first + row).errors);
  const wanted = backpropagate64(request).logGradients;
  expect(largestShare(backpropagate(faulty, request).logGradients, wanted, (at) => bounds[at]!)).toBeGreaterThan(1);
  expect(faulty.isMet()).toBe(true);
});

/**
 * ln of the squared norms of the gradients of one network, and how far float32 may be from them: the law-exact passes of
 * `draws/law-exact.ts` said again, with the relative error of the cotangent's norm, in units of 2^-23, beside it.
 */
function boundedGradients(network: Mlp, replicate: number): { readonly values: number[]; readonly errors: number[] } {
  const { widths, init, activation } = network;
  const depth = widths.length - 1;
  const slope = slopeOf(activation);
  const weights = openStream(KEY, replicate, LANES.weights);
  const z = widths.map((width, layer) => {
    if (layer === 0) return [];
    const signs = new Float64Array(width);
    if (slope === 0) fillRademacher(weights, signs, 0, width);
    const seen = slope === 0 ? signs.filter((sign) => sign > 0).length : width;
    const draws = new Float64Array(width);
    fillGaussian(weights, draws, 0, seen);
    return [...draws].map((value) => (slope === 0 ? Math.abs(value) : value));
  });
  const active = z.map((image) => image.map((value) => (value > 0 ? value : slope * value)));
  const scale = (layer: number) => Math.log(init.gain / widths[layer - 1]!);
  const logHidden = [0];
  const hiddenErrors = [0];
  for (let layer = 1; layer <= depth; layer++) {
    logHidden.push(logHidden[layer - 1]! + 2 * Math.log(norm(active[layer]!)) + scale(layer));
    hiddenErrors.push(hiddenErrors[layer - 1]! + squaresOf(widths[layer]!) + 1);
  }
  const backward = openStream(KEY, replicate, LANES.backward);
  const cotangent = new Float64Array(widths[depth]!);
  fillDirection(openStream(KEY, replicate, LANES.cotangent), cotangent, 0, cotangent.length);
  const [values, errors] = [new Array<number>(depth), new Array<number>(depth)];
  let delta = [...cotangent];
  let logScale = 0;
  let error = 1;
  for (let layer = depth; layer >= 1; layer--) {
    const masked = delta.map((value, unit) => (z[layer]![unit]! > 0 ? value : slope * value));
    error = (error * norm(delta)) / norm(masked) + 1;
    values[layer - 1] = logScale + 2 * Math.log(norm(masked)) + logHidden[layer - 1]!;
    errors[layer - 1] = units(2 * error + sumOf(widths[layer]!) + hiddenErrors[layer - 1]! + 4);
    if (layer === 1) break;
    logScale += scale(layer);
    const entering = active[layer - 1]!;
    const h = entering.map((value) => value / norm(entering));
    const m = h.length;
    const seen = slope === 0 ? h.filter((value) => value > 0).length : m;
    const draws = new Float64Array(m);
    fillGaussian(backward, draws, 0, seen);
    const v = [...draws].map((value) => value * norm(masked));
    const [along, off] = [dot(z[layer]!, masked), dot(h, v)];
    const rest = along - off;
    const ofH = IMAGE + squaresOf(m) / 2 + 3;
    const ofV = GAUSSIAN_ERROR + 1 + error + sumOf(widths[layer]!) / 2 + 5;
    const ofAlong =
      (IMAGE + 1 + sumOf(widths[layer]!)) * sizes(z[layer]!, masked) + error * norm(z[layer]!) * norm(masked);
    const ofRest = ofAlong + (ofH + ofV + 1 + sumOf(m)) * sizes(h, v) + Math.abs(rest);
    delta = v.map((value, unit) => value + h[unit]! * rest);
    error = (ofV * norm(v) + (ofH + 2) * Math.abs(rest) + ofRest) / norm(delta) + 1;
  }
  return { values, errors };
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}
function sizes(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + Math.abs(value * b[i]!), 0);
}
function norm(a: readonly number[]): number {
  return Math.sqrt(dot(a, a));
}

/** Of a bound; equal numbers use nothing of it. */
function largestShare(found: Float64Array, wanted: Float64Array, boundAt: (at: number) => number): number {
  expect(found.length).toBe(wanted.length);
  return found.reduce((most, value, at) => {
    if (value === wanted[at]) return most;
    const share = Math.abs(value - wanted[at]!) / boundAt(at);
    return Number.isNaN(share) ? Infinity : Math.max(most, share);
  }, 0);
}
