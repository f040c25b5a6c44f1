import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import type { Family, MeanQuestion } from "../question.ts";
import { type Group, JudgeError } from "./judge.ts";
import { meanJudge } from "./mean-judge.ts";

const NORMAL: Family = { skewness: 0, excessKurtosis: 0 };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

function asked(more: Partial<MeanQuestion>): MeanQuestion {
  return { statistic: "mean", region: { low: -1, high: 1 }, rivals: [], ...more };
}

function of(...families: readonly Family[]): Partial<MeanQuestion> {
  return { families };
}

function group(values: Float64Array): readonly Group[] {
  return [{ columns: [values] }];
}

describe("each bound misses the mean at most as often as stated, 2000 trials", () => {
  const uniformDeviation = Math.sqrt(1 / 12);
  test.each<[string, Partial<MeanQuestion>, number, number, (draws: Draws, n: number) => Float64Array]>([
    ["normal, its kurtosis declared", of(NORMAL), 0, 300, (draws, n) => draws.normals(n)],
    ["normal, its deviation declared", of({ ...NORMAL, deviation: 1 }), 0, 60, (draws, n) => draws.normals(n)],
    ["declared normal", of({ ...NORMAL, law: "normal" }), 0, 4, (draws, n) => draws.normals(n)],
    ["ln|U|", of(EXPONENTIAL), -1, 800, (draws, n) => draws.sample(n, () => -draws.exponential())],
    [
      "uniform, its deviation declared",
      of({ skewness: 0, excessKurtosis: -1.2, deviation: uniformDeviation }),
      0.5,
      60,
      (draws, n) => draws.sample(n, draws.uniform),
    ],
    ["uniform within its range", { range: [0, 1] }, 0.5, 60, (draws, n) => draws.sample(n, draws.uniform)],
  ])("%s", (name, question, mean, count, draw) => {
    const draws = seededDraws(1);
    const trials = 2000;
    const alpha = 1e-2;
    let below = 0;
    let above = 0;
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = meanJudge.bounds(group(draw(draws, count)), asked(question), alpha);
      if (low > mean) below++;
      if (high < mean) above++;
      expect(Number.isFinite(high - low)).toBe(true);
    }
    expect(below).toBeLessThan(mostEvents(trials, alpha));
    expect(above).toBeLessThan(mostEvents(trials, alpha));
    // Student's level is exact for a normal law.
    if (name === "declared normal") expect(below + above).toBeGreaterThan(trials * alpha);
  });
});

test("what is declared decides how wide: normal, then deviation, then kurtosis, then range", () => {
  const values = seededDraws(5).sample(1000, seededDraws(5).uniform);
  const deviation = Math.sqrt(1 / 12);
  const widths = (
    [
      of({ ...NORMAL, law: "normal" }),
      of({ ...NORMAL, deviation }),
      of(NORMAL),
      { range: [0, 1] },
    ] as const satisfies readonly Partial<MeanQuestion>[]
  ).map((question) => {
    const { low, high } = meanJudge.bounds(group(values), asked(question), 1e-5);
    return (high - low) / 2 / (deviation / Math.sqrt(1000));
  });
  // z = 4.265; sqrt(2 ln 1e5) = 4.80; and a bound on the variance that is 33 % above it: x 1.16.
  expect(widths[0]).toBeCloseTo(4.3, 1);
  expect(widths[1]).toBeCloseTo(4.83, 1);
  expect(widths[2]).toBeGreaterThan(5.3);
  expect(widths[2]).toBeLessThan(5.8);
  expect(widths[3]).toBeGreaterThan(4.3);
  expect(widths[3]).toBeLessThan(5.6);
});

test("ten accuracies near .91 have an interval within their range, and one that ten values allow", () => {
  const values = Float64Array.of(0.91, 0.915, 0.92, 0.905, 0.91, 0.918, 0.913, 0.909, 0.921, 0.914);
  const { low, high } = meanJudge.bounds(group(values), asked({ range: [0, 1] }), 5e-4);
  expect(high).toBe(1);
  // No bound can be above .425: a law of .91 / .425^.. : at a mean of .425 ten such values have probability 5e-4.
  expect(low).toBeGreaterThan(0.4);
  expect(low).toBeLessThan(0.43);
});

