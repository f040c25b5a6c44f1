import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openStream, type Stream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { quadraticLaw } from "../../predictions/synthetic/standard-law.ts";
import { decide } from "../decide.ts";
import type { SlopeQuestion } from "../question.ts";
import { type Group, JudgeError } from "./judge.ts";
import { meanJudge } from "./mean-judge.ts";
import { slopeJudge } from "./slope-judge.ts";

const through = (statistic: "mean" | "median"): SlopeQuestion => ({
  statistic: "slope",
  through: statistic,
  at: [1, 2, 4],
  region: { low: -1, high: 1 },
  rivals: [],
  families: Array(3).fill({ skewness: 2, excessKurtosis: 6 }),
});

describe("slope through means", () => {
  test("is the least-squares fit with the bounds of a mean of rows, each group in blocks of its own size", () => {
    const sizes = [1500, 3000, 4500];
    const groups = sizes.map((n, i) => skewed(stream(5 + i), n, i + 1, i));
    const { estimate, low, high } = slopeJudge.bounds(groups, through("mean"), 1e-5);
    // Positions 1, 2, 4 less their mean, over their sum of squares 14 / 3: -2/7, -1/14, 5/14.
    const weights = [-2 / 7, -1 / 14, 5 / 14];
    const means = groups.map(({ columns: [values] }) => values!.reduce((sum, x) => sum + x, 0) / values!.length);
    expect(estimate).toBeCloseTo(
      weights.reduce((sum, w, i) => sum + w * means[i]!, 0),
      12,
    );
    const rows = Float64Array.from({ length: 1500 }, (_, row) =>
      groups.reduce((sum, { columns: [values] }, g) => {
        const block = values!.subarray(row * (g + 1), (row + 1) * (g + 1));
        return sum + (weights[g]! * block.reduce((total, x) => total + x, 0)) / (g + 1);
      }, 0),
    );
    const ofRows = meanJudge.bounds(
      [{ columns: [rows] }],
      { statistic: "mean", region: { low: -1, high: 1 }, rivals: [], families: [{ skewness: 2, excessKurtosis: 6 }] },
      1e-5,
    );
    expect(low).toBeCloseTo(ofRows.low, 9);
    expect(high).toBeCloseTo(ofRows.high, 9);
  });

  test("judges each group by its own family: one group's heavy tails widen what the others' do not", () => {
    const groups = [0, 1, 2].map((i) => skewed(stream(8 + i), 3000, 1, 0));
    const light = { skewness: 1, excessKurtosis: 1.5 };
    const width = (families: readonly { skewness: number; excessKurtosis: number }[]): number => {
      const { low, high } = slopeJudge.bounds(groups, { ...through("mean"), families }, 1e-5);
      return high - low;
    };
    expect(width([light, light, { ...light, excessKurtosis: 30 }])).toBeGreaterThan(1.1 * width([light, light, light]));
    expect(width([{ ...light, excessKurtosis: 30 }, light, light])).toBeGreaterThan(1.1 * width([light, light, light]));
  });

  test("refuses no family, too few values, NaN, infinity and positions that fix no slope", () => {
    const groups = [1, 2, 3].map((scale) => exponentialScores(150, scale));
    const { families: _, ...undeclared } = through("mean");
    expect(() => slopeJudge.bounds(groups, undeclared, 1e-5)).toThrow("slope requires declared bounds");
    expect(() => slopeJudge.bounds([...groups.slice(1), exponentialScores(1, 1)], through("mean"), 1e-5)).toThrow(
      "at least two values a group, got 1",
    );
    expect(() => slopeJudge.bounds(groups.slice(1), through("mean"), 1e-5)).toThrow("requires 3 groups, got 2");
    expect(() => slopeJudge.bounds(groups, { ...through("mean"), at: [2, 2, 2] }, 1e-5)).toThrow(
      "different finite positions",
    );
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY]) {
      const spoilt = { columns: [Float64Array.from({ length: 200 }, (_x, i) => (i === 7 ? bad : i))] };
      expect(() => slopeJudge.bounds([...groups.slice(1), spoilt], through("mean"), 1e-5)).toThrow(JudgeError);
    }
  });
});

