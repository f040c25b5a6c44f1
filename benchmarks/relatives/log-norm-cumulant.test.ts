import { describe, expect, test } from "vitest";
import { heNormal, mlp, xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { forwardLogNorm } from "../forward-log-norm.ts";
import { ENSEMBLE, logNormCumulant } from "./log-norm-cumulant.ts";

const network = mlp({ width: 12, depth: 5, activation: "relu", init: heNormal });
const key = [3, 1, 4, 1] as const;
const [FIRST, COUNT] = [2, 3];
const contextOf = (first: number, count: number) => ({ engine: reference, streams: { key, first, count }, data: {} });

/** ln ||h_L||^2 of each replicate's networks, which have the next streams of all. */
const ensembles = Array.from({ length: COUNT }, (_, row) => [
  ...forwardLogNorm(network, undefined, "law-exact").observe(contextOf(ENSEMBLE * (FIRST + row), ENSEMBLE))
    .logNormSquared,
]);

describe("log-norm-cumulant observes of each replicate's own networks", () => {
  test("the mean of ln of their squared norms", () => {
    const seen = logNormCumulant(network, "mean").observe(contextOf(FIRST, COUNT)).cumulant;
    for (const [row, norms] of ensembles.entries()) {
      expect(norms.length).toBe(16);
      expect(seen[row]).toBeCloseTo(
        norms.reduce((sum, norm) => sum + norm / 16, 0),
        12,
      );
    }
  });

  test("half of the mean square difference of all pairs of them, which is the unbiased variance", () => {
    const seen = logNormCumulant(network, "variance").observe(contextOf(FIRST, COUNT)).cumulant;
    for (const [row, norms] of ensembles.entries()) {
      let sum = 0;
      for (const one of norms) for (const other of norms) sum += (one - other) ** 2;
      expect(seen[row]).toBeCloseTo(sum / (2 * 16 * 15), 12);
    }
  });
});

test("a replicate is the same whatever others are observed with it", () => {
  const { observe } = logNormCumulant(network, "variance");
  expect(observe(contextOf(FIRST + 1, 1)).cumulant[0]).toBe(observe(contextOf(FIRST, COUNT)).cumulant[1]);
});

test("mean and variance have streams of their own: their setups differ", () => {
  const linear = mlp({ width: 12, depth: 5, activation: "linear", init: xavierNormal });
  const [mean, variance] = (["mean", "variance"] as const).map((cumulant) => logNormCumulant(linear, cumulant).setup);
  expect(JSON.stringify(mean)).not.toBe(JSON.stringify(variance));
});