test("bounds follow shifts and scales of the values", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 160, maxLength: 200 }), number, (list, shift) => {
      const values = Float64Array.from(list, (x, i) => x + i);
      const question = asked(of({ skewness: 3, excessKurtosis: 3 }));
      const found = meanJudge.bounds(group(values), question, 0.05);
      const turned = meanJudge.bounds(group(values.map((x) => shift - 3 * x)), question, 0.05);
      expect(turned.low).toBeCloseTo(shift - 3 * found.high, 7);
      expect(turned.high).toBeCloseTo(shift - 3 * found.low, 7);
      expect(turned.spread[0]).toBeCloseTo(3 * found.spread[0]!, 8);
    }),
  );
});

test("intervals shrink as the root of n and widen as alpha falls", () => {
  const draws = seededDraws(6);
  const values = draws.sample(1e6, draws.uniform);
  const width = (count: number, alpha: number): number => {
    const { low, high, spread } = meanJudge.bounds(group(values.subarray(0, count)), asked(of(EXPONENTIAL)), alpha);
    return (high - low) / spread[0]!;
  };
  expect(width(1e4, 1e-5) / width(1e6, 1e-5) / 10).toBeLessThan(1.15);
  expect(width(1e4, 1e-5) / width(1e6, 1e-5) / 10).toBeGreaterThan(1);
  expect(width(4000, 1e-6)).toBeGreaterThan(width(4000, 1e-5));
});

test("too few values for the family have no bounds, and are no error", () => {
  const values = seededDraws(3).normals(40);
  expect(meanJudge.bounds(group(values), asked(of(EXPONENTIAL)), 1e-5)).toMatchObject({
    low: Number.NEGATIVE_INFINITY,
    high: Number.POSITIVE_INFINITY,
  });
});

describe("the judge refuses", () => {
  const many = seededDraws(3).normals(5000);
  test.each<[string, Float64Array, Partial<MeanQuestion>, string]>([
    ["NaN", Float64Array.of(1, Number.NaN), of(NORMAL), "finite values, got NaN at replicate 1"],
    ["-Infinity", Float64Array.of(Number.NEGATIVE_INFINITY, 1), of(NORMAL), "got -Infinity at replicate 0"],
    ["no family and no range", many, {}, "got none"],
    ["a value outside the range", Float64Array.of(0.5, 1.5), { range: [0, 1] }, "range [0, 1], got 1.5 at replicate 1"],
    ["two families of one group", many, of(NORMAL, NORMAL), "one family a group (1), got 2"],
    ["an unbounded family", many, of({ skewness: 1, excessKurtosis: Number.NaN }), "finite bounds on |skewness|"],
    ["a deviation of zero", many, of({ ...NORMAL, deviation: 0 }), "a positive deviation, got 0"],
    ["a skewed normal law", many, of({ ...EXPONENTIAL, law: "normal" }), "0 of a normal law, got 2 and 6"],
  ])("%s", (_name, values, more, message) => {
    expect(() => meanJudge.bounds(group(values), asked(more), 1e-2)).toThrow(JudgeError);
    expect(() => meanJudge.bounds(group(values), asked(more), 1e-2)).toThrow(message);
  });
});

test("a plan of fewer values than bound the variance is infinite, of a family without skewness too", () => {
  for (const skewness of [0, 1]) {
    const question: MeanQuestion = {
      ...{ statistic: "mean", region: { low: -1, high: 1 }, rivals: [], families: [{ skewness, excessKurtosis: 1.5 }] },
      known: [{ value: 0, spread: 1, counts: 1 }],
    };
    expect(meanJudge.detects([20], question, { support: 1e-3, refute: 1e-3, undecided: 0.01 })).toBe(Infinity);
  }
});
