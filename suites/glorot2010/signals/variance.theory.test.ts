import { describe, expect, test } from "vitest";
import { compromise, ratioFamily, ratioSpread } from "./variance.theory.ts";

describe("what a linear layer keeps, against chi-squared", () => {
  test.each([16, 64])("of %i units with normal weights: deviation, skewness and kurtosis of a mean of squares", (n) => {
    // cumulants of chi-squared with k degrees: 2^(r - 1) (r - 1)! k
    const [second, third, fourth] = [2 * n, 8 * n, 48 * n] as const;
    expect(ratioSpread(n, 1)).toBeCloseTo(Math.sqrt(second) / n, 14);
    expect(ratioFamily(n, 1).skewness).toBeCloseTo(third / second ** 1.5, 14);
    expect(ratioFamily(n, 1).excessKurtosis).toBeCloseTo(fourth / second ** 2, 14);
  });
});

test("the compromise: both keep all between equal widths, else they add to 2", () => {
  expect(compromise(7, 7)).toEqual({ forward: 1, backward: 1 });
  expect(compromise(64, 32).forward + compromise(64, 32).backward).toBe(2);
  // U(-a, a) with a = sqrt(6 / (64 + 32)): variance a^2 / 3 = 2 / 96, times the 64 units that a unit sums
  expect(compromise(64, 32).forward).toBeCloseTo((64 * (6 / 96)) / 3, 14);
});
