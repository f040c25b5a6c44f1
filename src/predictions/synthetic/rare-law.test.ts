import { expect, test } from "vitest";
import { openStream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { moments } from "../../statistics/moments/moments.ts";
import { rareLaw, rareParts } from "./rare-law.ts";

test.each([
  [0, 4],
  [0, 120],
  [1.54, 4.01],
  [-0.3, 2.5],
  [2, 120],
  [2, 2],
])("skewness %f and excess kurtosis %f are exact, and carried by rare values", (skewness, excessKurtosis) => {
  const parts = rareParts({ skewness, excessKurtosis });
  const moment = (order: number) =>
    parts.reduce((sum, { weight, mean: m, deviation: s }) => {
      const about = [1, m, m * m + s * s, m ** 3 + 3 * m * s * s, m ** 4 + 6 * m * m * s * s + 3 * s ** 4];
      return sum + weight * about[order]!;
    }, 0);
  const expected = [1, 0, 1, skewness, excessKurtosis + 3];
  expected.forEach((value, order) => {
    expect(moment(order)).toBeCloseTo(value, 6);
  });
  const law = rareLaw({ skewness, excessKurtosis });
  expect(law.skewness).toBeCloseTo(skewness, 6);
  expect(law.excessKurtosis).toBeCloseTo(excessKurtosis, 6);
});

test("draws have the parts' mean, deviation and skewness", () => {
  const values = new Float64Array(200_000);
  rareLaw({ skewness: 1.54, excessKurtosis: 4.01 }).fill(
    openStream([1, 2, 3, 4], 0, LANES.weights),
    values,
    0,
    values.length,
  );
  const sample = moments(values);
  // Standard errors: .002, .003 of the variance's half, and about .02 of the skewness.
  expect(Math.abs(sample.mean)).toBeLessThan(0.01);
  expect(Math.abs(Math.sqrt(sample.variance) - 1)).toBeLessThan(0.015);
  expect(Math.abs(sample.skewness - 1.54)).toBeLessThan(0.1);
});

test("no kurtosis, no rare values; less kurtosis than the skewness needs is refused", () => {
  expect(rareParts({ skewness: 1, excessKurtosis: 0 })).toEqual([{ weight: 1, mean: 0, deviation: 1 }]);
  expect(() => rareParts({ skewness: 3, excessKurtosis: 6.9 })).toThrow("at least 7, got 6.9");
});
