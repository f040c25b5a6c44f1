import { expect, test } from "vitest";
import { studentBounds } from "./student.ts";

/** Quantiles of Student's law from printed tables; n values have n - 1 degrees of freedom. */
test.each([
  [2, 0.025, 12.706],
  [3, 0.025, 4.303],
  [5, 0.005, 4.604],
  [11, 0.05, 1.812],
  [31, 0.01, 2.457],
])("the bounds of %d values at level %d are %d standard errors away", (count, alpha, quantile) => {
  const { low, high } = studentBounds({ count, mean: 3, variance: 4, skewness: 0, excessKurtosis: 0 }, alpha);
  const error = 2 / Math.sqrt(count);
  expect((high - 3) / error).toBeCloseTo(quantile, 3);
  expect((3 - low) / error).toBeCloseTo(quantile, 3);
});
