import { describe, expect, test } from "vitest";
import type { Chain } from "../src/lab/networks/network.ts";
import { xavierNormal } from "../src/lab/networks/network.ts";
import { reference } from "../src/lab/reference/engine.ts";
import { KEY } from "../test/conformance/engines/fixtures.ts";
import { chainHessian, flowTime, jacobiEigenvalues, productBut } from "../test/conformance/engines/naive/chains.ts";
import { chainEscape } from "./chain-escape.ts";
import { chainLogProduct } from "./chain-log-product.ts";
import { diffusionExit } from "./diffusion-exit.ts";

const COUNT = 60;
const context = { engine: reference, streams: { key: KEY, first: 0, count: COUNT }, data: {} };
const chain = (depth: number, activation: Chain["activation"] = "linear"): Chain => ({
  kind: "chain",
  depth,
  activation,
  init: xavierNormal,
});
const weightsOf = (network: Chain) => {
  const all = reference.chainWeights({ network, streams: context.streams });
  return Array.from({ length: COUNT }, (_, row) => [...all.subarray(row * network.depth, (row + 1) * network.depth)]);
};

describe("chain-log-product observes of a chain", () => {
  const network = chain(5, "relu");
  const seen = chainLogProduct(network).observe(context);

  test.each(weightsOf(network).map((weights, row) => [row, weights] as const))("%i its product", (row, weights) => {
    const product = weights.reduce((all, w) => all * w, 1);
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(seen.logProduct[row]).toBeCloseTo(Math.log(Math.abs(product)), 10);
    expect(seen.logSquaredProduct[row]).toBeCloseTo(Math.log(product ** 2), 10);
    expect(seen.meanLogWeight[row]).toBeCloseTo(Math.log(Math.abs(product)) / 5, 10);
    expect(seen.meanSquareWeight[row]).toBeCloseTo(mean(weights.map((w) => w * w)), 12);
    expect(seen.positive[row]).toBe(weights.every((w) => w > 0) ? 1 : 0);
  });
});

describe("chain-escape observes of a chain", () => {
  const network = chain(3);
  const seen = chainEscape(network, { name: "gradient-flow" }).observe(context);

  test("the time of gradient flow to half the target, by Runge and Kutta, and the Hessian's norm at the start", () => {
    let escaped = 0;
    for (const [row, weights] of weightsOf(network).entries()) {
      const eigenvalues = jacobiEigenvalues(chainHessian(weights, 1));
      const largest = Math.max(...eigenvalues.map(Math.abs));
      expect(seen.logHessian[row]).toBeCloseTo(Math.log(largest), 9);
      const startsAbove = productBut(weights) >= 0.5;
      expect(seen.startsBelow[row]).toBe(startsAbove ? 0 : 1);
      if (startsAbove) expect(seen.time[row]).toBe(0);
      const time = startsAbove ? 0 : flowTime(weights, 0.002, 20);
      if (time === 0 || time === Infinity) continue;
      escaped++;
      // steps of 0.002: errors of the fourth order, and of the quadrature
      expect(Math.abs(seen.time[row]! / time - 1)).toBeLessThan(1e-5);
      expect(seen.logTime[row]).toBeCloseTo(Math.log(time), 4);
    }
    expect(escaped).toBeGreaterThan(9);
  });
});

test("diffusion-exit observes steps, their logarithm, their distance from the formula, and time in units of ln(1 + rate curvature)", () => {
  // rate times curvature is 0.4, far from its own ln(1 + 0.4) = 0.336
  const process = {
    ...{ curvature: 0.8, noise: 0.1, rate: 0.5, radius: 1, directions: 1, maxSteps: 10_000 },
    start: "origin",
  } as const;
  const seen = diffusionExit(process, { meanSteps: 10, formula: 7.5 }).observe(context);
  const { times } = reference.diffusionExits({ process, streams: context.streams });
  for (const [row, steps] of times.entries()) {
    expect(seen.steps[row]).toBe(steps);
    expect(seen.logSteps[row]).toBeCloseTo(Math.log(steps), 12);
    expect(seen.stepsOff[row]).toBe(Math.max(steps - 7.5, 7.5 - steps));
    expect(seen.scaledTime[row]).toBeCloseTo(steps * 0.3364722366212129, 10);
  }
});
