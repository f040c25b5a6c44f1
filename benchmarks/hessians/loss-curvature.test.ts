import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { mnistDigits } from "../../suites/orvieto2021/digits/mnist-digits.ts";
import { lossCurvature } from "./loss-curvature.ts";

const COUNT = 6;
const streams = { key: [2, 7, 1, 8], first: 0, count: COUNT } as const;
const see = (experiment: ReturnType<typeof lossCurvature>, range = streams as typeof streams | Streams) =>
  experiment.observe({ engine: reference, streams: range, data: {} });
type Streams = Omit<typeof streams, "count"> & { readonly count: number };

/**
 * A network of one weight a layer and an input of +-1 is a chain, f = +-w_1 w_2; with target 0 the loss is f^2 / 2, whose
 * Hessian is [[w_2^2, 2 w_1 w_2], [2 w_1 w_2, w_1^2]], from differentiating w_1^2 w_2^2 / 2 twice by hand.
 */
describe("lossCurvature of two weights", () => {
  const network = multilayerPerceptron({ width: 1, depth: 2, activation: "linear", init: xavierNormal });
  const batch = { size: 1, inputs: "sphere", targets: { constant: 0 } } as const;
  const seen = see(lossCurvature(network, { loss: "squared", batch, iterations: 2 }));

  test.each(Array.from({ length: COUNT }, (_, row) => row))(
    "network %d has the eigenvalues of the quadratic formula",
    (row) => {
      const w = new Float64Array(2);
      drawParameters(network, streams.key, row, w, 0);
      const [p, q] = [w[0]! ** 2, w[1]! ** 2];
      const root = Math.sqrt((p - q) ** 2 + 16 * p * q) / 2;
      const [low, high] = [(p + q) / 2 - root, (p + q) / 2 + root];
      expect(seen.logNegative[row]).toBeCloseTo(Math.log(-low), 9);
      expect(seen.logNorm[row]).toBeCloseTo(Math.log(high), 9);
      expect(seen.logEdgeRatio[row]).toBeCloseTo(Math.log(-low / high), 9);
      expect(seen.normLessJacobian[row]).toBeCloseTo(Math.log(high / Math.sqrt(p + q)), 9);
      expect(seen.gaussNewtonLessNorm[row]).toBeCloseTo(Math.log((p + q) / high), 9);
      expect([seen.saddle[row], seen.alive[row]]).toEqual([1, 1]);
    },
  );
});

describe("lossCurvature", () => {
  test("of one layer, which is convex, finds no saddle", () => {
    const network = multilayerPerceptron({ widths: [6, 4], activation: "linear", init: xavierNormal });
    const batch = { size: 5, inputs: "sphere", targets: "classes" } as const;
    const seen = see(lossCurvature(network, { loss: "cross-entropy", batch, iterations: 24 }));
    expect([...seen.saddle]).toEqual(new Array(COUNT).fill(0));
    expect([...seen.alive]).toEqual(new Array(COUNT).fill(1));
  });

  test("of a dead ReLU network is zero: it is not alive, and its logarithms are -Infinity", () => {
    const network = multilayerPerceptron({ widths: [2, 1, 1, 1, 1, 1], activation: "relu", init: heNormal });
    const batch = { size: 1, inputs: "sphere", targets: { constant: 1 } } as const;
    const seen = see(lossCurvature(network, { loss: "squared", batch, iterations: 6 }), { ...streams, count: 64 });
    const dead = seen.alive.indexOf(0);
    expect(dead).toBeGreaterThanOrEqual(0);
    expect(seen.logNorm[dead]).toBe(Number.NEGATIVE_INFINITY);
    expect(seen.logNegative[dead]).toBe(Number.NEGATIVE_INFINITY);
    expect([seen.saddle[dead], seen.normLessJacobian[dead], seen.gaussNewtonLessNorm[dead]]).toEqual([0, 0, 0]);
    // Four hidden units of one weight each, all on: 1 of 16.
    const alive = seen.alive.reduce((sum, value) => sum + value, 0);
    expect(alive).toBeGreaterThan(0);
    expect(alive).toBeLessThan(16);
  });

  test("asks for the pictures that it is given", () => {
    const network = multilayerPerceptron({ widths: [784, 4, 10], activation: "relu", init: heNormal });
    const batch = { size: 4, inputs: "pictures", targets: "labels" } as const;
    const options = { loss: "cross-entropy", batch, iterations: 4, pictures: mnistDigits } as const;
    const experiment = lossCurvature(network, options);
    expect(experiment.data).toEqual([mnistDigits]);
    expect(() => see(experiment)).toThrow("the data set mnist-digits is required, got none of that name");
  });
});
