import { beforeAll, describe, expect, test } from "vitest";
import { boundedModel } from "../../../../test/conformance/engines/bounded-model.ts";
import type { Bounded, CurvedName } from "../../../../test/conformance/engines/running-error.ts";
import { fillGaussian, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import { parameterCount } from "../../networks/layered-network.ts";
import { heNormal, type LayerDescription, type LayeredNetwork, xavierNormal } from "../../networks/network.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { type Device, openDevice } from "../device/device.ts";
import { SIGMOID_ERROR, sigmoidShader, TANH_ERROR, tanhShader } from "../shaders/tanh-shader.ts";
import { extremeEigenvalues } from "./extreme-eigenvalues.ts";
import { gradients, hessians, hessianVectorProducts, layerNorms } from "./model-operations.ts";

let device: Device;
beforeAll(async () => {
  device = await openDevice();
});

const KEY: StreamKey = [5, 6, 7, 8];
const reference = modelOperations(plainPrimitives());

describe.each([
  {
    name: "tanh",
    shader: tanhShader,
    bound: TANH_ERROR,
    value: Math.tanh,
    first: (x: number) => 1 / Math.cosh(x) ** 2,
    second: (x: number) => (-2 * Math.tanh(x)) / Math.cosh(x) ** 2,
  },
  {
    name: "sigmoid",
    shader: sigmoidShader,
    bound: SIGMOID_ERROR,
    value: (x: number) => 1 / (1 + Math.exp(-x)),
    first: (x: number) => 0.25 / Math.cosh(x / 2) ** 2,
    second: (x: number) => (-0.25 * Math.tanh(x / 2)) / Math.cosh(x / 2) ** 2,
  },
])("$name and its derivatives", ({ name, shader: functions, bound, value, first, second }) => {
  const points = Float32Array.from(
    { length: 4096 },
    (_, i) => (i - 2048) / 2 ** (i % 3 === 0 ? 6 : i % 3 === 1 ? 10 : 24),
  );

  test("are within the derived bounds", () => {
    const shader = `${functions}
@group(0) @binding(0) var<uniform> count: vec4<u32>;
@group(0) @binding(1) var<storage, read> points: array<f32>;
@group(0) @binding(2) var<storage, read_write> found: array<vec4<f32>>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < count.x) { found[id.x] = vec4<f32>(${name}AndDerivatives(points[id.x]), 0.0); }
}`;
    const [bytes] = device.run({
      buffers: [{ bytes: points.byteLength, data: points }, { bytes: 4 * points.byteLength }],
      passes: [{ shader, parameters: Uint32Array.of(points.length, 0, 0, 0), bindings: [0, 1], groups: [64, 1, 1] }],
      reads: [{ buffer: 1, bytes: 4 * points.byteLength }],
    });
    const found = new Float32Array(bytes!);
    const worst = [0, 0, 0];
    for (const [i, x] of points.entries()) {
      [value(x), first(x), second(x)].forEach((wanted, k) => {
        const error = wanted === 0 ? Math.abs(found[4 * i + k]!) : Math.abs(found[4 * i + k]! / wanted - 1);
        worst[k] = Math.max(worst[k]!, error * 2 ** 23);
      });
    }
    expect(worst[0]).toBeLessThan(bound.value);
    expect(worst[1]).toBeLessThan(bound.first);
    expect(worst[2]).toBeLessThan(bound.second);
  });
});

const dense = (width: number, bias: "none" | number = "none"): LayerDescription => ({
  kind: "dense",
  width,
  bias: bias === "none" ? "none" : { standardDeviation: bias },
});
const residual = (scale: number, ...branch: readonly LayerDescription[]): LayerDescription => ({
  kind: "residual",
  scale,
  branch,
});
const convolution = (
  channels: number,
  size: number,
  padding: "circular" | "zero",
  bias: "none" | number = "none",
): LayerDescription => ({
  ...{ kind: "convolution", channels, size, padding },
  bias: bias === "none" ? "none" : { standardDeviation: bias },
});
const act = (activation: CurvedName): LayerDescription => ({
  kind: "activation",
  activation,
});

/**
 * `seen` is a share of the bound that the errors seen exceed, so that the bound is known to be of their size; behind normalisations it
 * is far from them, because a mean's error counts once for each number that it is taken from.
 */
const networks: readonly { readonly says: string; readonly network: LayeredNetwork; readonly seen?: number }[] = [
  {
    says: "tanh with biases",
    network: layered(5, [dense(9, 0.3), act("tanh"), dense(7, 0.3), act("tanh"), dense(3, 0)]),
  },
  { says: "ReLU", network: layered(6, [dense(10), act("relu"), dense(10), act("relu"), dense(2)]) },
  {
    says: "leaky, with an activation before and after, and a linear one",
    network: layered(4, [act("tanh"), dense(8, 0.2), act({ leakySlope: 0.25 }), act("linear"), dense(3), act("tanh")]),
  },
  { says: "a single dense layer", network: layered(3, [dense(2, 1)]) },
  { says: "sigmoid", network: layered(4, [dense(6, 0.5), act("sigmoid"), dense(5), act("sigmoid"), dense(2)]) },
  {
    says: "batch normalisation",
    seen: 2e-5,
    network: layered(4, [
      ...([dense(6), { kind: "batch-normalisation", epsilon: 1e-3 }, act("tanh"), dense(70)] as const),
      ...([{ kind: "batch-normalisation", epsilon: 0 }, act("relu"), dense(2, 0.1)] as const),
    ]),
  },
  {
    says: "layer normalisation, alone and before a skip",
    seen: 2e-5,
    network: layered(4, [
      ...([dense(6), { kind: "layer-normalisation", epsilon: 0 }] as const),
      residual(0.5, { kind: "layer-normalisation", epsilon: 0.1 }, dense(6, 0.2), act("tanh")),
      dense(2),
    ]),
  },
  {
    says: "branches of two matrices with a multiplier, one before any parameter",
    network: layered(5, [
      residual(2, act("tanh")),
      residual(1, dense(7), act("relu"), dense(5), { kind: "multiplier", initial: 0.4 }),
      residual(0.25, dense(5, 0.1), act("sigmoid"), residual(-1, dense(5))),
      dense(2),
    ]),
  },
  {
    says: "convolutions with circular and zero padding, between a multiplier and a batch normalisation",
    seen: 2e-5,
    network: layered({ channels: 2, height: 4, width: 5 }, [
      ...([{ kind: "multiplier", initial: 1.5 }, convolution(3, 3, "circular", 0.2), act("tanh")] as const),
      ...([convolution(2, 3, "zero"), { kind: "batch-normalisation", epsilon: 0.01 }, act("sigmoid")] as const),
      ...([convolution(1, 1, "zero"), dense(2)] as const),
    ]),
  },
  { says: "width 1", network: layered(1, [dense(1, 0.5), act("tanh"), dense(1), act("tanh"), dense(1)]) },
];

describe.each(networks)("$says", ({ network, seen = 1e-3 }) => {
  const count = parameterCount(network);
  const offset = new Float64Array(count).fill(0.01);
  const request: ModelRequest = {
    network,
    loss: "squared",
    batch: { size: 5, inputs: "gaussian", targets: "gaussian" },
    streams: { key: KEY, first: 3, count: 3 },
    offset,
  };
  const vectors = new Float64Array(2 * count);
  fillGaussian(openStream(KEY, 77, LANES.start), vectors, 0, vectors.length);
  const naive = [0, 1, 2].map((row) =>
    [0, 1].map((vector) => boundedModel(request, 3 + row, vectors.subarray(vector * count, (vector + 1) * count))),
  );

  test("has the loss and gradients of the float64 reference within the running error bound", () => {
    const found = gradients(device, request);
    const wanted = reference.gradients(request);
    const { values, errors } = joinAll(naive.map(([first]) => first!.gradient));
    expect(largestShare(values, wanted.gradients, errors)).toBeLessThan(1e-3);
    const share = largestShare(found.gradients, wanted.gradients, errors);
    expect(share).toBeLessThan(1);
    expect(share).toBeGreaterThan(seen);
    const moved = gradients(device, { ...request, offset: offset.map((value) => value + 1e-3) });
    expect(largestShare(moved.gradients, wanted.gradients, errors)).toBeGreaterThan(1);
    expect(Math.max(...wanted.loss.map((loss, row) => Math.abs(found.loss[row]! / loss - 1)))).toBeLessThan(1e-5);
    expect(Math.max(...wanted.logNorms.map((norm, i) => Math.abs(found.logNorms[i]! - norm)))).toBeLessThan(1e-4);
  });

  test("has Hessian-vector products of the float64 reference within the running error bound", () => {
    const found = hessianVectorProducts(device, { ...request, vectors });
    const wanted = reference.hessianVectorProducts({ ...request, vectors });
    const { values, errors } = joinAll(naive.flatMap((both) => both.map(({ product: each }) => each)));
    expect(largestShare(values, wanted, errors)).toBeLessThan(1e-3);
    const share = largestShare(found, wanted, errors);
    expect(share).toBeLessThan(1);
    expect(share).toBeGreaterThan(seen);
  });
});

describe("norms of signals", () => {
  const deep = (layers: number, law: LayeredNetwork["init"]): ModelRequest => ({
    network: { kind: "layered", input: 3, layers: Array.from({ length: layers }, () => dense(3)), init: law },
    loss: "squared",
    batch: { size: 2, inputs: "sphere", targets: { constant: 1 } },
    streams: { key: KEY, first: 0, count: 2 },
  });

  test("are the reference's from 2^-80 up, longer than a group of threads, through layers that do nothing", () => {
    const request: ModelRequest = {
      ...deep(0, heNormal),
      network: layered(70, [dense(90, 1e-3), act("linear"), act("tanh"), dense(5), act("linear")]),
    };
    const shrinking = deep(40, { ...heNormal, gain: 0.2 });
    for (const each of [request, shrinking]) {
      const found = layerNorms(device, each);
      const wanted = reference.layerNorms(each);
      // 90 terms a sum and 13 for a draw, 40 layers forward and backward, in units of 2^-23: 1e-3 at the very most.
      expect(largestDifference(found.logForward, wanted.logForward)).toBeLessThan(1e-4);
      expect(largestDifference(found.logBackward, wanted.logBackward)).toBeLessThan(1e-4);
      expect(largestDifference(found.loss, wanted.loss)).toBeLessThan(1e-5);
    }
    expect(Math.min(...layerNorms(device, shrinking).logForward)).toBeLessThan(-40);
  });

  test.each([
    ["fall below what float32 holds", 0.01, /fall below 2\^-80/],
    ["overflow", 1e6, /overflow/],
  ])("that %s are refused, not given as zero or infinity", (_, gain, message) => {
    expect(() => layerNorms(device, deep(30, { ...heNormal, gain }))).toThrow(message);
  });

  test("that overflow inside and leave a tanh finite are refused too", () => {
    const network = {
      ...layered(3, [dense(3, 1), dense(3), act("tanh"), dense(2)]),
      init: { ...heNormal, gain: 1e50 },
    };
    expect(() => layerNorms(device, { ...deep(1, heNormal), network })).toThrow(UnsupportedError);
  });
});

test("the Hessian is the reference's, and the same whatever the batches in which its columns are computed", async () => {
  const network = layered(3, [dense(4, 0.2), act("tanh"), dense(2)]);
  const request: ModelRequest = {
    network,
    loss: "squared",
    batch: { size: 3, inputs: "sphere", targets: { constant: 1 } },
    streams: { key: KEY, first: 0, count: 2 },
  };
  const found = hessians(device, request);
  const wanted = reference.hessians(request);
  const norm = Math.hypot(...wanted);
  expect(Math.hypot(...found.map((value, i) => value - wanted[i]!))).toBeLessThan(1e-6 * norm);
  const small = await openDevice({ faults: { memoryBytes: 3000 } });
  expect(hessians(small, request)).toEqual(found);
});

test("Lanczos has the ends of the reference's spectrum for each replicate, and the same whatever the batches", async () => {
  const network = layered(3, [dense(5, 0.2), act("tanh"), dense(2)]);
  const request = {
    network,
    loss: "squared",
    batch: { size: 3, inputs: "sphere", targets: { constant: 1 } },
    streams: { key: KEY, first: 4, count: 3 },
    iterations: 40,
  } as const;
  const count = parameterCount(network);
  const found = extremeEigenvalues(device, request);
  const all = reference.hessianEigenvalues(request);
  for (let row = 0; row < 3; row++) {
    const own = all.subarray(row * count, (row + 1) * count);
    const norm = Math.max(-own[0]!, own[count - 1]!);
    // The Hessian's error by the running error test above is below 1e-6 of its norm, and Weyl moves no eigenvalue by more.
    expect(Math.abs(found.smallest[row]! - own[0]!)).toBeLessThan(2e-6 * norm);
    expect(Math.abs(found.largest[row]! - own[count - 1]!)).toBeLessThan(2e-6 * norm);
    expect(found.residual[row]!).toBeLessThan(2e-6 * norm);
    expect(found.residual[row]!).toBeGreaterThan(1e-9 * norm);
  }
  const short = extremeEigenvalues(device, { ...request, iterations: 2 });
  const wanted = reference.extremeEigenvalues({ ...request, iterations: 2 });
  expect(largestDifference(short.largest, wanted.largest)).toBeLessThan(1e-5);
  expect(largestDifference(short.residual, wanted.residual)).toBeLessThan(1e-5);
  expect(Math.min(...wanted.residual)).toBeGreaterThan(1e-3);
  const small = await openDevice({ faults: { memoryBytes: 3000 } });
  expect(extremeEigenvalues(small, request)).toEqual(found);
});

test.each([
  ["gradients", gradients],
  ["hessianVectorProducts", (on: Device, request: ModelRequest) => hessianVectorProducts(on, { ...request, vectors })],
  ["extremeEigenvalues", (on: Device, request: ModelRequest) => extremeEigenvalues(on, { ...request, iterations: 3 })],
] as const)("%s that float32 loses on the way are refused, not given as zero", (_, ask) => {
  const deep: ModelRequest = {
    network: { kind: "layered", input: 3, layers: Array.from({ length: 12 }, () => dense(3)), init: fading },
    loss: "squared",
    batch: { size: 2, inputs: "sphere", targets: { constant: 1 } },
    streams: { key: KEY, first: 0, count: 2 },
  };
  expect(() => ask(device, deep)).toThrow(/derivatives fall below 2\^-80/);
});
const fading = { ...heNormal, gain: 2e-6 };
const vectors = new Float64Array(12 * 9).fill(1);

test("the cross-entropy of confident networks, whose exponentials underflow, is the reference's", () => {
  // One tanh layer into logits some hundreds apart: e^-100 underflows float32, the loss and its gradient do not.
  const network = layered(4, [dense(6), act("tanh"), dense(5, 200)]);
  const request: ModelRequest = {
    network,
    loss: "cross-entropy",
    batch: { size: 70, inputs: "gaussian", targets: "classes" },
    streams: { key: KEY, first: 0, count: 3 },
  };
  const found = gradients(device, request);
  const wanted = reference.gradients(request);
  // A logit of size 500 has been rounded to 2^-24 of itself: 3e-5, which a probability between others is then off by, relatively.
  expect(largestDifference(found.gradients, wanted.gradients)).toBeLessThan(3e-5 * largestOf(wanted.gradients));
  expect(largestDifference(found.loss, wanted.loss)).toBeLessThan(3e-7 * largestOf(wanted.loss));
  expect(largestOf(wanted.loss)).toBeGreaterThan(50);
  const vectors = new Float64Array(parameterCount(network));
  fillGaussian(openStream(KEY, 78, LANES.start), vectors, 0, vectors.length);
  const products = reference.hessianVectorProducts({ ...request, vectors });
  const distance = largestDifference(hessianVectorProducts(device, { ...request, vectors }), products);
  expect(distance).toBeLessThan(3e-5 * largestOf(products));
});

describe("refused with a reason", () => {
  const network = layered(4, [dense(3), act("tanh"), dense(2)]);
  const request: ModelRequest = {
    network,
    loss: "squared",
    batch: { size: 2, inputs: "gaussian", targets: "gaussian" },
    streams: { key: KEY, first: 0, count: 1 },
  };
  const count = parameterCount(network);

  test.each([
    ["GELU", { network: layered(4, [dense(3), { kind: "activation", activation: "gelu" }]) }],
    ["an epsilon below float32", { network: layered(4, [dense(3), { kind: "layer-normalisation", epsilon: 1e-40 }]) }],
    ["NaN in the offset", { offset: new Float64Array(count).fill(Number.NaN) }],
    ["what overflows float32", { offset: new Float64Array(count).fill(1e30) }],
  ] as const)("%s", (_, part) => {
    expect(() => gradients(device, { ...request, ...part } as ModelRequest)).toThrow(UnsupportedError);
  });

  test("NaN in a vector", () => {
    const vectors = new Float64Array(count).fill(Number.NaN);
    expect(() => hessianVectorProducts(device, { ...request, vectors })).toThrow(UnsupportedError);
  });
});

function largestOf(values: Float64Array): number {
  return Math.max(...values.map(Math.abs));
}

function largestDifference(found: Float64Array, wanted: Float64Array): number {
  return largestOf(found.map((value, i) => value - wanted[i]!));
}

function layered(input: LayeredNetwork["input"], layers: readonly LayerDescription[]): LayeredNetwork {
  return { kind: "layered", input, layers, init: layers.length > 4 ? heNormal : xavierNormal };
}

function joinAll(parts: readonly Bounded[]): Bounded {
  return {
    values: Float64Array.from(parts.flatMap(({ values }) => [...values])),
    errors: Float64Array.from(parts.flatMap(({ errors }) => [...errors])),
  };
}

function largestShare(found: Float64Array, wanted: Float64Array, errors: Float64Array): number {
  expect(found.length).toBe(wanted.length);
  expect(errors.length).toBe(wanted.length);
  return found.reduce((worst, value, i) => {
    if (value === wanted[i]) return worst;
    const share = Math.abs(value - wanted[i]!) / errors[i]!;
    return Number.isNaN(share) ? Infinity : Math.max(worst, share);
  }, 0);
}
