import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { stepsToLoss } from "./steps-to-loss.ts";

/** One weight and an input of +-1, target 0: the loss is w^2 / 2, and a step of rate r multiplies w by 1 - r. */
describe("stepsToLoss of one weight", () => {
  const network = multilayerPerceptron({ width: 1, depth: 1, activation: "linear", init: xavierNormal });
  const training = {
    loss: "squared",
    batch: { size: 1, inputs: "sphere", targets: { constant: 0 } },
    optimiser: { name: "gradient-descent", rate: 0.1 },
    share: 0.1,
  } as const;
  const streams = { key: [3, 3, 3, 1], first: 0, count: 4 } as const;
  const observe = (steps: number) =>
    stepsToLoss(network, { ...training, steps }).observe({ engine: reference, streams, data: {} });

  test("is the geometric series': 0.9^(2 n) < 0.1 first at n = 11", () => {
    const { logSteps, reached } = observe(20);
    for (let row = 0; row < streams.count; row++) {
      expect(logSteps[row]).toBeCloseTo(Math.log(11), 12);
      expect(reached[row]).toBe(1);
    }
  });

  test("is infinite where there are not as many steps", () => {
    const { logSteps, reached } = observe(10);
    expect([...logSteps]).toEqual(new Array(4).fill(Number.POSITIVE_INFINITY));
    expect([...reached]).toEqual([0, 0, 0, 0]);
  });

  test("starts from the drawn weights, of which none is zero", () => {
    const drawn = new Float64Array(1);
    drawParameters(network, streams.key, 0, drawn, 0);
    expect(drawn[0]).not.toBe(0);
  });
});
