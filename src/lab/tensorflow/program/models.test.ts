import { beforeAll, describe, expect, test } from "vitest";
import type { Dataset } from "../../../numerics/dataset.ts";
import { fillGaussian, fillUniform, openStream } from "../../../numerics/random.ts";
import { LANES, type StreamKey } from "../../../numerics/stream.ts";
import type { Engine } from "../../contract/engine.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import { drawParameters } from "../../draws/draw-parameters.ts";
import { parameterArrays, parameterCount } from "../../networks/layered-network.ts";
import { heNormal, type LayerDescription, type LayeredNetwork } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { modelOperations } from "../../program/model-operations.ts";
import { plainPrimitives } from "../../reference/plain-primitives.ts";
import { openTensorflow } from "../engine.ts";
import { openLibrary } from "../open-library.ts";

const KEY: StreamKey = [41, 42, 43, 44];
const UNIT = 2 ** -24;
const exact = modelOperations(plainPrimitives());
let engine: Engine;
beforeAll(async () => {
  engine = await openTensorflow();
});

const bias = { standardDeviation: 0.3 };
const dense = (width: number): LayerDescription => ({ kind: "dense", width, bias });
const act = (activation: "relu" | "tanh" | "sigmoid" | "linear" | { leakySlope: number }): LayerDescription => ({
  kind: "activation",
  activation,
});
const convolution = (channels: number, padding: "circular" | "zero"): LayerDescription => ({
  kind: "convolution",
  channels,
  size: 3,
  padding,
  bias,
});
const residual = (scale: number, branch: readonly LayerDescription[]): LayerDescription => ({
  kind: "residual",
  scale,
  branch,
});
const layered = (input: LayeredNetwork["input"], ...layers: LayerDescription[]): LayeredNetwork => ({
  kind: "layered",
  input,
  init: heNormal,
  layers,
});
const image = { channels: 2, height: 3, width: 4 };

/** Networks whose loss is piecewise polynomial in parameters and inputs; `roundings` of one forward pass: terms of the sums in a row. */
const POLYNOMIAL: readonly (readonly [string, LayeredNetwork, number])[] = [
  ["relu", layered(24, dense(5), act("relu"), dense(4), act("relu"), dense(2)), 24 + 5 + 4 + 3 * 3],
  ["leaky", layered(24, dense(4), act({ leakySlope: 0.2 }), dense(2)), 24 + 4 + 3 * 3],
  [
    "residual with a multiplier",
    layered(
      24,
      dense(3),
      residual(0.5, [dense(4), act("relu"), dense(3), { kind: "multiplier", initial: -0.4 }]),
      dense(2),
    ),
    24 + 3 + 4 + 3 + 5 * 4,
  ],
  [
    "convolutions",
    layered(image, convolution(2, "circular"), act("relu"), convolution(1, "zero"), act("relu"), dense(2)),
    18 + 18 + 12 + 3 * 3,
  ],
];

const pictures = positivePictures();
const polynomialRequest = (network: LayeredNetwork, replicate: number): ModelRequest => ({
  network,
  loss: "squared",
  batch: { size: 4, inputs: "pictures", targets: { constant: -0.7 } },
  data: pictures,
  streams: { key: KEY, first: replicate, count: 1 },
});

/**
 * The same request with every factor of every path replaced by its absolute value: positive inputs, |w|, a target that adds, no
 * mask. Each result of it is the sum of absolute values of all terms that the original sums.
 */
function absoluteRequest(request: ModelRequest): ModelRequest {
  const { network, streams } = request;
  const drawn = new Float64Array(parameterCount(network));
  drawParameters(network, streams.key, streams.first, drawn, 0);
  const linear = (layers: readonly LayerDescription[]): readonly LayerDescription[] =>
    layers.map((layer) => {
      if (layer.kind === "activation") return act("linear");
      return layer.kind === "residual" ? { ...layer, branch: linear(layer.branch) } : layer;
    });
  return {
    ...request,
    network: { ...network, layers: linear(network.layers) },
    offset: drawn.map((w) => Math.abs(w) - w),
  };
}

/**
 * Every entry is a sum of products; each product passes at most this many roundings: a forward and a backward pass, once more
 * for a second derivative, with the batch's sum, the loss and the division in each.
 */
const roundingsOf = (passes: number, forward: number) => passes * (forward + 4 + 4);

