import { describe, expect, test } from "vitest";
import type { StreamKey } from "../../../numerics/stream.ts";
import type { EscapeMethod } from "../../contract/chains.ts";
import { chainWeights } from "../../draws/chain-weights.ts";
import { type Chain, xavierUniform } from "../../networks/network.ts";
import { chainEscapes } from "./chain-escapes.ts";
import { logGradientFlowEscape } from "./chain-gradient-flow.ts";
import { chainHessians } from "./chain-hessian.ts";
import { chainTrajectories } from "./chain-trajectories.ts";

const key: StreamKey = [21, 22, 23, 24];
const flow: EscapeMethod = { name: "gradient-flow" };
const sign: EscapeMethod = { name: "sign-descent", rate: 0.002, maxSteps: 5000 };

const xavier = (depth: number): Chain => ({ kind: "chain", depth, activation: "linear", init: xavierUniform });
const escapes = (depth: number, method: EscapeMethod, count: number, first = 0) =>
  chainEscapes({ network: xavier(depth), method, streams: { key, first, count } });

/** Least-squares slope with the heteroscedasticity-consistent standard error of White (1980). */
function slope(x: Float64Array, y: Float64Array): { readonly slope: number; readonly error: number } {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanX, meanY] = [mean(x), mean(y)];
  const spread = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const fitted = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0) / spread;
  const residual = (i: number) => y[i]! - meanY - fitted * (x[i]! - meanX);
  const squares = x.reduce((sum, value, i) => sum + ((value - meanX) * residual(i)) ** 2, 0);
  return { slope: fitted, error: Math.sqrt(squares) / spread };
}

const median = (values: Float64Array): number => {
  const sorted = values.toSorted();
  return (sorted[(sorted.length - 1) >> 1]! + sorted[sorted.length >> 1]!) / 2;
};

describe("Xavier chains", () => {
  test("gradient flow at L = 80 escapes in a time of slope -1 against the Hessian's norm", () => {
    const { times, logHessian } = escapes(80, flow, 300);
    const fit = slope(logHessian, times.map(Math.log));
    // Residuals have sd about 1, ln ||H|| has sd sqrt(80): error about .0065. Five of them, and the known offset of .005.
    expect(fit.error).toBeLessThan(0.013);
    expect(Math.abs(fit.slope + 1)).toBeLessThan(5 * fit.error + 0.005);
  });

  test("sign descent at L = 80 does not see the Hessian's norm", () => {
    const { times, logHessian } = escapes(80, sign, 300);
    const fit = slope(logHessian, times.map(Math.log));
    // The known finite-depth slope is -1.6 / L = -.02.
    expect(Math.abs(fit.slope + 0.02)).toBeLessThan(5 * fit.error + 0.005);
  });

  test("sign descent at L = 160 escapes at a median time of about s* + 1 / L, s* = .26442", () => {
    const { times } = escapes(160, sign, 200);
    // sd of a time .454 / sqrt(L) = .036, of the median of 200 sqrt(pi / 2) .036 / sqrt(200) = .0032; steps of .002 add
    // .001 to .0035 (measured with a step of .0005: .2705, with .002: .274).
    expect(Math.abs(median(times) - (0.26442 + 1 / 160))).toBeLessThan(5 * 0.0032 + 0.0035);
  });

  test("gradient descent with small steps takes the time of gradient flow, on chains of both signs", () => {
    const exact = escapes(5, flow, 12).times;
    const { sign: signs } = chainHessians({ network: xavier(5), target: 1, streams: { key, first: 0, count: 12 } });
    const stepped = escapes(5, { name: "gradient-descent", rate: 1e-4, maxSteps: 1e6 }, 12).times;
    expect(new Set(signs).size).toBe(2);
    // First order in rate times the largest curvature, 20 for weights below sqrt 3 and P below 1/2, and one step.
    for (let row = 0; row < 12; row++) {
      expect(Math.abs(stepped[row]! - exact[row]!)).toBeLessThan(2e-3 * exact[row]! + 1e-4);
    }
  });

  test("times are multiples of the rate, and Infinity when censored", () => {
    const { times } = escapes(20, { name: "gradient-descent", rate: 0.125, maxSteps: 8 }, 40);
    expect(times.some((time) => time === Number.POSITIVE_INFINITY)).toBe(true);
    for (const time of times) expect(time === Number.POSITIVE_INFINITY || Number.isInteger(8 * time)).toBe(true);
  });

  test("chains that start at 1/2 or above take no time by any method", () => {
    const streams = { key, first: 0, count: 60 };
    const products = chainWeights({ network: xavier(1), streams });
    const methods: readonly EscapeMethod[] = [flow, sign, { ...sign, name: "gradient-descent" }];
    for (const method of methods) {
      const { times } = escapes(1, method, 60);
      expect([...times].map((time) => time === 0)).toEqual([...products].map((w) => w >= 0.5));
    }
  });
});

const EVERY: readonly EscapeMethod[] = [
  { name: "gradient-descent", rate: 0.02, maxSteps: 400 },
  { name: "momentum", rate: 0.02, momentum: 0.5, maxSteps: 400 },
  sign,
  { name: "normalised-descent", rate: 0.02, epsilon: 0, maxSteps: 400 },
  { name: "clipped-descent", rate: 0.02, threshold: 0.5, maxSteps: 400 },
  { name: "rmsprop", rate: 0.002, decay: 0.99, epsilon: 0, maxSteps: 400 },
  { name: "adam", rate: 0.002, beta1: 0.9, beta2: 0.99, epsilon: 0, maxSteps: 400 },
  { name: "adagrad", rate: 0.02, epsilon: 0, maxSteps: 400 },
];

describe.each(EVERY)("$name", (method) => {
  test("escapes at the first step after which its trajectory is at or above half the target", () => {
    if (method.name === "gradient-flow") throw new Error("every method here takes steps");
    const { maxSteps, ...optimiser } = method;
    const streams = { key, first: 0, count: 10 };
    const { times } = chainEscapes({ network: xavier(10), method, streams });
    const trajectory = { network: xavier(10), target: 1, optimiser, steps: maxSteps, recordEvery: 1, streams };
    const { outputs } = chainTrajectories(trajectory);
    for (let row = 0; row < 10; row++) {
      const steps = outputs.subarray(row * (maxSteps + 1), (row + 1) * (maxSteps + 1)).findIndex((f) => f >= 0.5);
      expect(times[row]).toBe(steps === -1 ? Number.POSITIVE_INFINITY : steps * method.rate);
    }
    expect(times.some((time) => time > 0 && time < Number.POSITIVE_INFINITY)).toBe(true);
  });
});

describe("what is reported", () => {
  test("is the time of the replicate's own chain and the norm of its Hessian for target 1", () => {
    const { times, logHessian } = escapes(30, flow, 5);
    const streams = { key, first: 0, count: 5 };
    expect(logHessian).toEqual(chainHessians({ network: xavier(30), target: 1, streams }).logNorm);
    const weights = chainWeights({ network: xavier(30), streams });
    for (let row = 0; row < 5; row++) {
      const expected = Math.exp(logGradientFlowEscape(weights.subarray(row * 30, (row + 1) * 30)));
      expect(times[row]! / expected).toBeCloseTo(1, 14);
    }
  });

  test.each([flow, sign])("gives the same bytes twice and in any chunks: $name", (method) => {
    const whole = escapes(30, method, 6);
    expect(escapes(30, method, 6)).toEqual(whole);
    expect([...escapes(30, method, 2).times, ...escapes(30, method, 4, 2).times]).toEqual([...whole.times]);
  });
});
