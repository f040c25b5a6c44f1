import { describe, expect, test } from "vitest";
import { seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { blockCumulants, relativeCumulantVariance } from "./block-cumulants.ts";

/** Exponential values: cumulants (r - 1)!, the family's own end: skewness 2, excess kurtosis 6, theta 1. */
const EXPONENTIAL = { skewness: 2, excessKurtosis: 6 };

describe.each([3, 4] as const)("the k-statistic of order %i", (order) => {
  const cumulant = order === 3 ? 2 : 6;

  test("is unbiased and has the family's variance at its end, by simulation of exponential values", () => {
    const draws = seededDraws(53);
    const size = 24;
    const blocks = blockCumulants(order, draws.sample(size * 100_000, draws.exponential), size);
    const mean = blocks.reduce((sum, x) => sum + x, 0) / blocks.length;
    const variance = blocks.reduce((sum, x) => sum + (x - mean) ** 2, 0) / blocks.length;
    const exact = relativeCumulantVariance(order, size, EXPONENTIAL);
    // Five standard errors of the mean; the variance itself is the mean of squares of a heavy tail: to a sixth.
    expect(Math.abs(mean - cumulant)).toBeLessThan(5 * Math.sqrt(exact / blocks.length));
    expect(variance / exact).toBeGreaterThan(order === 3 ? 0.85 : 0.6);
    expect(variance / exact).toBeLessThan(order === 3 ? 1.15 : 1.4);
  });

  test("of normal values has the variance of textbooks", () => {
    const n = 10;
    const expected = order === 3 ? (6 * n) / ((n - 1) * (n - 2)) : (24 * n * (n + 1)) / ((n - 1) * (n - 2) * (n - 3));
    expect(relativeCumulantVariance(order, n, { skewness: 0, excessKurtosis: 0 })).toBeCloseTo(expected, 12);
  });

  test("shifts with nothing, and scales with the power of its order", () => {
    const values = seededDraws(54).normals(48);
    const plain = blockCumulants(order, values, 12);
    const moved = blockCumulants(
      order,
      values.map((x) => 7 - 2 * x),
      12,
    );
    plain.forEach((value, i) => {
      expect(moved[i]).toBeCloseTo((-2) ** order * value, 9);
    });
  });
});
