import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { smallestCount } from "../moments/skewness-correction.ts";
import type { Family, MeanQuestion } from "../question.ts";
import { type Group, JudgeError } from "./judge.ts";
import { meanJudge } from "./mean-judge.ts";

const NORMAL: Family = { skewness: 0, excessKurtosis: 0 };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

function asked(more: Partial<MeanQuestion>): MeanQuestion {
  return { statistic: "mean", region: { low: -1, high: 1 }, rivals: [], ...more };
}

function group(values: Float64Array): readonly Group[] {
  return [{ columns: [values] }];
}

describe("each bound misses the mean at most as often as stated, 10^4 trials", () => {
  test.each<[string, Family, number, number, (draws: Draws, n: number) => Float64Array]>([
    ["normal", NORMAL, 0, 60, (draws, n) => draws.normals(n)],
    ["ln|U|", EXPONENTIAL, -1, 120, (draws, n) => draws.sample(n, () => -draws.exponential())],
    ["uniform", { skewness: 0, excessKurtosis: -1.2 }, 0.5, 60, (draws, n) => draws.sample(n, draws.uniform)],
  ])("%s", (_name, family, mean, count, draw) => {
    const draws = seededDraws(1);
    const trials = 10_000;
    for (const alpha of [1e-2, 1e-3]) {
      let below = 0;
      let above = 0;
      for (let trial = 0; trial < trials; trial++) {
        const { low, high } = meanJudge.bounds(group(draw(draws, count)), asked({ family }), alpha);
        if (low > mean) below++;
        if (high < mean) above++;
      }
      expect(below).toBeLessThan(mostEvents(trials, alpha));
      expect(above).toBeLessThan(mostEvents(trials, alpha));
      // The heavier side uses what it may: at least a third of the level, or the judge would waste samples.
      if (alpha === 1e-2) expect(Math.max(below, above)).toBeGreaterThan((trials * alpha) / 3);
    }
  });
});

test("bounds from a range hold for rare large values, where no family is declared", () => {
  const draws = seededDraws(2);
  const rare = 0.02;
  const question = asked({ range: [0, 1] });
  let above = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const values = draws.sample(100, () => (draws.uniform() < rare ? 1 : 0));
    if (meanJudge.bounds(group(values), question, 1e-2).high < rare) above++;
  }
  expect(above).toBeLessThan(mostEvents(2000, 1e-2));
});

test("bounds from a range are Hoeffding's for few values and Maurer and Pontil's for many of small spread", () => {
  const question = asked({ range: [0, 1] });
  const half = meanJudge.bounds(group(Float64Array.of(0, 1, 0, 1)), question, 0.02);
  // sqrt(ln(2 / .02) / 8)
  expect(half.high - half.estimate).toBeCloseTo(Math.sqrt(Math.log(100) / 8), 12);
  const narrow = Float64Array.from({ length: 10_000 }, (_, i) => 0.5 + (i % 2 === 0 ? 0.01 : -0.01));
  const small = meanJudge.bounds(group(narrow), question, 0.02);
  // .01 sqrt(2 ln(200) / n) + 7 ln(200) / (3 (n - 1)), where the deviation is .01 to 5e-5.
  const expected = 0.01 * Math.sqrt((2 * Math.log(200)) / 1e4) + (7 * Math.log(200)) / (3 * 9999);
  expect((small.high - small.estimate) / expected).toBeCloseTo(1, 4);
});

test("bounds follow shifts and scales of the values", () => {
  const number = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(fc.array(number, { minLength: 60, maxLength: 80 }), number, (list, shift) => {
      const values = Float64Array.from(list, (x, i) => x + i);
      const question = asked({ family: { skewness: 3, excessKurtosis: 30 } });
      const found = meanJudge.bounds(group(values), question, 0.05);
      const turned = meanJudge.bounds(group(values.map((x) => shift - 3 * x)), question, 0.05);
      expect(turned.low).toBeCloseTo(shift - 3 * found.high, 8);
      expect(turned.high).toBeCloseTo(shift - 3 * found.low, 8);
      expect(turned.spread[0]).toBeCloseTo(3 * found.spread[0]!, 8);
    }),
  );
});

test("intervals shrink as the root of n and widen as alpha falls", () => {
  const width = (count: number, alpha: number): number => {
    const values = Float64Array.from({ length: count }, (_, i) => Math.sin(i * i));
    const { low, high, spread } = meanJudge.bounds(group(values), asked({ family: EXPONENTIAL }), alpha);
    return (high - low) / spread[0]!;
  };
  expect(width(1e4, 1e-5) / width(1e6, 1e-5) / 10).toBeCloseTo(1, 1);
  expect(width(4000, 1e-6)).toBeGreaterThan(width(4000, 1e-5));
});

describe("the judge refuses", () => {
  const many = seededDraws(3).normals(5000);
  test.each<[string, Float64Array, Partial<MeanQuestion>, string]>([
    ["one value", Float64Array.of(1), { family: NORMAL }, "at least two values, got 1"],
    ["NaN", Float64Array.of(1, Number.NaN), { family: NORMAL }, "finite values, got NaN at replicate 1"],
    ["-Infinity", Float64Array.of(Number.NEGATIVE_INFINITY, 1), { family: NORMAL }, "got -Infinity at replicate 0"],
    ["no family and no range", many, {}, "got neither"],
    ["a value outside the range", Float64Array.of(0.5, 1.5), { range: [0, 1] }, "range [0, 1], got 1.5 at replicate 1"],
    [
      "a raw norm declared normal",
      many.map((x) => Math.exp(2 * x)),
      { family: NORMAL },
      "declared |skewness| of at most 0",
    ],
    ["heavy tails declared normal", many.map((x) => x ** 5), { family: NORMAL }, "of at most 0"],
  ])("%s", (_name, values, more, message) => {
    expect(() => meanJudge.bounds(group(values), asked(more), 1e-2)).toThrow(JudgeError);
    expect(() => meanJudge.bounds(group(values), asked(more), 1e-2)).toThrow(message);
  });

  test("fewer values than the family needs, and says how many it needs", () => {
    const needed = smallestCount(1e-5, EXPONENTIAL);
    const values = many.slice(0, needed - 1);
    const question = asked({ family: EXPONENTIAL });
    expect(() => meanJudge.bounds(group(values), question, 1e-5)).toThrow(`at least ${needed} values`);
    expect(() => meanJudge.bounds(group(values), asked({ family: EXPONENTIAL, range: [-10, 10] }), 1e-5)).not.toThrow();
  });
});

test("equal values have an interval of no width", () => {
  const found = meanJudge.bounds(group(new Float64Array(50).fill(0.25)), asked({ family: NORMAL }), 1e-2);
  expect(found).toEqual({ estimate: 0.25, low: 0.25, high: 0.25, spread: [0] });
});