describe("loss, gradients and Hessians where they are polynomials", () => {
  test.each(POLYNOMIAL)("%s: within the first-order bound of float32", (_, network, forward) => {
    const count = parameterCount(network);
    const vectors = new Float64Array(2 * count);
    fillGaussian(openStream(KEY, 0, LANES.noise), vectors, 0, vectors.length);
    let worst = 0;
    const compare = (found: Float64Array, expected: Float64Array, sizes: Float64Array, roundings: number) => {
      for (const [at, value] of found.entries()) {
        const bound = roundings * UNIT * sizes[at]!;
        if (bound > 0) worst = Math.max(worst, Math.abs(value - expected[at]!) / bound);
        else expect(value).toBe(expected[at]);
      }
    };
    for (let replicate = 0; replicate < 5; replicate++) {
      const request = polynomialRequest(network, replicate);
      const absolute = absoluteRequest(request);
      const gradients = [engine, exact, exact].map((o, i) => o.gradients(i < 2 ? request : absolute));
      compare(gradients[0]!.gradients, gradients[1]!.gradients, gradients[2]!.gradients, roundingsOf(2, forward));
      compare(gradients[0]!.loss, gradients[1]!.loss, gradients[2]!.loss, roundingsOf(2, forward));
      const products = [
        engine.hessianVectorProducts({ ...request, vectors }),
        exact.hessianVectorProducts({ ...request, vectors }),
        exact.hessianVectorProducts({ ...absolute, vectors: vectors.map(Math.abs) }),
      ];
      compare(products[0]!, products[1]!, products[2]!, roundingsOf(4, forward));
      const matrices = [engine.hessians(request), exact.hessians(request), exact.hessians(absolute)];
      compare(matrices[0]!, matrices[1]!, matrices[2]!, roundingsOf(4, forward));
    }
    expect(worst).toBeGreaterThan(1e-3);
    expect(worst).toBeLessThan(1);
  });
});

const SMOOTH: readonly (readonly [string, LayeredNetwork])[] = [
  ["tanh", layered(4, dense(6), act("tanh"), dense(6), act("tanh"), dense(3))],
  ["batch normalisation", layered(4, dense(5), { kind: "batch-normalisation", epsilon: 0.1 }, act("tanh"), dense(3))],
  [
    "layer normalisation and a branch",
    layered(
      4,
      dense(5),
      residual(0.5, [{ kind: "layer-normalisation", epsilon: 0.1 }, dense(5), act("tanh")]),
      dense(3),
    ),
  ],
  [
    "convolution, batch normalisation",
    layered(image, convolution(2, "circular"), { kind: "batch-normalisation", epsilon: 0.1 }, act("tanh"), dense(3)),
  ],
  ["sigmoid", layered(4, dense(6), act("sigmoid"), dense(6), act("sigmoid"), dense(3))],
];
const LOSSES = ["squared", "cross-entropy"] as const;
const smoothRequest = (network: LayeredNetwork, loss: (typeof LOSSES)[number], count = 3): ModelRequest => ({
  network,
  loss,
  batch: { size: 5, inputs: "sphere", targets: loss === "squared" ? "gaussian" : "classes" },
  streams: { key: KEY, first: 0, count },
});

/** A share of the largest entry: a few hundred roundings on the way, of which none is amplified by more than about 1 / 0.1. */
const SMOOTH_BOUND = 300 * UNIT * 10;

