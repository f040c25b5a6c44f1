import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { cdf } from "../laws.ts";
import type { Law, LawQuestion } from "../question.ts";
import type { Group } from "./judge.ts";
import { bandWidth, distanceTo, lawJudge } from "./law-judge.ts";

const GAMMA: Law = { name: "gamma", shape: 5, location: 0, sign: -1 };
const NORMAL: Law = { name: "normal", mean: 4, standardDeviation: 2 };

function asked(law: Law): LawQuestion {
  return { statistic: "law", region: { low: 0, high: 0.05 }, rivals: [], law };
}

function boundsOf(values: Float64Array, alpha: number, law: Law) {
  const groups: readonly Group[] = [{ columns: [values] }];
  return lawJudge.bounds(groups, asked(law), alpha);
}

/** sup |F_n - F| from its definition, all values visited. */
function slowDistance(law: (x: number) => number, sorted: Float64Array): number {
  let largest = 0;
  sorted.forEach((x, i) => {
    largest = Math.max(largest, (i + 1) / sorted.length - law(x), law(x) - i / sorted.length);
  });
  return largest;
}

test("the distance agrees with SciPy", () => {
  // SciPy 1.17.1: stats.ks_1samp(d, stats.norm(4, 2).cdf).statistic
  const values = Float64Array.of(2.1, 3.4, 1.9, 5.6, 4.4, 3.3, 8.7);
  expect(boundsOf(values, 0.5, NORMAL).estimate).toBeCloseTo(0.18933999361752407, 13);
});

test("the distance by stretches is that of all values", () => {
  const value = fc.double({ min: -3, max: 12, noNaN: true });
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 200 }), (list) => {
      const sorted = Float64Array.from(list).sort();
      expect(distanceTo(cdf(NORMAL), sorted)).toBe(slowDistance(cdf(NORMAL), sorted));
    }),
  );
});

test("two hundred thousand values ask for few evaluations of the law", () => {
  const sorted = seededDraws(16).normals(200_000).sort();
  let evaluations = 0;
  const law = cdf({ name: "normal", mean: 0, standardDeviation: 1 });
  const counted = (x: number): number => {
    evaluations++;
    return law(x);
  };
  expect(distanceTo(counted, sorted)).toBe(slowDistance(law, sorted));
  expect(evaluations).toBeLessThan(20_000);
});

test("the band has the published widths", () => {
  // 99 %, two-sided: .115 (n = 200), .0515 (1000), .023 (5000).
  expect(bandWidth(0.01, 200)).toBeCloseTo(0.115, 3);
  expect(bandWidth(0.01, 1000)).toBeCloseTo(0.0515, 4);
  expect(bandWidth(0.01, 5000)).toBeCloseTo(0.023, 3);
});

describe("each bound misses the distance at most as often as stated", () => {
  test.each<[string, number, number]>([
    ["the law itself", 0, 0],
    ["a law shifted by a tenth of a deviation", 0.1, 0.03987761167674492], // 2 Phi(.05) - 1
  ])("%s", (_name, shift, distance) => {
    const draws = seededDraws(17);
    const law: Law = { name: "normal", mean: shift, standardDeviation: 1 };
    let below = 0;
    let above = 0;
    const trials = 4000;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = boundsOf(draws.normals(150), 0.05, law);
      if (low > distance + 1e-12) below++;
      if (high < distance) above++;
    }
    expect(below).toBeLessThan(mostEvents(trials, 0.05));
    expect(above).toBeLessThan(mostEvents(trials, 0.05));
    if (distance === 0) expect(below).toBeGreaterThan((trials * 0.05) / 3);
  });
});

test("bounds are clipped at 0 and 1, and widen as alpha falls", () => {
  const values = seededDraws(18).normals(100);
  const own: Law = { name: "normal", mean: 0, standardDeviation: 1 };
  expect(boundsOf(values, 1e-5, own).low).toBe(0);
  expect(boundsOf(values, 1e-5, GAMMA).high).toBeLessThanOrEqual(1);
  expect(boundsOf(values, 1e-7, own).high).toBeGreaterThan(boundsOf(values, 1e-5, own).high);
});

test("infinite values are at the ends of the law", () => {
  const values = Float64Array.of(Number.NEGATIVE_INFINITY, -3, -4, -5, -6);
  expect(boundsOf(values, 0.5, GAMMA).estimate).toBeGreaterThanOrEqual(0.2);
});

test("the judge refuses one value and NaN", () => {
  expect(() => boundsOf(Float64Array.of(1), 0.1, NORMAL)).toThrow("at least two values, got 1");
  expect(() => boundsOf(Float64Array.of(1, Number.NaN), 0.1, NORMAL)).toThrow("got NaN at replicate 1");
});
