import { describe, expect, test } from "vitest";
import type { StreamKey } from "../../../numerics/stream.ts";
import type { ChainTrajectoryRequest } from "../../contract/chains.ts";
import { chainWeights } from "../../draws/chain-weights.ts";
import { type Chain, type Initialisation, xavierUniform } from "../../networks/network.ts";
import type { Optimiser } from "../../networks/optimiser.ts";
import { chainTrajectories } from "./chain-trajectories.ts";

const key: StreamKey = [31, 32, 33, 34];
const DEPTH = 6;
const COUNT = 7;
const STEPS = 24;

const chain = (depth: number, init: Initialisation = xavierUniform): Chain => ({
  kind: "chain",
  depth,
  activation: "linear",
  init,
});
const request = (optimiser: Optimiser, changes: Partial<ChainTrajectoryRequest> = {}): ChainTrajectoryRequest => ({
  network: chain(DEPTH),
  target: 1,
  optimiser,
  steps: STEPS,
  recordEvery: 1,
  streams: { key, first: 0, count: COUNT },
  ...changes,
});
const rmsprop = { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: 0 } as const;
const adam = { name: "adam", rate: 0.01, beta1: 0.9, beta2: 0.99, epsilon: 0 } as const;
const clipped = { name: "clipped-descent", rate: 0.05, threshold: 0.2 } as const;

const OPTIMISERS: readonly Optimiser[] = [
  { name: "gradient-descent", rate: 0.05 },
  { name: "momentum", rate: 0.02, momentum: 0.9 },
  { name: "sign-descent", rate: 0.01 },
  { name: "normalised-descent", rate: 0.02, epsilon: 1e-3 },
  clipped,
  { ...rmsprop, epsilon: 1e-4 },
  { ...adam, epsilon: 1e-4 },
  { name: "adagrad", rate: 0.02, epsilon: 0 },
];

/** Derivative by each weight of scale (P - target)^2 / 2, from the definition. */
function gradient(weights: readonly number[], target: number, scale: number): readonly number[] {
  const product = (values: readonly number[]) => values.reduce((result, value) => result * value, 1);
  return weights.map((_, i) => scale * (product(weights) - target) * product(weights.filter((_, j) => j !== i)));
}

/** One scalar at a time, from the formulas of `Optimiser`. */
function oracle(start: readonly number[], optimiser: Optimiser, target: number, scale: number): readonly number[] {
  let w = [...start];
  let m = w.map(() => 0);
  let v = w.map(() => 0);
  for (let t = 1; t <= STEPS; t++) {
    const g = gradient(w, target, scale);
    const norm = Math.hypot(...g);
    const { rate } = optimiser;
    const move = (by: (i: number) => number) => {
      w = w.map((value, i) => value - rate * by(i));
    };
    switch (optimiser.name) {
      case "gradient-descent":
        move((i) => g[i]!);
        break;
      case "momentum":
        m = m.map((value, i) => optimiser.momentum * value + g[i]!);
        move((i) => m[i]!);
        break;
      case "sign-descent":
        move((i) => Math.sign(g[i]!));
        break;
      case "normalised-descent":
        move((i) => g[i]! / (norm + optimiser.epsilon));
        break;
      case "clipped-descent":
        move((i) => g[i]! * Math.min(1, optimiser.threshold / norm));
        break;
      case "rmsprop":
        v = v.map((value, i) => optimiser.decay * value + (1 - optimiser.decay) * g[i]! ** 2);
        move((i) => g[i]! / (Math.sqrt(v[i]!) + optimiser.epsilon));
        break;
      case "adam": {
        const { beta1, beta2, epsilon } = optimiser;
        m = m.map((value, i) => beta1 * value + (1 - beta1) * g[i]!);
        v = v.map((value, i) => beta2 * value + (1 - beta2) * g[i]! ** 2);
        move((i) => m[i]! / (1 - beta1 ** t) / (Math.sqrt(v[i]! / (1 - beta2 ** t)) + epsilon));
        break;
      }
      case "adagrad":
        v = v.map((value, i) => value + g[i]! ** 2);
        move((i) => g[i]! / (Math.sqrt(v[i]!) + optimiser.epsilon));
    }
  }
  return w;
}

