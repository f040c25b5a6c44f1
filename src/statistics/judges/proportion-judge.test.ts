import { describe, expect, test } from "vitest";
import { logGamma } from "../../numerics/special-functions.ts";
import type { ProportionQuestion } from "../question.ts";
import { clopperPearson, proportionJudge } from "./proportion-judge.ts";

const QUESTION: ProportionQuestion = { statistic: "proportion", region: { low: 0, high: 0.1 }, rivals: [] };

function logChance(k: number, n: number, p: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1) + k * Math.log(p) + (n - k) * Math.log1p(-p);
}

describe("bounds agree with SciPy", () => {
  // SciPy 1.17.1: stats.beta.ppf(alpha, k, n - k + 1), stats.beta.isf(alpha, k + 1, n - k).
  test.each([
    [17, 83, 0.005, 0.1044818877159731, 0.34028706379141893],
    [17, 83, 1e-5, 0.06131121310212047, 0.43399967941634626],
    [31250, 1_000_000, 1e-7, 0.030353449661657792, 0.032163772232052086],
    [1, 1000, 1e-7, 1.0000000499500034e-10, 0.018947576875514162],
    [1000, 1000, 1e-7, 0.9840111057611337, 1],
    [0, 20, 0.025, 0, 0.16843347098308534],
  ])("%i of %i at %f", (ones, count, alpha, low, high) => {
    const found = clopperPearson(ones, count, alpha);
    expect(Math.abs(found.low - low)).toBeLessThanOrEqual(1e-9 * low);
    expect(found.high).toBeCloseTo(high, 10);
  });
});

test("coverage is exact: for every p of a grid, all counts summed", () => {
  for (const [count, alpha] of [
    [20, 0.05],
    [150, 1e-3],
    [400, 1e-7],
  ] as const) {
    const bounds = Array.from({ length: count + 1 }, (_, k) => clopperPearson(k, count, alpha));
    let largest = 0;
    for (let i = 1; i < 100; i++) {
      const p = i / 100;
      let below = 0;
      let above = 0;
      bounds.forEach(({ low, high }, k) => {
        const chance = Math.exp(logChance(k, count, p));
        if (low > p) below += chance;
        if (high < p) above += chance;
      });
      expect(below).toBeLessThanOrEqual(alpha * (1 + 1e-9));
      expect(above).toBeLessThanOrEqual(alpha * (1 + 1e-9));
      largest = Math.max(largest, below);
    }
    expect(largest).toBeGreaterThan(alpha / 2);
  }
});

test("zero failures of n give the published bound", () => {
  // 1 - alpha^(1/n): n = 459 for p = .01 at 1 %.
  expect(clopperPearson(0, 459, 0.01).high).toBeCloseTo(1 - 0.01 ** (1 / 459), 12);
  expect(clopperPearson(0, 459, 0.01).high).toBeLessThan(0.01);
});

test("ones and zeros are exchanged with the bounds", () => {
  for (const [ones, count] of [
    [0, 7],
    [3, 10],
    [50, 51],
  ] as const) {
    const found = clopperPearson(ones, count, 1e-3);
    const turned = clopperPearson(count - ones, count, 1e-3);
    expect(turned.low).toBeCloseTo(1 - found.high, 12);
    expect(turned.high).toBeCloseTo(1 - found.low, 12);
  }
});

test("intervals shrink as the root of n and widen as alpha falls", () => {
  const width = (count: number, alpha: number): number => {
    const { low, high } = clopperPearson(count / 4, count, alpha);
    return high - low;
  };
  expect(width(1e4, 1e-5) / width(1e6, 1e-5) / 10).toBeCloseTo(1, 1);
  expect(width(1000, 1e-7)).toBeGreaterThan(width(1000, 1e-5));
});

test("the judge counts ones", () => {
  const values = Float64Array.from({ length: 83 }, (_, i) => (i % 5 === 0 ? 1 : 0));
  const found = proportionJudge.bounds([{ columns: [values] }], QUESTION, 0.005);
  expect(found.estimate).toBe(17 / 83);
  expect(found.low).toBeCloseTo(0.1044818877159731, 10);
  expect(found.spread[0]).toBeCloseTo(Math.sqrt((17 / 83) * (66 / 83)), 12);
});

test.each<[string, Float64Array, string]>([
  ["one value", Float64Array.of(1), "at least two values, got 1"],
  ["values that are no indicator", Float64Array.of(0, 1, 0.5), "zeros and ones, got 0.5 at replicate 2"],
  ["NaN", Float64Array.of(0, Number.NaN), "got NaN at replicate 1"],
])("the judge refuses %s", (_name, values, message) => {
  expect(() => proportionJudge.bounds([{ columns: [values] }], QUESTION, 0.01)).toThrow(message);
});
