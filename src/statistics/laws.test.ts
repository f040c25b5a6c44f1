import { describe, expect, test } from "vitest";
import { cdf } from "./laws.ts";
import type { Law } from "./question.ts";

describe("the gamma law's distribution function agrees with SciPy", () => {
  // SciPy 1.17.1: stats.gamma.cdf(x, shape). From shape 1000 on @stdlib's own is wrong by up to .025.
  test.each([
    [8, 20, 0.0002529394020919561],
    [20, 20, 0.5297427331607607],
    [45, 20, 0.9999897629535589],
    [1000.3162277660168, 1000, 0.5081936374909919],
    [2100, 2048, 0.8742710309703372],
    [3900, 4096, 0.0009432903748597442],
    [4096, 4096, 0.5020778271937846],
    [4300, 4096, 0.9991588745374519],
  ])("x = %f, shape %i", (x, shape, value) => {
    expect(cdf({ name: "gamma", shape, location: 0, sign: 1 })(x)).toBeCloseTo(value, 11);
    expect(cdf({ name: "gamma", shape, location: 3, sign: 1 })(x + 3)).toBeCloseTo(value, 10);
    expect(cdf({ name: "gamma", shape, location: 3, sign: -1 })(3 - x)).toBeCloseTo(1 - value, 10);
  });
});

test.each([0.5, 20, 512, 513, 3000])("the gamma law of shape %f rises from 0 to 1", (shape) => {
  const law = cdf({ name: "gamma", shape, location: 0, sign: 1 });
  const points = Array.from({ length: 161 }, (_, i) => shape + ((i - 80) / 10) * Math.sqrt(shape));
  const values = points.map(law);
  expect(values.every((value, i) => i === 0 || value >= values[i - 1]! - 1e-13)).toBe(true);
  expect([law(Number.NEGATIVE_INFINITY), law(-1), law(0), law(Number.POSITIVE_INFINITY)]).toEqual([0, 0, 0, 1]);
});

test("the normal law", () => {
  const law = cdf({ name: "normal", mean: -4, standardDeviation: 2 });
  expect(law(-4)).toBe(0.5);
  expect(law(-4 + 2 * 1.6448536269514729)).toBeCloseTo(0.95, 12); // SciPy 1.17.1: stats.norm.isf(.05)
  expect(law(Number.NEGATIVE_INFINITY)).toBe(0);
});

test("laws with impossible parameters are refused", () => {
  expect(() => cdf({ name: "cauchy" } as unknown as Law)).toThrow(
    "a law requires the name normal, gamma, discrete or given, got cauchy",
  );
  expect(() => cdf({ name: "normal", mean: 0, standardDeviation: 0 })).toThrow("positive standard deviation, got 0");
  expect(() => cdf({ name: "gamma", shape: -1, location: 0, sign: 1 })).toThrow("positive shape, got -1");
});
