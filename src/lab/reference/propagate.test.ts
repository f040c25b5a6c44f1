import { describe, expect, test } from "vitest";
import type { Dataset } from "../../numerics/dataset.ts";
import { digamma, trigamma } from "../../numerics/special-functions.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { chainWeights } from "../draws/chain-weights.ts";
import {
  heNormal,
  type Initialisation,
  type Mlp,
  mlp,
  orthogonal,
  torchDefault,
  xavierNormal,
  xavierUniform,
} from "../networks/network.ts";
import { propagate } from "./propagate.ts";

const KEY: StreamKey = [31, 32, 33, 34];
const streams = { key: KEY, first: 0, count: 4 };

describe("the law of one layer's log increment", () => {
  test.each<[string, Mlp, Moments]>([
    ["linear, d = 4", mlp({ width: 4, depth: 128, activation: "linear", init: xavierNormal }), linearMoments(4)],
    ["ReLU, d = 8", mlp({ width: 8, depth: 128, activation: "relu", init: heNormal }), reluMoments(8)],
    ["ReLU, d = 2", mlp({ width: 2, depth: 128, activation: "relu", init: heNormal }), reluMoments(2)],
    [
      "orthogonal ReLU, d = 4",
      mlp({ width: 4, depth: 128, activation: "relu", init: orthogonal(2) }),
      orthogonalMoments(4),
    ],
    [
      "orthogonal ReLU, d = 16",
      mlp({ width: 16, depth: 128, activation: "relu", init: orthogonal(2) }),
      orthogonalMoments(16),
    ],
  ])("%s: has the exact mean, variance and chance of death", (_, network, exact) => {
    const { logIncrements } = propagate({
      network,
      input: { law: "sphere" },
      streams: { key: KEY, first: 0, count: 400 },
      revive: true,
    });
    const alive = logIncrements.filter((increment) => increment > -Infinity);
    const n = alive.length;
    const mean = alive.reduce((sum, value) => sum + value, 0) / n;
    const square = alive.reduce((sum, value) => sum + (value - mean) ** 2, 0) / n;
    const fourth = alive.reduce((sum, value) => sum + (value - mean) ** 4, 0) / n;
    // 5 standard errors each, from the exact variance and the sample's own fourth moment: one key in 10^6 breaks one.
    expect(Math.abs(mean - exact.mean)).toBeLessThan(5 * Math.sqrt(exact.variance / n));
    expect(Math.abs(square - exact.variance)).toBeLessThan(5 * Math.sqrt((fourth - square ** 2) / n));
    const dead = 1 - n / logIncrements.length;
    const error = Math.sqrt((exact.dead * (1 - exact.dead)) / logIncrements.length);
    expect(Math.abs(dead - exact.dead)).toBeLessThan(5 * error + Number.MIN_VALUE);
  });

  test("the formulas above give the values tabulated for the paper's claims", () => {
    // Computed independently of this file with scipy's psi and polygamma, and checked there by simulation.
    expect(linearMoments(16).mean).toBeCloseTo(-0.0638, 4);
    expect(reluMoments(16).mean).toBeCloseTo(-0.176397, 6);
    expect(reluMoments(16).variance).toBeCloseTo(0.419593, 6);
    expect(orthogonalMoments(16).mean).toBeCloseTo(-0.1126, 4);
    expect(orthogonalMoments(16).variance).toBeCloseTo(0.28646, 5);
  });

  test("a layer that changes the width adds ln(fan_out / fan_in), whatever the profile", () => {
    const network: Mlp = { kind: "mlp", widths: [64, 4, 32], activation: "linear", init: xavierNormalFanIn };
    const count = 4000;
    const { logIncrements } = propagate({ network, input: { law: "sphere" }, streams: { key: KEY, first: 0, count } });
    for (const [layer, fanIn, fanOut] of [
      [0, 64, 4],
      [1, 4, 32],
    ] as const) {
      let sum = 0;
      for (let row = 0; row < count; row++) sum += logIncrements[2 * row + layer]!;
      // ||W u||^2 is chi-square with fan_out degrees of freedom over fan_in.
      const exact = digamma(fanOut / 2) + Math.log(2 / fanIn);
      expect(Math.abs(sum / count - exact)).toBeLessThan(5 * Math.sqrt(trigamma(fanOut / 2) / count));
    }
  });
});