describe.each(LOSSES)("smooth networks with %s loss", (loss) => {
  test.each(SMOOTH)("%s: norms, gradients, Hessians and eigenvalues agree with float64", (_, network) => {
    const request = smoothRequest(network, loss);
    expectClose(engine.layerNorms(request), exact.layerNorms(request));
    expectClose({ outputs: engine.outputs(request) }, { outputs: exact.outputs(request) });
    const { loss: found, gradients } = engine.gradients(request);
    const expected = exact.gradients(request);
    expectClose({ found, gradients }, { found: expected.loss, gradients: expected.gradients });
    expectClose({ hessians: engine.hessians(request) }, { hessians: exact.hessians(request) });
    expectClose(
      { eigenvalues: engine.hessianEigenvalues(request) },
      { eigenvalues: exact.hessianEigenvalues(request) },
    );
  });

  test("extreme eigenvalues lie within their residual, and float32's rounding, of true ones", () => {
    const request = smoothRequest(SMOOTH[0]![1], loss);
    const all = exact.hessianEigenvalues(request);
    const count = all.length / 3;
    const { smallest, largest, residual } = engine.extremeEigenvalues({ ...request, iterations: 25 });
    for (let row = 0; row < 3; row++) {
      const spectrum = all.subarray(row * count, (row + 1) * count);
      const slack = residual[row]! + SMOOTH_BOUND * Math.abs(spectrum[count - 1]!);
      expect(Math.abs(smallest[row]! - spectrum[0]!)).toBeLessThan(slack);
      expect(Math.abs(largest[row]! - spectrum[count - 1]!)).toBeLessThan(slack);
      expect(residual[row]).toBeLessThan(0.05 * Math.abs(largest[row]!));
    }
  });

  test("extreme eigenvalues are the same bytes however replicates are cut into ranges, dead networks among them", () => {
    const plain = (width: number): LayerDescription => ({ kind: "dense", width, bias: "none" });
    const narrow = layered(3, ...new Array(6).fill([plain(2), act("relu")]).flat(), plain(3));
    const request = { ...smoothRequest(narrow, loss, 12), iterations: 6 };
    const whole = engine.extremeEigenvalues(request);
    expect(new Set(whole.largest.map(Math.sign))).toEqual(new Set([0, 1]));
    const parts = [0, 1, 5].map((first, part, all) => {
      const count = (all[part + 1] ?? 12) - first;
      return engine.extremeEigenvalues({ ...request, streams: { key: KEY, first, count } });
    });
    for (const name of ["smallest", "largest", "residual"] as const) {
      expect(parts.flatMap((part) => [...part[name]])).toEqual([...whole[name]]);
    }
  });
});

describe("trajectories", () => {
  const optimisers: readonly Optimiser[] = [
    { name: "gradient-descent", rate: 0.1 },
    { name: "momentum", rate: 0.05, momentum: 0.9 },
    { name: "sign-descent", rate: 0.01 },
    { name: "normalised-descent", rate: 0.02, epsilon: 0 },
    { name: "clipped-descent", rate: 0.1, threshold: 0.5 },
    { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: 1e-3 },
    { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 },
    { name: "adagrad", rate: 0.02, epsilon: 0 },
  ];

  test.each(optimisers.map((optimiser) => [optimiser.name, optimiser] as const))(
    "%s follows the float64 trajectory, noise and all",
    (_, optimiser) => {
      const request = { ...smoothRequest(SMOOTH[0]![1], "squared"), optimiser, steps: 8, recordEvery: 4, noise: 0.1 };
      expectClose(engine.trajectories(request), exact.trajectories(request));
    },
  );

  test.each([1, 2, 3])(
    "mini-batches of %i of 6 follow the float64 trajectory, through a batch normalisation too",
    (miniBatch) => {
      const batch = { size: 6, inputs: "gaussian", targets: "gaussian" } as const;
      const optimiser: Optimiser = { name: "momentum", rate: 0.05, momentum: 0.9 };
      for (const [, network] of SMOOTH.slice(0, 2)) {
        const request = { ...smoothRequest(network, "squared"), batch, optimiser, steps: 8, recordEvery: 4, miniBatch };
        expectClose(engine.trajectories(request), exact.trajectories(request));
      }
    },
  );

  test("an entry whose denominator is 0 does not move", () => {
    const network = layered(2, dense(2), act("relu"), { kind: "dense", width: 1, bias: "none", initial: "zero" });
    const request: ModelRequest = {
      ...smoothRequest(network, "squared"),
      batch: { size: 2, inputs: "sphere", targets: { constant: 0 } },
    };
    const optimiser: Optimiser = { name: "rmsprop", rate: 1, decay: 0.5, epsilon: 0 };
    const { parameters, logGradients } = engine.trajectories({ ...request, optimiser, steps: 2, recordEvery: 1 });
    const start = new Float64Array(parameterCount(network));
    drawParameters(network, KEY, 0, start, 0);
    expect(parameters.subarray(0, start.length)).toEqual(Float64Array.from(Float32Array.from(start)));
    expect([...logGradients]).toEqual(new Array(9).fill(-Infinity));
  });
});

