import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { blockSize, blockVarianceBounds, blockVariances, expectedUpper, relativeVariance } from "./block-variance.ts";

describe("the relative variance of a block's variance", () => {
  test.each([2, 3, 5, 8])("is K / b + 2 / (b - 1) for blocks of %i coins, by enumeration", (size) => {
    // A fair coin has an excess kurtosis of -2; 0.8 and 0.2: (1 - 6 p q) / (p q) = 0.25.
    for (const p of [0.5, 0.8]) {
      const q = 1 - p;
      let [mean, square] = [0, 0];
      for (let bits = 0; bits < 2 ** size; bits++) {
        const values = Float64Array.from({ length: size }, (_, i) => (bits >> i) & 1);
        const ones = values.reduce((sum, x) => sum + x, 0);
        const chance = p ** ones * q ** (size - ones);
        const [variance] = blockVariances(values, size);
        mean += chance * variance!;
        square += chance * variance! ** 2;
      }
      const kurtosis = (1 - 6 * p * q) / (p * q);
      expect(mean).toBeCloseTo(p * q, 12);
      const exact = square / mean ** 2 - 1;
      expect(exact).toBeCloseTo(kurtosis / size + 2 / (size - 1), 10);
      expect(relativeVariance(size, kurtosis)).toBeGreaterThanOrEqual(exact - 1e-12);
    }
  });
});

test("bounds err no more often than their level where one value in a hundred carries a fifth of the variance", () => {
  const draws = seededDraws(51);
  let errors = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const values = draws.sample(400, () => {
      const size = draws.uniform() < 0.99 ? 1 : 5;
      return draws.uniform() < 0.5 ? size : -size;
    });
    const { low, high } = blockVarianceBounds(values, 1.71, Math.log(1e3));
    if (low > 1.24 || high < 1.24) errors++;
  }
  expect(errors).toBeLessThan(mostEvents(2000, 2e-3));
});

test("the expected upper bound is near the median of those of normal values", () => {
  const draws = seededDraws(52);
  for (const count of [300, 1000, 10_000]) {
    const uppers = Array.from({ length: 60 }, () => blockVarianceBounds(draws.normals(count), 0, Math.log(1e6)).high);
    const median = uppers.sort((a, b) => a - b)[30]!;
    expect(expectedUpper(count, 0, Math.log(1e6)) / median).toBeGreaterThan(0.95);
    expect(expectedUpper(count, 0, Math.log(1e6)) / median).toBeLessThan(1.2);
  }
});

test("blocks grow with n, and few values leave no room but for pairs", () => {
  expect(blockSize(50, 0, 14)).toBe(2);
  expect(blockSize(1000, 0, 14)).toBeGreaterThan(3);
  expect(blockSize(100_000, 0, 14)).toBe(32);
});