describe("depth", () => {
  test.each<[string, Mlp, number]>([
    // Expected total: depth times (ln(gain / 2) + m(d)), far outside the range of float64 squares (e^-745 to e^709).
    [
      "vanishes",
      mlp({ width: 24, depth: 4096, activation: "relu", init: torchDefault }),
      4096 * (-Math.log(6) - 0.113),
    ],
    [
      "explodes",
      mlp({ width: 24, depth: 4096, activation: "relu", init: { ...heNormal, gain: 32 } }),
      4096 * (Math.log(16) - 0.113),
    ],
  ])("4096 layers: a network whose norm %s keeps a finite log norm", (_, network, expected) => {
    const { logIncrements, layersAlive } = propagate({
      network,
      input: { law: "basis" },
      streams: { key: KEY, first: 0, count: 1 },
    });
    const total = logIncrements.reduce((sum, value) => sum + value, 0);
    expect(layersAlive[0]).toBe(4096);
    // sd sqrt(4096 * .25) = 32 (Gaussian; less for uniform), 5 of them; uniform weights shift m(24) by about .01 a layer.
    expect(Math.abs(total - expected)).toBeLessThan(160 + 41);
  });

  test("width 1: increments are those of the chain with the same weights, to the rounding of a logarithm", () => {
    const depth = 64;
    const chains = chainWeights({
      network: { kind: "chain", depth, activation: "linear", init: xavierUniform },
      streams,
    });
    const network = mlp({ width: 1, depth, activation: "linear", init: xavierUniform });
    const { logIncrements } = propagate({ network, input: { law: "basis" }, streams });
    for (let index = 0; index < logIncrements.length; index++) {
      // |ln w^2| < 75 here: the two logarithms and the square round to 75 * 2^-52 at most.
      expect(Math.abs(logIncrements[index]! - 2 * Math.log(Math.abs(chains[index]!)))).toBeLessThan(75 * 2 ** -52);
    }
  });

  test("a ReLU network of width 1 dies at its first negative weight", () => {
    const chains = chainWeights({
      network: { kind: "chain", depth: 12, activation: "relu", init: heNormal },
      streams: { ...streams, count: 50 },
    });
    const { layersAlive } = propagate({
      network: mlp({ width: 1, depth: 12, activation: "relu", init: heNormal }),
      input: { law: "basis" },
      streams: { ...streams, count: 50 },
    });
    for (let row = 0; row < 50; row++) {
      const first = chains.subarray(12 * row, 12 * row + 12).findIndex((weight) => weight < 0);
      expect(layersAlive[row]).toBe(first === -1 ? 12 : first);
    }
  });
});

