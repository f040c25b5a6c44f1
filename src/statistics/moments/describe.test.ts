import { expect, test } from "vitest";
import { seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { describeSample } from "./describe.ts";

test("moments lie within their standard errors of the law's, and the family to declare holds it", () => {
  const draws = seededDraws(61);
  const found = describeSample(draws.sample(200_000, draws.exponential))!;
  // An exponential law has mean and deviation 1, skewness 2 and excess kurtosis 6.
  for (const [{ value, error }, exact] of [
    [found.mean, 1],
    [found.deviation, 1],
    [found.skewness, 2],
    [found.excessKurtosis, 6],
  ] as const) {
    expect(Math.abs(value - exact)).toBeLessThan(5 * error);
    expect(error).toBeLessThan(0.2);
  }
  expect(found.family.skewness).toBeGreaterThan(2);
  expect(found.family.skewness).toBeLessThan(2.3);
  expect(found.family.excessKurtosis).toBeGreaterThan(6);
  expect(found.family.excessKurtosis).toBeLessThan(7.5);
});

test("a standard error is how far moments scatter from sample to sample", () => {
  const draws = seededDraws(62);
  const skewnesses = Array.from({ length: 100 }, () => describeSample(draws.normals(2000))!.skewness);
  const mean = skewnesses.reduce((sum, { value }) => sum + value, 0) / 100;
  const scatter = Math.sqrt(skewnesses.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / 99);
  const said = skewnesses.reduce((sum, { error }) => sum + error, 0) / 100;
  expect(said / scatter).toBeGreaterThan(0.75);
  expect(said / scatter).toBeLessThan(1.35);
});

test("says nothing of few values or of equal ones", () => {
  expect(describeSample(new Float64Array(999).map((_, i) => i))).toBeUndefined();
  expect(describeSample(new Float64Array(5000).fill(2))).toBeUndefined();
});
