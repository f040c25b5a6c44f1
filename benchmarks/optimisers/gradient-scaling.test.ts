import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { gradientScaling } from "./gradient-scaling.ts";

const network = multilayerPerceptron({ width: 1, depth: 2, activation: "linear", init: xavierNormal });
const streams = { key: [8, 2, 8, 4], first: 0, count: 20 } as const;
const observe = (options: { readonly noise: number; readonly noiseScales: boolean; readonly epsilon?: number }) =>
  gradientScaling(network, {
    optimiser: { name: "rmsprop", rate: 0.01, decay: 0.9, epsilon: options.epsilon ?? 0 },
    steps: 3,
    factor: 2 ** -20,
    ...options,
  }).observe({ engine: reference, streams, data: {} });

describe("gradientScaling", () => {
  test("a gradient and its noise times 2^-20 leave every byte", () => {
    expect(observe({ noise: 0.1, noiseScales: true }).differs.every((differs) => differs === 0)).toBe(true);
  });

  test("noise that stays while the gradient shrinks is seen", () => {
    const { differs, differingBytes } = observe({ noise: 0.1, noiseScales: false });
    expect(differs.every((value) => value === 1)).toBe(true);
    expect(differingBytes.every((bytes) => bytes > 0 && bytes <= 16)).toBe(true);
  });

  test("an epsilon between the two sizes of the gradient is seen", () => {
    expect(observe({ noise: 0, noiseScales: true, epsilon: 2 ** 280 }).differs.every((value) => value === 1)).toBe(
      true,
    );
  });

  /** By hand: the gradient of -C w2 w1 x is so large that descent at the rate 2^-200 moves w1 by w2 x. */
  test("is far from its target: the gradient does not know the output", () => {
    const { parameters } = reference.trajectories({
      network,
      loss: "squared",
      batch: { size: 1, inputs: "sphere", targets: { constant: 2 ** 200 } },
      optimiser: { name: "gradient-descent", rate: 2 ** -200 },
      steps: 1,
      recordEvery: 1,
      streams,
    });
    for (let row = 0; row < streams.count; row++) {
      const drawn = new Float64Array(2);
      drawParameters(network, streams.key, row, drawn, 0);
      const [first, second] = drawn as unknown as [number, number];
      const sign = Math.sign((parameters[2 * row]! - first) / second);
      expect(parameters[2 * row]).toBe(first + sign * second);
      expect(parameters[2 * row + 1]).toBe(second + sign * first);
    }
  });
});
