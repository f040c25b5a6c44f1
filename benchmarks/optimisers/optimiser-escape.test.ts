import { describe, expect, test } from "vitest";
import { type Chain, xavierUniform } from "../../src/lab/networks/network.ts";
import type { Optimiser } from "../../src/lab/networks/optimiser.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { chainHessian, flowTime, jacobiEigenvalues, stepsToHalf } from "../../test/conformance/engines/naive/chains.ts";
import { type CurvatureSide, type EscapingMethod, optimiserEscape } from "./optimiser-escape.ts";

const DEPTH = 5;
const network: Chain = { kind: "chain", depth: DEPTH, activation: "linear", init: xavierUniform };
const streams = { key: [3, 1, 4, 1], first: 0, count: 40 } as const;
const HORIZON = 4;
const observe = (method: EscapingMethod, side?: CurvatureSide) =>
  optimiserEscape(network, method, HORIZON, side).observe({ engine: reference, streams, data: {} });
const drawn = reference.chainWeights({ network, streams });
const weightsOf = (row: number) => [...drawn.subarray(row * DEPTH, (row + 1) * DEPTH)];

const methods: readonly Optimiser[] = [
  { name: "gradient-descent", rate: 0.02 },
  { name: "momentum", rate: 0.02, momentum: 0.9 },
  { name: "sign-descent", rate: 0.02 },
  { name: "normalised-descent", rate: 0.02, epsilon: 0 },
  { name: "rmsprop", rate: 0.02, decay: 0.99, epsilon: 0 },
  { name: "adam", rate: 0.02, beta1: 0.9, beta2: 0.999, epsilon: 0 },
  { name: "adagrad", rate: 0.02, epsilon: 0.1 },
];

describe("optimiserEscape", () => {
  test.each(methods.map((method) => [method.name, method] as const))(
    "times of %s are those of a naive loop over the same chains",
    (_name, method) => {
      const seen = observe(method);
      for (let row = 0; row < streams.count; row++) {
        const steps = stepsToHalf(weightsOf(row), method, Math.round(HORIZON / method.rate));
        expect(seen.time[row]).toBe(steps * method.rate);
        expect([seen.escaped[row], seen.stuck[row]]).toEqual(steps < Infinity ? [1, 0] : [0, 1]);
        expect(seen.counts[row]).toBe(steps > 0 ? 1 : 0);
        expect(seen.logTime[row]).toBeCloseTo(steps > 0 ? Math.log(steps * method.rate) : 0, 12);
      }
    },
  );

  test("some chains are stuck, and some start above half the target", () => {
    const { stuck, counts } = observe(methods[0]!);
    expect(stuck).toContain(1);
    expect(stuck).toContain(0);
    expect(counts).toContain(0);
  });

  test("gradient flow is that of Runge and Kutta, and is stuck after the horizon", () => {
    const seen = observe({ name: "gradient-flow" });
    for (let row = 0; row < streams.count; row++) {
      const time = flowTime(weightsOf(row), 0.01, 2 * HORIZON);
      if (time < Infinity) expect(seen.time[row]).toBeCloseTo(time, 4);
      expect(seen.stuck[row]).toBe(time > HORIZON ? 1 : 0);
    }
  });

  test("chains count on one side of a curvature, or near it: that of the Hessian by Jacobi's rotations", () => {
    const logHessian = 0.5;
    const flatter = observe(methods[2]!, { side: "flatter", logHessian });
    const steeper = observe(methods[2]!, { side: "steeper", logHessian });
    const near = observe(methods[2]!, { side: "near", logHessian, within: 1 });
    for (let row = 0; row < streams.count; row++) {
      const eigenvalues = jacobiEigenvalues(chainHessian(weightsOf(row), 1));
      const norm = Math.max(...eigenvalues.map(Math.abs));
      expect(flatter.logHessian[row]).toBeCloseTo(Math.log(norm), 9);
      const starts = flatter.time[row]! > 0;
      expect(flatter.counts[row]).toBe(starts && Math.log(norm) < logHessian ? 1 : 0);
      expect(steeper.counts[row]).toBe(starts && Math.log(norm) >= logHessian ? 1 : 0);
      expect(near.counts[row]).toBe(starts && Math.log(norm) > -0.5 && Math.log(norm) < 1.5 ? 1 : 0);
    }
    expect(flatter.counts).toContain(1);
    expect(steeper.counts).toContain(1);
    expect(near.counts).toContain(1);
    expect(near.counts).toContain(0);
  });
});
