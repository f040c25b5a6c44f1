import { describe, expect, test } from "vitest";
import { logRatio, probabilityDead } from "./log-norm.theory.ts";

describe("logRatio", () => {
  // Six digits from scipy.special.digamma and polygamma summed over the binomial, and from 1,500 simulated networks.
  test.each([
    ["linear", 2, -0.577216, 1.644934],
    ["linear", 16, -0.0638, 0.133137],
    ["relu", 2, -0.808265, 4.265249],
    ["relu", 8, -0.398777, 1.246989],
    ["relu", 16, -0.176397, 0.419593],
    ["relu", 256, -0.009829, 0.019819],
    ["orthogonal-relu", 16, -0.1126, 0.28646],
    ["orthogonal-relu", 64, -0.0244, 0.05125],
  ] as const)("%s layers of width %d have mean %d and variance %d", (kind, width, mean, variance) => {
    const ratio = logRatio(width, kind);
    expect(ratio.mean).toBeCloseTo(mean, 5);
    expect(ratio.variance).toBeCloseTo(variance, 4);
  });

  test("third and fourth cumulants of linear layers of width 2 are those of ln Exp(1): -2 zeta(3) and pi^4 / 15", () => {
    const { third, fourth } = logRatio(2, "linear");
    expect(third).toBeCloseTo(-2 * 1.2020569031595942, 10);
    expect(fourth).toBeCloseTo(Math.PI ** 4 / 15, 10);
  });
});

test("probabilityDead is 1 - (1 - 2^-d)^L", () => {
  expect(probabilityDead(8, 32)).toBeCloseTo(1 - (1 - 1 / 256) ** 32, 12);
});
