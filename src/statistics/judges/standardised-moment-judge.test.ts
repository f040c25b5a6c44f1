import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import type { Family, StandardisedMomentQuestion } from "../question.ts";
import type { Group } from "./judge.ts";
import { standardisedMomentJudge } from "./standardised-moment-judge.ts";

const NORMAL: Family = { skewness: 0, excessKurtosis: 0 };
const GAMMA16: Family = { skewness: 0.5, excessKurtosis: 0.375 };

function asked(order: 3 | 4, family?: Family): StandardisedMomentQuestion {
  const question = { statistic: "standardised-moment", order, region: { low: -1, high: 1 }, rivals: [] } as const;
  return family ? { ...question, families: [family] } : question;
}

function boundsOf(order: 3 | 4, values: Float64Array, alpha: number, family: Family) {
  const groups: readonly Group[] = [{ columns: [values] }];
  return standardisedMomentJudge.bounds(groups, asked(order, family), alpha);
}

describe("each bound misses the truth at most as often as stated", () => {
  test.each<[string, 3 | 4, Family, number, number, number]>([
    ["normal", 3, NORMAL, 0, 600, 2000],
    ["normal", 4, NORMAL, 0, 3600, 500],
    ["gamma of shape 16", 3, GAMMA16, 0.5, 1500, 500],
  ])("%s, order %i", (name, order, family, truth, count, trials) => {
    const draws = seededDraws(12);
    const gamma = (): number => {
      let product = 1;
      for (let i = 0; i < 16; i++) product *= draws.uniform();
      return -Math.log(product);
    };
    let below = 0;
    let above = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = name === "normal" ? draws.normals(count) : draws.sample(count, gamma);
      const { low, high } = boundsOf(order, values, 1e-2, family);
      if (low > truth) below++;
      if (high < truth) above++;
    }
    expect(below).toBeLessThan(mostEvents(trials, 1e-2));
    expect(above).toBeLessThan(mostEvents(trials, 1e-2));
  });
});

test("estimates are Fisher's, as in SciPy with bias=False", () => {
  // SciPy 1.17.1: stats.skew(d, bias=False), stats.kurtosis(d, bias=False) of these seven, repeated: n = 7000 changes both
  // by less than 1e-3 from the biased .97602, -.09848 of the seven.
  const seven = [2.1, 3.4, 1.9, 5.6, 4.4, 3.3, 8.7];
  const values = Float64Array.from({ length: 7000 }, (_, i) => seven[i % 7]!);
  const family = { skewness: 1, excessKurtosis: 1.5 };
  // G1 = g1 sqrt(n (n - 1)) / (n - 2), G2 = ((n + 1) g2 + 6) (n - 1) / ((n - 2) (n - 3)).
  expect(boundsOf(3, values, 0.2, family).estimate).toBeCloseTo(
    (0.9760186308264639 * Math.sqrt(7000 * 6999)) / 6998,
    10,
  );
  expect(boundsOf(4, values, 0.4, family).estimate).toBeCloseTo(
    ((7001 * -0.09847502599591307 + 6) * 6999) / (6998 * 6997),
    10,
  );
});

test("the bounds ignore shifts and scales, and the skewness turns with the sign", () => {
  const values = seededDraws(13).normals(2000);
  const found = boundsOf(3, values, 1e-2, NORMAL);
  const turned = boundsOf(
    3,
    values.map((x) => 5 - 3 * x),
    1e-2,
    NORMAL,
  );
  expect(turned.low).toBeCloseTo(-found.high, 8);
  expect(turned.estimate).toBeCloseTo(-found.estimate, 8);
});

test("intervals shrink as the root of n and widen as alpha falls", () => {
  const values = seededDraws(14).normals(400_000);
  const width = (count: number, alpha: number): number => {
    const { low, high } = boundsOf(3, values.subarray(0, count), alpha, NORMAL);
    return high - low;
  };
  // At 4,000 values the bound on the variance and the blocks' number cost a quarter.
  expect(width(4000, 1e-5) / width(400_000, 1e-5) / 10).toBeLessThan(1.8);
  expect(width(40_000, 1e-5) / width(400_000, 1e-5) / Math.sqrt(10)).toBeLessThan(1.15);
  expect(width(4000, 1e-6)).toBeGreaterThan(width(4000, 1e-5));
});

describe("the judge refuses", () => {
  const values = seededDraws(15).normals(500);
  test.each<[string, Float64Array, Family | undefined, string]>([
    ["no family", values, undefined, "got none"],
    ["three values", values.slice(0, 3), NORMAL, "at least 4 values, got 3"],
    ["NaN", Float64Array.of(1, Number.NaN), NORMAL, "got NaN"],
    ["equal values", new Float64Array(5000), NORMAL, "values that vary"],
  ])("%s", (_name, column, family, message) => {
    const groups: readonly Group[] = [{ columns: [column] }];
    expect(() => standardisedMomentJudge.bounds(groups, asked(3, family), 1e-5)).toThrow(message);
  });
});