describe("second derivatives of tanh", () => {
  test("the library's own are silently wrong inside a network; the re-entrant ones are the finite differences of float64", () => {
    const { tf } = openLibrary();
    const network = layered(3, dense(3), act("tanh"), dense(3), act("tanh"), dense(1));
    const request: ModelRequest = {
      ...smoothRequest(network, "squared", 1),
      batch: { size: 1, inputs: "gaussian", targets: { constant: 0 } },
    };
    const count = parameterCount(network);
    const vectors = new Float64Array(count);
    fillGaussian(openStream(KEY, 1, LANES.noise), vectors, 0, count);
    const step = 1e-5;
    const at = (factor: number) => exact.gradients({ ...request, offset: vectors.map((v) => v * factor) }).gradients;
    const forward = at(step);
    const backward = at(-step);
    const truth = forward.map((value, index) => (value - backward[index]!) / (2 * step));

    const parameters = new Float64Array(count);
    drawParameters(network, KEY, 0, parameters, 0);
    const inputs = new Float64Array(3);
    fillGaussian(openStream(KEY, 0, LANES.input), inputs, 0, 3);
    const arrays = parameterArrays(network);
    const tensors = (flat: Float64Array) =>
      arrays.map(({ offset, length, rows, columns, role }) =>
        tf.tensor(
          Float32Array.from(flat.subarray(offset, offset + length)),
          role === "bias" ? [1, length] : [rows, columns],
        ),
      );
    const naive: number[] = [];
    tf.tidy(() => {
      const x = tf.tensor(Float32Array.from(inputs), [1, 3]);
      const directions = tensors(vectors);
      const loss = (...[w1, b1, w2, b2, w3, b3]: ReturnType<typeof tensors>) => {
        const first = tf.tanh(tf.add(tf.matMul(x, w1!, false, true), b1!));
        const second = tf.tanh(tf.add(tf.matMul(first, w2!, false, true), b2!));
        const output = tf.add(tf.matMul(second, w3!, false, true), b3!);
        return tf.div(tf.sum(tf.square(output), [0, 1], false), 2);
      };
      const slope = (...ws: ReturnType<typeof tensors>) =>
        tf
          .grads(loss)(ws)
          .map((g, index) => tf.sum(tf.mul(g, directions[index]!), [0, 1], false))
          .reduce((sum, part) => tf.add(sum, part));
      naive.push(
        ...tf
          .grads(slope)(tensors(parameters))
          .flatMap((g) => [...g.dataSync()]),
      );
    });
    expect(relativeDifference(Float64Array.from(naive), truth)).toBeGreaterThan(0.01);
    expect(relativeDifference(engine.hessianVectorProducts({ ...request, vectors }), truth)).toBeLessThan(SMOOTH_BOUND);
  });
});

test("no tensor is left behind", () => {
  const { tf } = openLibrary();
  const before = tf.memory().numTensors;
  const request = smoothRequest(SMOOTH[3]![1], "cross-entropy");
  const optimiser: Optimiser = { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 0 };
  engine.layerNorms(request);
  engine.gradients(request);
  engine.hessianEigenvalues({ ...request, streams: { ...request.streams, count: 1 } });
  engine.extremeEigenvalues({ ...request, iterations: 3 });
  engine.trajectories({ ...request, optimiser, steps: 3, recordEvery: 1, noise: 0.1 });
  engine.trajectories({ ...request, optimiser, steps: 3, recordEvery: 1, miniBatch: 1 });
  expect(tf.memory().numTensors).toBe(before);
});

/** Every array within `SMOOTH_BOUND` of its largest entry. */
function expectClose(found: object, expected: object): void {
  for (const [name, values] of Object.entries(expected) as [string, Float64Array][]) {
    const actual = (found as Readonly<Record<string, Float64Array>>)[name]!;
    expect(actual.length, name).toBe(values.length);
    expect(relativeDifference(actual, values), name).toBeLessThan(SMOOTH_BOUND);
  }
}

/** Largest difference over the largest entry; NaN where one of the two is not finite. */
function relativeDifference(found: Float64Array, expected: Float64Array): number {
  const largest = expected.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
  return found.reduce((worst, value, at) => Math.max(worst, Math.abs(value - expected[at]!)), 0) / largest;
}

function positivePictures(): Dataset {
  const images = new Float64Array(24 * 12);
  fillUniform(openStream(KEY, 0, LANES.noise), images, 0, images.length);
  const labels = Uint8Array.from({ length: 12 }, (_, picture) => picture % 3);
  return { name: "dots", digest: "", width: 24, classes: 3, images, labels };
}
