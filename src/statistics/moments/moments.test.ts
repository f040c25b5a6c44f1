import fc from "fast-check";
import { expect, test } from "vitest";
import { meanOf, moments } from "./moments.ts";

test("moments agree with SciPy", () => {
  // SciPy 1.17.1, NumPy: np.mean, np.var(ddof=1), stats.skew, stats.kurtosis of these seven values.
  const found = moments(Float64Array.of(2.1, 3.4, 1.9, 5.6, 4.4, 3.3, 8.7));
  expect(found.count).toBe(7);
  expect(found.mean).toBeCloseTo(4.2, 14);
  expect(found.variance).toBeCloseTo(5.5666666666666655, 13);
  expect(found.skewness).toBeCloseTo(0.9760186308264639, 13);
  expect(found.excessKurtosis).toBeCloseTo(-0.09847502599591307, 13);
});

test("moments follow shifts and scales", () => {
  const whole = fc.integer({ min: -1000, max: 1000 });
  fc.assert(
    fc.property(fc.array(whole, { minLength: 3, maxLength: 40 }), whole, (list, shift) => {
      const values = Float64Array.from(list);
      const scaled = moments(values.map((x) => shift - 2 * x));
      const found = moments(values);
      expect(scaled.mean).toBeCloseTo(shift - 2 * found.mean, 9);
      expect(scaled.variance).toBeCloseTo(4 * found.variance, 6);
      expect(scaled.skewness).toBeCloseTo(-found.skewness, 9);
      expect(scaled.excessKurtosis).toBeCloseTo(found.excessKurtosis, 9);
    }),
  );
});

test("the mean of a million far-off values keeps its digits", () => {
  const values = Float64Array.from({ length: 1e6 }, (_, i) => 1e9 + (i % 2 === 0 ? 0.25 : 0.75));
  expect(meanOf(values)).toBe(1e9 + 0.5);
});

test("equal values have no variance, skewness or kurtosis", () => {
  expect(moments(Float64Array.of(3, 3, 3))).toEqual({ count: 3, mean: 3, variance: 0, skewness: 0, excessKurtosis: 0 });
});

test.each([0, 1])("moments refuse %i values", (count) => {
  expect(() => moments(new Float64Array(count))).toThrow(`at least two values, got ${count}`);
});
