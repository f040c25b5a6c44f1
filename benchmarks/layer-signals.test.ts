import { describe, expect, test } from "vitest";
import { drawParameters } from "../src/lab/draws/draw-parameters.ts";
import { parameterCount } from "../src/lab/networks/layered-network.ts";
import { multilayerPerceptron } from "../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, type LayeredNetwork, xavierNormal } from "../src/lab/networks/network.ts";
import { residualNetwork } from "../src/lab/networks/residual-network.ts";
import { reference } from "../src/lab/reference/engine.ts";
import { layerSignals } from "./layer-signals.ts";

const COUNT = 8;
const streams = { key: [1, 1, 2, 3], first: 0, count: COUNT } as const;
const observe = (network: LayeredNetwork, options: Parameters<typeof layerSignals>[1], count = COUNT) =>
  layerSignals(network, options).observe({ engine: reference, streams: { ...streams, count }, data: {} });
const drawn = (network: LayeredNetwork, row: number) => {
  const parameters = new Float64Array(parameterCount(network));
  drawParameters(network, streams.key, row, parameters, 0);
  return parameters;
};

describe("layerSignals", () => {
  test("of one unit a layer: the factors are the squares of the weights between the points", () => {
    const network = multilayerPerceptron({ width: 1, depth: 5, activation: "linear", init: xavierNormal });
    const seen = observe(network, { from: 1, to: 4, layers: 3 });
    for (let row = 0; row < COUNT; row++) {
      const [a, b, c, d] = [...drawn(network, row)].map((weight) => weight * weight) as [
        number,
        number,
        number,
        number,
      ];
      expect(seen.forwardChange[row]).toBeCloseTo(Math.log(b * c * d), 10);
      expect(seen.backwardChange[row]).toBeCloseTo(Math.log(b * c * d), 10);
      expect(seen.isometryOff[row]).toBeCloseTo(Math.abs(Math.log(b * c * d)) / 3, 10);
      expect(seen.normAUnit[row]).toBeCloseTo((a * b * c * d - a) / 3, 10);
      expect(seen.alive[row]).toBe(1);
    }
  });

  test("of one residual unit a layer: the factors are (1 + w / 2)^2", () => {
    const network = residualNetwork({
      width: 1,
      depth: 4,
      activation: "linear",
      init: xavierNormal,
      scale: "1/sqrt(L)",
      matrices: 1,
    });
    const seen = observe(network, { from: 0, to: 4, layers: 4 });
    for (let row = 0; row < COUNT; row++) {
      const factor = drawn(network, row).reduce((product, weight) => product * (1 + weight / 2) ** 2, 1);
      expect(seen.forwardChange[row]).toBeCloseTo(Math.log(factor), 10);
      expect(seen.backwardChange[row]).toBeCloseTo(Math.log(factor), 10);
      expect(seen.normAUnit[row]).toBeCloseTo((factor - 1) / 4, 10);
    }
  });

  test("a branch at zero changes no byte, a random one does", () => {
    const network = (start: "random" | "zero-last") =>
      residualNetwork({ width: 3, depth: 4, activation: "relu", init: heNormal, scale: "1", matrices: 2, start });
    const options = { from: 0, to: 4, layers: 4 };
    expect([...observe(network("zero-last"), options).changedBytes]).toEqual(new Array(COUNT).fill(0));
    for (const bytes of observe(network("random"), options).changedBytes) expect(bytes).toBeGreaterThan(0);
  });

  test("a dead ReLU network is not alive, and its signals are -Infinity", () => {
    const network = multilayerPerceptron({ width: 1, depth: 4, activation: "relu", init: heNormal });
    const seen = observe(network, { from: 0, to: 6, layers: 3 }, 64);
    const dead = seen.alive.indexOf(0);
    expect(dead).toBeGreaterThanOrEqual(0);
    expect(seen.forwardChange[dead]).toBe(Number.NEGATIVE_INFINITY);
    expect(seen.backwardChange[dead]).toBe(Number.NEGATIVE_INFINITY);
    const alive = seen.alive.reduce((sum, value) => sum + value, 0) / 64;
    // x and three positive weights of one sign each: 1 of 8; five standard deviations of 64 networks.
    expect(Math.abs(alive - 1 / 8)).toBeLessThan(0.21);
  });
});