describe.each(OPTIMISERS)("$name", (optimiser) => {
  test.each([
    [1, 1],
    [0, 1],
    [-0.5, 0.5],
  ])("with target %d and the loss times %d follows its scalar formulas", (target, lossScale) => {
    const { weights } = chainTrajectories(request(optimiser, { target, lossScale }));
    const starts = chainWeights({ network: chain(DEPTH), streams: { key, first: 0, count: COUNT } });
    for (let row = 0; row < COUNT; row++) {
      const start = [...starts.subarray(row * DEPTH, (row + 1) * DEPTH)];
      const expected = oracle(start, optimiser, target, lossScale);
      // Some 20 roundings a step, which sensitivities of order 10 at most may enlarge: 24 * 20 * 10 * 2^-53 = 5e-13.
      for (const [i, value] of expected.entries()) {
        expect(Math.abs(weights[row * DEPTH + i]! - value)).toBeLessThan(1e-12);
      }
    }
  });

  test("gives the same bytes in chunks, with fewer records, and in fewer steps to where they end", () => {
    const whole = chainTrajectories(request(optimiser));
    const head = chainTrajectories(request(optimiser, { streams: { key, first: 0, count: 3 } }));
    const tail = chainTrajectories(request(optimiser, { streams: { key, first: 3, count: COUNT - 3 } }));
    expect([...head.weights, ...tail.weights]).toEqual([...whole.weights]);
    expect([...head.outputs, ...tail.outputs]).toEqual([...whole.outputs]);
    const coarse = chainTrajectories(request(optimiser, { recordEvery: 8 }));
    const columns = STEPS + 1;
    expect([...coarse.outputs]).toEqual([...whole.outputs].filter((_, at) => (at % columns) % 8 === 0));
    expect(coarse.weights).toEqual(whole.weights);
    const short = chainTrajectories(request(optimiser, { steps: 8 }));
    expect([...short.outputs]).toEqual([...whole.outputs].filter((_, at) => at % columns <= 8));
  });
});

describe("what is recorded", () => {
  test("is the product of the weights before the first step and after the last, and its loss", () => {
    const { outputs, losses, weights } = chainTrajectories(request(adam, { target: -2, lossScale: 3 }));
    const starts = chainWeights({ network: chain(DEPTH), streams: { key, first: 0, count: COUNT } });
    const product = (values: Float64Array, row: number) =>
      values.subarray(row * DEPTH, (row + 1) * DEPTH).reduce((result, value) => result * value, 1);
    for (let row = 0; row < COUNT; row++) {
      expect(outputs[row * (STEPS + 1)]).toBe(product(starts, row));
      expect(outputs[row * (STEPS + 1) + STEPS]).toBe(product(weights, row));
    }
    expect([...losses]).toEqual([...outputs].map((output) => 3 * (0.5 * (output + 2) ** 2)));
  });
});

describe("a loss multiplied by a power of two", () => {
  test.each([
    rmsprop,
    adam,
    { name: "adagrad", rate: 0.02, epsilon: 0 },
    { name: "sign-descent", rate: 0.01 },
  ] as const)("leaves $name with epsilon 0 where it was, to the last bit", (optimiser) => {
    const plain = chainTrajectories(request(optimiser));
    for (const exponent of [-40, -10, 7]) {
      const scaled = chainTrajectories(request(optimiser, { lossScale: 2 ** exponent }));
      expect(scaled.weights).toEqual(plain.weights);
      expect(scaled.outputs).toEqual(plain.outputs);
    }
  });

  test("moves rmsprop when epsilon is not 0, and a factor of 3 changes its last bits", () => {
    const small = { ...rmsprop, epsilon: 1e-8 };
    const plain = chainTrajectories(request(small)).weights;
    expect(chainTrajectories(request(small, { lossScale: 2 ** -20 })).weights).not.toEqual(plain);
    const thrice = chainTrajectories(request(rmsprop, { lossScale: 3 })).weights;
    const once = chainTrajectories(request(rmsprop)).weights;
    expect(thrice).not.toEqual(once);
    for (const [i, weight] of thrice.entries()) expect(Math.abs(weight - once[i]!)).toBeLessThan(1e-12);
  });
});

