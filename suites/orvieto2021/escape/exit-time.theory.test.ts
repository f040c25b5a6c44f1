import { describe, expect, test } from "vitest";
import {
  deviationOfLogScaledExit,
  kappaOf,
  meanLogScaledExit,
  meanScaledExit,
  meanScaledExitInDirections,
} from "./exit-time.theory.ts";

describe("exit times of noisy ascent", () => {
  test("mean: simulated 81.2 +- 1.0 steps at a = 0.01, s = 0.1, R = 1", () => {
    const plateau = { growth: 0.01, step: 0.1, radius: 1 };
    expect(Math.abs(meanScaledExit(plateau) / Math.log1p(0.01) - 81.2)).toBeLessThan(3);
  });

  test("the barrier of a discrete walk is moved out by -zeta(1/2) / sqrt(2 pi) of a step", () => {
    // zeta(1/2) by Euler and Maclaurin: the partial sum less 2 sqrt(n) and half the last term, right to 1 / (24 n^1.5)
    const n = 1_000_000;
    let sum = 0;
    for (let term = 1; term <= n; term++) sum += 1 / Math.sqrt(term);
    const zeta = sum - 2 * Math.sqrt(n) - 1 / (2 * Math.sqrt(n));
    const moved = Math.sqrt(kappaOf({ growth: 0.5, step: 1, radius: 0 }) / Math.log1p(0.5));
    expect(moved).toBeCloseTo(-zeta / Math.sqrt(2 * Math.PI), 8);
    // Chang and Peres 1997, Annals of Probability 25, 787-802
    expect(moved).toBeCloseTo(0.5826, 4);
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
