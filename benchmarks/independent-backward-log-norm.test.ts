import { describe, expect, test } from "vitest";
import type { Experiment } from "../src/lab/contract/experiment.ts";
import { heNormal, mlp, xavierNormal } from "../src/lab/networks/network.ts";
import { reference } from "../src/lab/reference/engine.ts";
import { type GradientMeasure, gradientLogNorm } from "./gradient-log-norm.ts";
import { independentBackwardLogNorm } from "./independent-backward-log-norm.ts";

const COUNT = 2000;
const network = (activation: "relu" | "linear") =>
  mlp({ width: 8, depth: 16, activation, init: activation === "relu" ? heNormal : xavierNormal });
const observe = (experiment: Experiment<GradientMeasure>) =>
  experiment.observe({ engine: reference, streams: { key: [5, 6, 7, 8], first: 0, count: COUNT }, data: {} });

describe("independentBackwardLogNorm", () => {
  test("is law-exact sampling as far as no W is used a second time: in a linear network's last layer", () => {
    const fresh = observe(independentBackwardLogNorm(network("linear")));
    const exact = observe(gradientLogNorm(network("linear"), "law-exact"));
    for (let row = 0; row < COUNT; row++) {
      // Sums of 16 logarithms, each rounded a few times.
      expect(Math.abs(fresh.logGradientLast[row]! - exact.logGradientLast[row]!)).toBeLessThan(1e-12);
    }
  });

  const fresh = observe(independentBackwardLogNorm(network("relu")));

  test("dies as often as a ReLU network does: 1 - (1 - 2^-8)^16 = 0.0607", () => {
    const dead = fresh.alive.reduce((sum, alive) => sum + 1 - alive, 0) / COUNT;
    // Six standard deviations of 2,000 networks.
    expect(Math.abs(dead - 0.0607)).toBeLessThan(0.032);
  });

  test("lets the first and the last layer's gradients go apart: more than twice the variance at width 8", () => {
    const exact = observe(gradientLogNorm(network("relu"), "law-exact"));
    const variance = ({ firstLessLast }: { readonly firstLessLast: Float64Array }) =>
      firstLessLast.reduce((sum, value) => sum + value * value, 0) / COUNT;
    expect(variance(fresh) / variance(exact)).toBeGreaterThan(2);
  });
});
