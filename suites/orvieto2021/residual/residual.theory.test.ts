import { describe, expect, test } from "vitest";
import { fillGaussian, openStream } from "../../../src/numerics/random.ts";
import { linearResidualFactor } from "./residual.theory.ts";

describe("linearResidualFactor", () => {
  // scipy: digamma and trigamma summed over scipy.stats.poisson; four digits.
  test.each([
    [8, 1 / Math.sqrt(16), 16, 0.7384, 0.47],
    [8, 1 / Math.sqrt(256), 256, 0.7493, 0.498],
    [16, 1 / Math.sqrt(64), 64, 0.8699, 0.245],
    [32, 1, 1, 0.6694, 0.0485],
    [8, 1, 1, 0.5935, 0.2166],
    [8, 1 / 64, 64, 0.0117, 0.0078],
  ])("width %d, scale %d, %d blocks: mean %d, variance %d", (width, scale, blocks, mean, variance) => {
    const factor = linearResidualFactor(width, scale, blocks);
    expect(factor.mean).toBeCloseTo(mean, 3);
    expect(factor.variance).toBeCloseTo(variance, 3);
  });

  test("is the mean of ln ||e + W e||^2 over drawn columns W e", () => {
    const [width, count] = [3, 40_000];
    const stream = openStream([1, 2, 3, 4], 0, 0);
    const drawn = new Float64Array(width);
    let sum = 0;
    for (let i = 0; i < count; i++) {
      fillGaussian(stream, drawn, 0, width);
      const vector = drawn.map((value, at) => value / Math.sqrt(width) + (at === 0 ? 1 : 0));
      sum += Math.log(vector.reduce((squares, value) => squares + value * value, 0));
    }
    const { mean, variance } = linearResidualFactor(width, 1, 1);
    expect(Math.abs(sum / count - mean)).toBeLessThan(5 * Math.sqrt(variance / count));
  });
});