describe("death", () => {
  const narrow = mlp({ width: 2, depth: 40, activation: "relu", init: heNormal });

  test("is -Infinity from the fatal layer on, and layersAlive counts the layers before it", () => {
    const { logIncrements, layersAlive } = propagate({ network: narrow, input: { law: "basis" }, streams });
    for (let row = 0; row < streams.count; row++) {
      const increments = [...logIncrements.subarray(40 * row, 40 * row + 40)];
      const alive = increments.indexOf(-Infinity);
      expect(layersAlive[row]).toBe(alive);
      expect(increments.slice(alive).every((increment) => increment === -Infinity)).toBe(true);
    }
  });

  test("with revive, layers go on after it and layersAlive still says where it was", () => {
    const request = { network: narrow, input: { law: "basis" }, streams } as const;
    const plain = propagate(request);
    const revived = propagate({ ...request, revive: true });
    expect(revived.layersAlive).toEqual(plain.layersAlive);
    for (let row = 0; row < streams.count; row++) {
      const alive = plain.layersAlive[row]!;
      const from = 40 * row;
      expect(revived.logIncrements.subarray(from, from + alive + 1)).toEqual(
        plain.logIncrements.subarray(from, from + alive + 1),
      );
      // All later layers dead again: (1/4)^(39 - alive).
      expect(revived.logIncrements.subarray(from + alive + 1, from + 40).some((value) => value > -Infinity)).toBe(true);
    }
  });

  test("is not underflow: a gain of 1e-90 in every layer leaves a linear network alive", () => {
    const network = mlp({ width: 3, depth: 200, activation: "linear", init: { ...xavierNormal, gain: 1e-90 } });
    const { logIncrements, layersAlive } = propagate({ network, input: { law: "sphere" }, streams });
    expect([...layersAlive]).toEqual([200, 200, 200, 200]);
    expect(logIncrements.every((increment) => increment > -Infinity && increment < -150)).toBe(true);
  });

  test("a leaky ReLU never dies, even at width 1", () => {
    const network = mlp({ width: 1, depth: 300, activation: { leakySlope: 1e-6 }, init: heNormal });
    const { layersAlive } = propagate({ network, input: { law: "basis" }, streams });
    expect([...layersAlive]).toEqual([300, 300, 300, 300]);
  });
});

describe("inputs", () => {
  const data: Dataset = {
    name: "pairs",
    digest: "",
    width: 2,
    classes: 2,
    images: Float64Array.of(3, 4, 0, 2),
    labels: Uint8Array.of(0, 1),
  };
  const network = mlp({ width: 2, depth: 3, activation: "linear", init: xavierNormal });

  test("a raw image adds its own log norm and changes nothing else", () => {
    const image = propagate({ network, input: { law: "image", data: "pairs" }, streams, data });
    const raw = propagate({ network, input: { law: "raw-image", data: "pairs" }, streams, data });
    expect(raw.logIncrements).toEqual(image.logIncrements);
    expect([...image.logInput]).toEqual([0, 0, 0, 0]);
    for (const value of raw.logInput) {
      expect(Math.min(Math.abs(value - Math.log(25)), Math.abs(value - Math.log(4)))).toBeLessThan(1e-15);
    }
  });
});

interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly dead: number;
}

const xavierNormalFanIn: Initialisation = { law: "gaussian", gain: 1, fan: "in" };

/** ||W u||^2 is chi-square with d degrees of freedom over d. */
function linearMoments(d: number): Moments {
  return { mean: digamma(d / 2) + Math.log(2 / d), variance: trigamma(d / 2), dead: 0 };
}

/** 2 / d times chi-square with N degrees of freedom, N ~ Bin(d, 1/2) given N >= 1. */
function reluMoments(d: number): Moments {
  return mixture(d, (active) => ({ mean: digamma(active / 2) + Math.log(4 / d), variance: trigamma(active / 2) }));
}

/** 2 Beta(N / 2, (d - N) / 2). */
function orthogonalMoments(d: number): Moments {
  return mixture(d, (active) => ({
    mean: digamma(active / 2) - digamma(d / 2) + Math.LN2,
    variance: trigamma(active / 2) - trigamma(d / 2),
  }));
}

function mixture(d: number, given: (active: number) => { readonly mean: number; readonly variance: number }): Moments {
  const dead = 2 ** -d;
  let mean = 0;
  let square = 0;
  for (let active = 1, binomial = d; active <= d; binomial = (binomial * (d - active)) / (active + 1), active++) {
    const part = given(active);
    const weight = (binomial * dead) / (1 - dead);
    mean += weight * part.mean;
    square += weight * (part.variance + part.mean ** 2);
  }
  return { mean, variance: square - mean ** 2, dead };
}
