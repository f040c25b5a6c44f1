import fc from "fast-check";
import { expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import type { SameLawQuestion } from "../question.ts";
import { distanceBetween, sameLawJudge } from "./same-law-judge.ts";

const QUESTION: SameLawQuestion = { statistic: "same-law", region: { low: 0, high: 0.1 }, rivals: [] };

function boundsOf(first: Float64Array, second: Float64Array, alpha: number) {
  return sameLawJudge.bounds([{ columns: [first] }, { columns: [second] }], QUESTION, alpha);
}

test("the distance agrees with SciPy", () => {
  // SciPy 1.17.1: stats.ks_2samp(d, [1, 2, 3, 4, 5, 5.6]).statistic
  const first = Float64Array.of(2.1, 3.4, 1.9, 5.6, 4.4, 3.3, 8.7);
  expect(boundsOf(first, Float64Array.of(1, 2, 3, 4, 5, 5.6), 0.5).estimate).toBeCloseTo(0.21428571428571427, 14);
});

test("the distance by merging is the largest over all values of either group", () => {
  const list = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 30 });
  const share = (values: Float64Array, x: number): number =>
    values.filter((value) => value <= x).length / values.length;
  fc.assert(
    fc.property(list, list, (a, b) => {
      const first = Float64Array.from(a).sort();
      const second = Float64Array.from(b).sort();
      const largest = Math.max(...[...first, ...second].map((x) => Math.abs(share(first, x) - share(second, x))));
      expect(distanceBetween(first, second)).toBe(largest);
      expect(distanceBetween(second, first)).toBe(largest);
    }),
  );
});

test("each bound misses the distance of two laws at most as often as stated", () => {
  const draws = seededDraws(19);
  const trials = 2000;
  let equal = 0;
  let shifted = 0;
  for (let trial = 0; trial < trials; trial++) {
    const first = draws.normals(100);
    if (boundsOf(first, draws.normals(200), 0.05).low > 0) equal++;
    // Distance of two normal laws half a deviation apart: 2 Phi(.25) - 1.
    const { low, high } = boundsOf(
      first,
      draws.normals(200).map((x) => x + 0.5),
      0.05,
    );
    if (low > 0.1974126513658 || high < 0.1974126513658) shifted++;
  }
  expect(equal).toBeLessThan(mostEvents(trials, 0.05));
  expect(shifted).toBeLessThan(mostEvents(trials, 0.1));
});

test("infinite values count, and equal groups have distance 0", () => {
  const first = Float64Array.of(Number.NEGATIVE_INFINITY, 1, 2, 3);
  expect(boundsOf(first, first, 0.1).estimate).toBe(0);
  expect(boundsOf(first, Float64Array.of(0, 1, 2, 3), 0.1).estimate).toBe(0.25);
});

test("the judge refuses one group, a group of one value, and NaN", () => {
  const values = Float64Array.of(1, 2, 3);
  expect(() => sameLawJudge.bounds([{ columns: [values] }], QUESTION, 0.1)).toThrow("requires 2 groups, got 1");
  expect(() => boundsOf(values, Float64Array.of(1), 0.1)).toThrow("at least two values a group, got 1");
  expect(() => boundsOf(values, Float64Array.of(1, Number.NaN), 0.1)).toThrow("got NaN at replicate 1");
});

test("each of the two bands has half of the level: the interval is as wide as both together", () => {
  const draws = seededDraws(20);
  const [n, m, alpha] = [400, 900, 1e-3];
  const { estimate, high } = boundsOf(
    draws.normals(n),
    draws.normals(m).map((x) => x + 1),
    alpha,
  );
  // Massart 1990: P(sup |F_n - F| > d) <= 2 exp(-2 n d^2), at alpha / 2 for each sample
  const width = Math.sqrt(Math.log(4 / alpha) / (2 * n)) + Math.sqrt(Math.log(4 / alpha) / (2 * m));
  expect(high - estimate).toBeCloseTo(width, 14);
});
