import { describe, expect, test } from "vitest";
import { betaQuantile, normalQuantile, normalUpperTail, studentQuantile } from "./quantiles.ts";

// SciPy 1.17.1: stats.t.isf(tail, degrees), stats.norm.isf(tail), stats.beta.ppf(tail, a, b).
describe("studentQuantile agrees with SciPy", () => {
  test.each([
    [0.05, 10, 1.812461122811676],
    [1e-3, 119, 3.1601331009819797],
    [1e-5, 119, 4.443101810834692],
    [1e-7, 1e6, 5.199374020816577],
    [1e-5, 3, 47.927728375933924],
  ])("tail %f, %i degrees", (tail, degrees, value) => {
    expect(studentQuantile(tail, degrees) / value).toBeCloseTo(1, 9);
  });
});

describe("normalQuantile agrees with SciPy", () => {
  test.each([
    [0.05, 1.6448536269514729],
    [1e-5, 4.264890793922825],
    [1e-7, 5.1993375821928165],
  ])("tail %f", (tail, value) => {
    expect(normalQuantile(tail) / value).toBeCloseTo(1, 9);
    expect(normalUpperTail(value) / tail).toBeCloseTo(1, 9);
  });
});

test("betaQuantile agrees with SciPy at a tail of 1e-7 and a million values", () => {
  expect(betaQuantile(1e-7, 31250, 1e6 - 31250 + 1) / 0.030353449661657792).toBeCloseTo(1, 9);
  expect(betaQuantile(1e-7, 1, 1000) / 1.0000000499500034e-10).toBeCloseTo(1, 9);
});

test.each([0, 1, -0.1, 1e-31, Number.NaN])("quantiles refuse a tail of %f", (tail) => {
  expect(() => normalQuantile(tail)).toThrow("normalQuantile requires a tail");
  expect(() => studentQuantile(tail, 5)).toThrow("studentQuantile requires a tail");
  expect(() => betaQuantile(tail, 1, 1)).toThrow("betaQuantile requires a tail");
});

test("quantiles refuse parameters of no law", () => {
  expect(() => studentQuantile(0.1, 0)).toThrow("at least one degree of freedom, got 0");
  expect(() => betaQuantile(0.1, 0, 1)).toThrow("positive shapes, got 0 and 1");
});
