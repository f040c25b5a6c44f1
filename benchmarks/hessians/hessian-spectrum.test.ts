import { describe, expect, test } from "vitest";
import { drawParameters } from "../../src/lab/draws/draw-parameters.ts";
import { multilayerPerceptron } from "../../src/lab/networks/multilayer-perceptron.ts";
import { heNormal, xavierNormal } from "../../src/lab/networks/network.ts";
import { reference } from "../../src/lab/reference/engine.ts";
import { hessianSpectrum } from "./hessian-spectrum.ts";

const streams = { key: [4, 6, 6, 9], first: 0, count: 12 } as const;

describe("hessianSpectrum", () => {
  /** f = w . x with ||x|| = 1: the Hessian x x^T has eigenvalues 1 and, twice, 0. */
  test("of one linear layer of three weights: one positive eigenvalue of 1, two flat ones", () => {
    const network = multilayerPerceptron({ widths: [3, 1], activation: "linear", init: xavierNormal });
    const seen = hessianSpectrum(network).observe({ engine: reference, streams, data: {} });
    for (let row = 0; row < streams.count; row++) {
      expect(seen.negativeShare[row]).toBe(0);
      expect(seen.positiveShare[row]).toBeCloseTo(1 / 3, 12);
      expect(seen.negativeLessPositive[row]).toBeCloseTo(-1 / 3, 12);
      expect(seen.flatShare[row]).toBeCloseTo(2 / 3, 12);
      expect(seen.logRootMeanSquare[row]).toBeCloseTo(Math.log(1 / 3) / 2, 12);
      expect(seen.alive[row]).toBe(1);
    }
  });

  /** f = +-p q: the sum of squares of [[q^2, 2 p q -+ 1], [2 p q -+ 1, p^2]] is the eigenvalues'; a negative determinant, one of each sign. */
  test("of two weights: the entries' sum of squares, and the determinant's sign", () => {
    const network = multilayerPerceptron({ width: 1, depth: 2, activation: "linear", init: xavierNormal });
    const seen = hessianSpectrum(network).observe({ engine: reference, streams, data: {} });
    for (let row = 0; row < streams.count; row++) {
      const w = new Float64Array(2);
      drawParameters(network, streams.key, row, w, 0);
      const candidates = [1, -1].map((x) => {
        const [p, q] = [w[0]!, w[1]!];
        const mixed = 2 * p * q - x;
        return { squares: p ** 4 + q ** 4 + 2 * mixed ** 2, determinant: p * p * q * q - mixed ** 2 };
      });
      const found = 2 * Math.exp(2 * seen.logRootMeanSquare[row]!);
      const { squares, determinant } = candidates.find(({ squares }) => Math.abs(squares / found - 1) < 1e-9)!;
      expect(found / squares).toBeCloseTo(1, 9);
      if (Math.abs(determinant) < 0.01 * squares) continue;
      expect([seen.negativeShare[row], seen.positiveShare[row]]).toEqual(determinant < 0 ? [0.5, 0.5] : [0, 1]);
    }
  });

  test("of a dead network: all flat, not alive", () => {
    const network = multilayerPerceptron({ widths: [2, 1, 1, 1, 1, 1], activation: "relu", init: heNormal });
    const seen = hessianSpectrum(network).observe({ engine: reference, streams: { ...streams, count: 40 }, data: {} });
    const dead = seen.alive.indexOf(0);
    expect(dead).toBeGreaterThanOrEqual(0);
    expect([seen.flatShare[dead], seen.logRootMeanSquare[dead]]).toEqual([1, Number.NEGATIVE_INFINITY]);
  });
});
