import { describe, expect, test } from "vitest";
import { meanSquareOfRatio, momentOfLinearRatio, momentOfRatio } from "./relu-ratio.theory.ts";

describe("momentOfRatio", () => {
  test.each([1, 4, 16, 64])("width %d: mean 1 and mean square 1 + 5 / d", (width) => {
    expect(momentOfRatio(width, 1)).toBeCloseTo(1, 12);
    expect(momentOfRatio(width, 2)).toBeCloseTo(1 + 5 / width, 12);
  });

  test("width 1: half of the time twice a chi-square of one degree: E r^3 = 15 * 8 / 2", () => {
    expect(momentOfRatio(1, 3)).toBeCloseTo(60, 12);
  });
});

describe("momentOfLinearRatio", () => {
  test("mean 1, mean square 1 + 2 / d", () => {
    expect(momentOfLinearRatio(8, 1)).toBe(1);
    expect(momentOfLinearRatio(8, 2)).toBeCloseTo(1 + 2 / 8, 15);
  });

  test("width 2: the ratio is standard exponential, E r^k = k!", () => {
    expect([1, 2, 3, 4].map((order) => momentOfLinearRatio(2, order))).toEqual([1, 2, 6, 24]);
  });
});

// 400,000 simulated factors, in another program: deviations of r^2 5.3, 2.7, 1.5, 0.93, kurtosis 82, 47, 20, 9 (heavy-tailed).
test.each([
  [4, 5.3, 82],
  [8, 2.7, 47],
  [16, 1.5, 20],
  [32, 0.93, 9],
])("width %d: r^2 has deviation %d and kurtosis %d, as simulated", (width, deviation, kurtosis) => {
  const { spread, family } = meanSquareOfRatio(width, 1);
  expect(Math.abs(spread / deviation - 1)).toBeLessThan(0.05);
  expect(Math.abs((family.excessKurtosis + 3) / kurtosis - 1)).toBeLessThan(0.5);
});

test("a mean over layers divides: deviation by the root, skewness by the root, kurtosis by their number", () => {
  const [one, many] = [1, 64].map((layers) => meanSquareOfRatio(8, layers));
  expect(many!.spread).toBeCloseTo(one!.spread / 8, 12);
  expect(many!.family.skewness).toBeCloseTo(one!.family.skewness / 8, 12);
  expect(many!.family.excessKurtosis).toBeCloseTo(one!.family.excessKurtosis / 64, 12);
});
