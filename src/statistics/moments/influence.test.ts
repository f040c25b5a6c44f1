import { describe, expect, test } from "vitest";
import { heavinessOf, influence, influenceWithin } from "./influence.ts";
import { moments } from "./moments.ts";

test("under a normal law the influences are Hermite polynomials", () => {
  expect(influence(3, 0, 0)).toEqual([0, -3, -0, 1]); // He3
  expect(influence(4, 0, 0)).toEqual([3, -0, -6, 0, 1]); // He4
});

describe("deviation and skewness of influences have known values", () => {
  // Normal: variances 2! , 3!, 4! of Hermite polynomials; E He2^3 = 8, E He4^3 = 1728. Exponential: by its moments r! about 0.
  test.each([
    [2, { skewness: 0, excessKurtosis: 0 }, Math.sqrt(2), 8 / 2 ** 1.5],
    [3, { skewness: 0, excessKurtosis: 0 }, Math.sqrt(6), 0],
    [4, { skewness: 0, excessKurtosis: 0 }, Math.sqrt(24), 1728 / 24 ** 1.5],
    // mu4 = 9, mu6 = 265: variance 8, third (265 - 27 + 2) / 8^1.5.
    [2, { skewness: 2, excessKurtosis: 6 }, Math.sqrt(8), 240 / 8 ** 1.5],
    // mu3 = 2, mu5 = 44: 265 - 54 + 9 + 81 - 264 + 36 - 1 = 72.
    [3, { skewness: 2, excessKurtosis: 6 }, Math.sqrt(72), 61.51828996322963],
  ] as const)("order %i, %o", (order, family, deviation, skewness) => {
    const found = influenceWithin(order, family);
    expect(found.deviation).toBeCloseTo(deviation, 10);
    expect(found.skewness).toBeCloseTo(skewness, 8);
  });
});

test.each([2, 3, 4] as const)(
  "influences are the derivative of the statistic of order %i by a value's weight",
  (order) => {
    // One value more moves the statistic by influence / (n + 1), up to terms of relative order influence / n.
    const n = 40000;
    const values = Float64Array.from({ length: n }, (_, i) => Math.log((i + 0.5) / n));
    const before = moments(values);
    const scale = Math.sqrt((before.variance * (n - 1)) / n);
    for (const i of [3, 7000, 25000, 39900]) {
      const after = moments(Float64Array.from([...values, values[i]!]));
      const x = (values[i]! - before.mean) / scale;
      const expected = influence(order, before.skewness, before.excessKurtosis).reduce(
        (sum, c, j) => sum + c * x ** j,
        0,
      );
      const moved = {
        2: (after.variance * n) / (n + 1) / scale ** 2 - 1,
        3: after.skewness - before.skewness,
        4: after.excessKurtosis - before.excessKurtosis,
      }[order];
      // The farthest value has an influence of 3e3 on the kurtosis: 3e3 / n is less than a tenth.
      expect(Math.abs(moved * (n + 1) - expected)).toBeLessThan(0.01 + 0.1 * Math.abs(expected));
    }
  },
);

test("heaviness is that of the gamma law which reaches the larger bound", () => {
  expect(heavinessOf({ skewness: 2, excessKurtosis: 6 })).toBe(1);
  expect(heavinessOf({ skewness: 0, excessKurtosis: 1.5 })).toBe(0.5);
  expect(heavinessOf({ skewness: 0, excessKurtosis: -1.2 })).toBe(0);
});