describe.each(["mean", "median"] as const)("slope through %ss", (statistic) => {
  test("shifts and scales with values and positions", () => {
    const streams = stream(1);
    const groups = [1, 2, 3].map(() => skewed(streams, 120, 1, 0));
    const plain = slopeJudge.bounds(groups, through(statistic), 1e-3);
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (shift, scale) => {
          const question = { ...through(statistic), at: [1, 2, 4].map((x) => shift + x * scale) };
          const moved = groups.map(({ columns: [values] }) => ({ columns: [values!.map((x) => 5 * x + shift)] }));
          const { estimate, low, high } = slopeJudge.bounds(moved, question, 1e-3);
          [estimate, low, high].forEach((found, i) => {
            expect(found).toBeCloseTo((5 / scale) * [plain.estimate, plain.low, plain.high][i]!, 6);
          });
        },
      ),
      { numRuns: 20 },
    );
  });

  // Counts at level .01 over so many trials: at most .01 + 4 standard errors. The median's region is conservative.
  test("errs on each side no more often than its level, for skewed groups of unequal spread and size", () => {
    const trials = 5000;
    const streams = stream(2);
    let [tooHigh, tooLow] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const centre = statistic === "mean" ? 0 : quadraticLaw2.middle!.median;
      const groups = [300, 600, 200].map((n, i) => skewed(streams, n, i + 1, -centre * (i + 1)));
      const { low, high } = slopeJudge.bounds(groups, through(statistic), 0.01);
      if (low > 0) tooHigh++;
      if (high < 0) tooLow++;
    }
    const most = 0.01 * trials + 4 * Math.sqrt(0.01 * trials);
    expect(tooHigh).toBeLessThan(most);
    expect(tooLow).toBeLessThan(most);
    if (statistic === "median") expect(tooHigh + tooLow).toBeGreaterThan(0);
  });

  test.each([
    ["inside", { low: -0.3, high: 0.4 }, "supported"],
    ["outside", { low: 0.4, high: 9 }, "refuted"],
  ] as const)(
    "needs as many values as decide a slope %s its region with the power asked, and not half as many",
    (_, region, state) => {
      const spread = [1, 2, 1];
      const law = quadraticLaw2;
      // A median of the law has standard error 1 / (2 density sqrt n).
      const known = spread.map((s, i) => ({
        value: 0.1 * [1, 2, 4][i]!,
        spread: statistic === "mean" ? s : s / (law.middle!.density * Math.sqrt(2 * Math.PI)),
        counts: 1,
      }));
      const families = Array(3).fill({ skewness: 1, excessKurtosis: 1.5 });
      const question: SlopeQuestion = { ...through(statistic), region, known, families };
      const errors = { support: 0.01, refute: 0.01, undecided: 0.05 };
      const needed = slopeJudge.needs([100, 200, 100], question, errors);
      expect(needed[1]! / needed[0]!).toBeCloseTo(2, 1);
      const decided = (sizes: readonly number[], streams: Stream): number => {
        let count = 0;
        for (let trial = 0; trial < TRIALS; trial++) {
          const shift = statistic === "mean" ? 0 : law.middle!.median;
          const groups = sizes.map((n, i) => skewed(streams, n, spread[i]!, known[i]!.value - shift * spread[i]!));
          if (decide(slopeJudge, question, groups, errors).state === state) count++;
        }
        return count / TRIALS;
      };
      // 200 trials: the standard error of a power of .95 is .015.
      const TRIALS = 200;
      expect(decided(needed, stream(3))).toBeGreaterThan(0.95 - 3 * 0.015);
      expect(
        decided(
          needed.map((n) => Math.ceil(n / 2)),
          stream(4),
        ),
      ).toBeLessThan(0.8);
    },
  );

  test("detects a region as wide as the one that its needs were computed for", () => {
    const known = [1, 2, 1].map((spread, i) => ({ value: 0.1 * [1, 2, 4][i]!, spread, counts: 0.9 }));
    const question: SlopeQuestion = { ...through(statistic), region: { low: 0.05, high: 0.15 }, known };
    const errors = { support: 1e-5, refute: 1e-5, undecided: 1e-4 };
    const needed = slopeJudge.needs([1, 1, 1], question, errors);
    expect(slopeJudge.detects(needed, question, errors)).toBeLessThanOrEqual(0.05);
    expect(
      slopeJudge.detects(
        needed.map((n) => 0.98 * n),
        question,
        errors,
      ),
    ).toBeGreaterThan(0.05);
    expect(slopeJudge.needs([1, 1, 1], { ...question, region: { low: 0.1, high: 1 } }, errors)).toEqual([
      Infinity,
      Infinity,
      Infinity,
    ]);
  });
});

// Skewness 1: light enough that the declared families hold it.
const quadraticLaw2 = quadraticLaw(1);

function skewed(streams: Stream, n: number, scale: number, shift: number): Group {
  const values = new Float64Array(n);
  quadraticLaw2.fill(streams, values, 0, n);
  return { columns: [values.map((x) => scale * x + shift)] };
}

function exponentialScores(n: number, scale: number): Group {
  return { columns: [Float64Array.from({ length: n }, (_, j) => -scale * Math.log((j + 0.5) / n))] };
}

function stream(replicate: number): Stream {
  return openStream([1, 0, 0, 0], replicate, LANES.noise);
}
