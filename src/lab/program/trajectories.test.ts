import { describe, expect, test } from "vitest";
import { drawInstance } from "../../../test/conformance/engines/oracle/model-instance.ts";
import { oracleGradient, oracleLoss } from "../../../test/conformance/engines/oracle/model-oracle.ts";
import { fillGaussian, openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import type { TrajectoryRequest } from "../contract/model-request.ts";
import { multilayerPerceptron } from "../networks/multilayer-perceptron.ts";
import { heNormal } from "../networks/network.ts";
import type { Optimiser } from "../networks/optimiser.ts";
import { optimiserStep } from "../reference/optimiser-step.ts";
import { plainPrimitives } from "../reference/plain-primitives.ts";
import { modelOperations } from "./model-operations.ts";
import { stateOf } from "./optimiser-state.ts";

const operations = modelOperations(plainPrimitives());
const network = multilayerPerceptron({
  widths: [2, 3, 3, 2],
  activation: "tanh",
  init: heNormal,
  bias: { standardDeviation: 0.1 },
});
const descent: Optimiser = { name: "gradient-descent", rate: 0.05 };

function requestOf(optimiser: Optimiser): TrajectoryRequest {
  return {
    network,
    loss: "squared",
    batch: { size: 3, inputs: "sphere", targets: "gaussian" },
    streams: { key: [91, 92, 93, 94], first: 2, count: 2 },
    optimiser,
    steps: 6,
    recordEvery: 2,
  };
}

interface Followed {
  readonly losses: readonly number[];
  readonly logGradients: readonly number[];
  readonly parameters: readonly number[];
}

/** The trajectory from the oracle's losses and gradients; the optimiser's step has a test of its own. */
function follow(request: TrajectoryRequest, replicate: number): Followed {
  const { optimiser, steps, recordEvery, noise = 0, streams } = request;
  let instance = drawInstance(request, replicate);
  const count = instance.parameters.length;
  const memory = new Float64Array(4 * count);
  const state = stateOf(optimiser);
  const stream = openStream(streams.key, replicate, LANES.noise);
  const losses: number[] = [];
  const logGradients: number[] = [];
  for (let step = 0; step <= steps; step++) {
    const gradient = oracleGradient(request, instance);
    if (step % recordEvery === 0) {
      losses.push(oracleLoss(request, instance));
      logGradients.push(Math.log(gradient.reduce((sum, g) => sum + g * g, 0)));
    }
    if (step === steps) break;
    const noises = new Float64Array(count);
    if (noise > 0) fillGaussian(stream, noises, 0, count);
    memory.set(instance.parameters);
    memory.set(
      gradient.map((g, i) => g + noise * noises[i]!),
      count,
    );
    const [m, v] = [state.first ? 2 * count : -1, state.second ? 3 * count : -1];
    optimiserStep(optimiser, step + 1, memory, count, 0, count, m, v);
    instance = { ...instance, parameters: [...memory.subarray(0, count)] };
  }
  return { losses, logGradients, parameters: instance.parameters };
}

/** 6 steps of at most 2^13 roundings each, on numbers up to 4; a step amplifies an error by less than 2. */
const TOLERANCE = 4 * 6 * 2 ** 6 * 2 ** 13 * 2 ** -53;

function expectClose(found: ArrayLike<number>, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs(found[i]! - value)).toBeLessThan(TOLERANCE);
  });
}

describe("trajectories", () => {
  test.each<Optimiser>([
    descent,
    { name: "momentum", rate: 0.05, momentum: 0.9 },
    { name: "sign-descent", rate: 0.01 },
    { name: "normalised-descent", rate: 0.05, epsilon: 0 },
    { name: "clipped-descent", rate: 0.05, threshold: 0.1 },
    { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: 1e-3 },
    { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 },
    { name: "adagrad", rate: 0.01, epsilon: 0 },
  ])("$name, without noise and with: losses, gradients and the end", (optimiser) => {
    for (const noise of [0, 0.3]) {
      const request = { ...requestOf(optimiser), noise };
      const found = operations.trajectories(request);
      for (let row = 0; row < 2; row++) {
        const expected = follow(request, 2 + row);
        expectClose(found.losses.slice(4 * row, 4 * row + 4), expected.losses);
        expectClose(found.logGradients.slice(4 * row, 4 * row + 4), expected.logGradients);
        const count = expected.parameters.length;
        expectClose(found.parameters.slice(count * row, count * row + count), expected.parameters);
      }
    }
  });

  test("the first record is the loss at the start; fewer records are some of the same ones", () => {
    const request = requestOf(descent);
    const sparse = operations.trajectories({ ...request, recordEvery: 6 });
    const dense = operations.trajectories({ ...request, recordEvery: 1 });
    expect(dense.losses[0]).toBe(operations.gradients(request).loss[0]);
    expect([...sparse.losses]).toEqual([dense.losses[0], dense.losses[6], dense.losses[7], dense.losses[13]]);
    expect(sparse.parameters).toEqual(dense.parameters);
  });

  test("an optimiser's state begins anew with each replicate and call", () => {
    const request = requestOf({ name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 0 });
    const both = operations.trajectories(request);
    const second = operations.trajectories({ ...request, streams: { ...request.streams, first: 3, count: 1 } });
    expect([...second.losses]).toEqual([...both.losses.slice(4)]);
  });

  test("clipping above every gradient is gradient descent to the last bit, and below is not", () => {
    const request = { ...requestOf(descent), noise: 0.1 };
    const plain = operations.trajectories(request);
    const clipped = (threshold: number) =>
      operations.trajectories({ ...request, optimiser: { name: "clipped-descent", rate: 0.05, threshold } });
    expect(clipped(1e6)).toEqual(plain);
    expect(clipped(0.1)).not.toEqual(plain);
  });

  test("descent goes down", () => {
    const { losses } = operations.trajectories({ ...requestOf(descent), steps: 50, recordEvery: 1 });
    for (let step = 1; step <= 50; step++) expect(losses[step]!).toBeLessThan(losses[step - 1]!);
  });
});
