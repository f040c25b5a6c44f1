import { describe, expect, test } from "vitest";
import {
  deviationOfLogScaledExit,
  meanLogScaledExit,
  meanScaledExit,
  meanScaledExitInDirections,
} from "./exit-time.theory.ts";

describe("exit times of noisy ascent", () => {
  test("mean: simulated 81.2 +- 1.0 steps at a = 0.01, s = 0.1, R = 1", () => {
    const plateau = { growth: 0.01, step: 0.1, radius: 1 };
    expect(Math.abs(meanScaledExit(plateau) / Math.log1p(0.01) - 81.2)).toBeLessThan(3);
  });

  test("one direction: the formula for many agrees with Dawson's to O(1 / kappa)", () => {
    const plateau = { growth: 0.001, step: 0.001, radius: 1 };
    expect(meanScaledExitInDirections(plateau, 1)).toBeCloseTo(meanScaledExit(plateau), 2);
  });

  test("the mean of the logarithm lies below the logarithm of the mean by about half the squared relative spread", () => {
    const plateau = { growth: 4e-5, step: 2e-5, radius: 1 };
    const gap = Math.log(meanScaledExit(plateau)) - meanLogScaledExit(plateau);
    expect(gap).toBeGreaterThan(0);
    expect(gap).toBeCloseTo(deviationOfLogScaledExit(plateau) ** 2 / 2, 2);
  });
});