describe("momentum", () => {
  test("obeys w_(t+1) = w_t + momentum (w_t - w_(t-1)) - rate g_t, one recurrence of second order", () => {
    const optimiser = { name: "momentum", rate: 0.02, momentum: 0.9 } as const;
    const weightsAfter = (steps: number) =>
      steps === 0
        ? chainWeights({ network: chain(DEPTH), streams: { key, first: 0, count: 1 } })
        : chainTrajectories(request(optimiser, { steps, streams: { key, first: 0, count: 1 } })).weights;
    for (let t = 1; t < 10; t++) {
      const [before, now, after] = [weightsAfter(t - 1), weightsAfter(t), weightsAfter(t + 1)];
      const g = gradient([...now], 1, 1);
      for (let i = 0; i < DEPTH; i++) {
        const expected = now[i]! + 0.9 * (now[i]! - before[i]!) - 0.02 * g[i]!;
        expect(Math.abs(after[i]! - expected)).toBeLessThan(1e-14);
      }
    }
  });

  test("of 0 is gradient descent, to the last bit", () => {
    const plain = chainTrajectories(request({ name: "gradient-descent", rate: 0.05 }));
    expect(chainTrajectories(request({ name: "momentum", rate: 0.05, momentum: 0 }))).toEqual(plain);
  });
});

test("clipping below its threshold is gradient descent, to the last bit", () => {
  const plain = chainTrajectories(request({ name: "gradient-descent", rate: 0.05 }));
  expect(chainTrajectories(request({ ...clipped, threshold: 1e6 }))).toEqual(plain);
  expect(chainTrajectories(request(clipped))).not.toEqual(plain);
});

describe("at a depth where products of weights underflow", () => {
  const deep = { network: chain(4000), streams: { key, first: 0, count: 1 }, steps: 4 };
  const starts = chainWeights({ network: chain(4000), streams: { key, first: 0, count: 1 } });

  test("sign descent moves every weight by the rate a step", () => {
    const { weights, outputs } = chainTrajectories(request({ name: "sign-descent", rate: 2 ** -30 }, deep));
    expect([...outputs].map(Math.abs)).toEqual([0, 0, 0, 0, 0]);
    for (const [i, weight] of weights.entries()) {
      expect(Math.abs(Math.abs(weight - starts[i]!) - 2 ** -28)).toBeLessThan(1e-15);
    }
  });

  test.each<Optimiser>([
    { name: "gradient-descent", rate: 1 },
    adam,
    { name: "normalised-descent", rate: 1, epsilon: 0 },
  ])("$name does not move", (optimiser) => {
    expect(chainTrajectories(request(optimiser, deep)).weights).toEqual(starts);
  });
});

test("two weights that reach 0 together stay at the saddle", () => {
  // Signs with steps of 1/4: the weights of a pair (+1, -1) reach 0 together, and there the product of the others is 0.
  const signs = chain(2, { law: "rademacher", gain: 1, fan: "in" });
  const descent = { name: "sign-descent", rate: 0.25 } as const;
  const { outputs } = chainTrajectories(request(descent, { network: signs, target: 2, steps: 8 }));
  const rows = Array.from({ length: COUNT }, (_, row) => [...outputs.subarray(9 * row, 9 * (row + 1))]);
  expect(rows.filter((row) => row[0] === -1).length).toBeGreaterThan(0);
  for (const row of rows) {
    if (row[0] === -1) expect(row).toEqual([-1, -0.5625, -0.25, -0.0625, 0, 0, 0, 0, 0]);
    else expect(row.slice(0, 3)).toEqual([1, 1.5625, 2.25]);
  }
});
