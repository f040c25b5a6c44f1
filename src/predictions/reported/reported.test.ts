import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../statistics/decide.ts";
import { type ReportedQuestion, reportedJudge } from "../../statistics/judges/reported/reported-judge.ts";
import { moments } from "../../statistics/moments/moments.ts";
import type { Family } from "../../statistics/question.ts";
import type { Grid } from "../cells.ts";
import { type ReportedPrediction, reported } from "./kind.ts";
import { deviationOf, type Reported } from "./reported.ts";

interface OracleSet {
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly mean: number;
  readonly deviation: number;
  readonly standardError: number;
  readonly interval95: readonly [number, number];
  readonly estimate: number;
  readonly bounds: readonly (readonly [
    alpha: number,
    low: number,
    high: number,
    welchLow: number,
    welchHigh: number,
  ])[];
}

const ORACLE = new URL("../../../test/oracles/reported.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };
const groupOf = (values: Iterable<number>) => [{ columns: [Float64Array.from(values)] }];

function asked(said: ReportedQuestion["reported"], more: Partial<ReportedQuestion> = {}): ReportedQuestion {
  return {
    statistic: "reported",
    reported: said,
    region: { low: -1, high: 1 },
    rivals: [],
    families: [NORMAL],
    ...more,
  };
}

test("bounds are SciPy's Student intervals of both means, and hold Welch's, of 24 data sets", () => {
  expect(sets.length).toBeGreaterThanOrEqual(20);
  for (const { first, second, mean, deviation, estimate, bounds } of sets) {
    const question = asked({ mean, deviation, count: second.length, by: "normal" });
    for (const [alpha, low, high, welchLow, welchHigh] of bounds) {
      const found = reportedJudge.bounds(groupOf(first), question, alpha);
      expect(found.estimate).toBeCloseTo(estimate, 9);
      expect(Math.abs(found.low / low - 1)).toBeLessThan(1e-6);
      expect(Math.abs(found.high / high - 1)).toBeLessThan(1e-6);
      expect(found.low).toBeLessThan(welchLow);
      expect(found.high).toBeGreaterThan(welchHigh);
    }
  }
});

describe("what the paper's +- is, the author says, and it comes to a deviation of one value", () => {
  const cell = { depth: 3 };
  test("from a deviation and a standard error exactly, from a normal 95 % interval exactly, from least and largest at most", () => {
    for (const { second, mean, deviation, standardError, interval95 } of sets) {
      const n = second.length;
      const from = (spread: object) => deviationOf({ mean, n, ...spread } as Reported, cell);
      expect(from({ standardDeviation: deviation })).toBe(deviation);
      expect(from({ standardError })).toBeCloseTo(deviation, 9);
      expect(from({ interval95 })).toBeCloseTo(deviation, 6);
      expect(from({ minToMax: [Math.min(...second), Math.max(...second)] })).toBeGreaterThanOrEqual(
        deviation * (1 - 1e-12),
      );
    }
  });

  test.each<[string, object]>([
    ["the number n of their values, at least 2 of them, got 1", { mean: 1, n: 1, standardError: 1 }],
    ["the number n of their values, at least 2 of them, got 2.5", { mean: 1, n: 2.5, standardError: 1 }],
    ["a finite mean, got NaN", { mean: Number.NaN, n: 5, standardError: 1 }],
    ["one of standardDeviation, standardError, interval95, minToMax, got none", { mean: 1, n: 5 }],
    [
      "one of standardDeviation, standardError, interval95, minToMax, got standardDeviation and standardError",
      { mean: 1, n: 5, standardDeviation: 1, standardError: 1 },
    ],
    ["a positive standardDeviation, got 0", { mean: 1, n: 5, standardDeviation: 0 }],
    ["a positive standardError, got Infinity", { mean: 1, n: 5, standardError: Number.POSITIVE_INFINITY }],
    ["interval95 with the mean 1 between its ends, got 2 to 3", { mean: 1, n: 5, interval95: [2, 3] }],
    ["minToMax with the mean 1 between its ends, got 1 to 3", { mean: 1, n: 5, minToMax: [1, 3] }],
  ])("refused: %s", (message, said) => {
    expect(() => deviationOf(said as Reported, cell)).toThrow(`\`reported\` at depth 3 requires ${message}`);
  });
});

describe("a claim", () => {
  const prediction: ReportedPrediction<Grid, string> = {
    says: "reproduces",
    statistic: "mean-less-reported",
    of: "accuracy",
    within: 0.5,
    because: "a test",
    reported: { mean: 0.913, n: 5, standardDeviation: 0.004 },
  };
  const question = (more: object, range?: readonly [number, number]) =>
    reported.question(
      { ...prediction, ...more },
      { region: { low: -1, high: 1 }, rivals: [] },
      {
        cells: [{ depth: 3 }],
        horizon: 10,
        ranges: [],
        ...(range ? { range } : {}),
      },
    ).reported;

  test("counts on a normal law where it declares one of ours or theirs, else on the range", () => {
    const normal = { normal: { because: "sums" } };
    expect(question({ expected: normal })).toEqual({ mean: 0.913, deviation: 0.004, count: 5, by: "normal" });
    expect(question({ expected: { against: normal } }, [0, 1]).by).toBe("normal");
    expect(question({}, [0, 1]).by).toBe("range");
  });

  test("is refused where five of theirs say nothing, and where their mean lies outside of the range", () => {
    expect(() => question({})).toThrow(
      "5 reported values of accuracy at depth 3 say nothing of their law's mean unless `expected.normal`",
    );
    expect(() => question({}, [0, 0.9])).toThrow("requires a mean in the measure's range [0, 0.9], got 0.913");
  });

  test("reproduces within a margin to both sides of zero", () => {
    expect(reported.says.reproduces.region({ ...prediction, says: "reproduces", within: 0.5 }, { depth: 3 })).toEqual({
      low: -0.5,
      high: 0.5,
    });
  });
});

describe.each([1e-3, 1e-5])("at %f", (alpha) => {
  const levels = { support: alpha, refute: alpha, undecided: 1e-2 };
  const state = (said: Partial<ReportedQuestion["reported"]>, n: number, half: number, shift = 0) => {
    const ours = seededDraws(5)
      .normals(n)
      .map((z) => 91.3 + shift + 0.4 * z);
    const question = asked({ mean: 91.3, deviation: 0.4, count: 30, by: "normal", ...said });
    return decide(reportedJudge, { ...question, region: { low: -half, high: half } }, groupOf(ours), levels).state;
  };
  test("what is reproduced is supported, what is not refuted", () => {
    expect(state({}, 60, 1)).toBe("supported");
    expect(state({}, 60, 1, 3)).toBe("refuted");
  });
  test("five values of theirs leave undecided what thirty decide, whatever the number of ours", () => {
    expect(state({ count: 5 }, 100_000, 0.5)).toBe("inconclusive");
    expect(state({ count: 30 }, 100_000, 0.5)).toBe("supported");
  });
});

test("each bound errs no more often than its level, of five normal values reported by mean and deviation", () => {
  const draws = seededDraws(8);
  const [trials, alpha] = [4000, 0.02];
  let [above, below] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const { mean, variance } = moments(draws.normals(5));
    const question = asked({ mean, deviation: Math.sqrt(variance), count: 5, by: "normal" });
    const { low, high } = reportedJudge.bounds(groupOf(draws.normals(6)), question, alpha);
    if (low > 0) above++;
    if (high < 0) below++;
  }
  expect(above).toBeLessThan(mostEvents(trials, alpha));
  expect(below).toBeLessThan(mostEvents(trials, alpha));
  expect(above + below).toBeGreaterThan(0);
});

describe.each([5, 12, 60])("of %d coins reported by their mean alone, within the range, by full enumeration", (n) => {
  test.each([0.05, 1e-3, 1e-5])("each bound errs no more often than %f, whatever their chance", (alpha) => {
    const half = groupOf(Float64Array.from({ length: 4000 }, (_, i) => i % 2));
    const bounds = Array.from({ length: n + 1 }, (_, ones) => {
      const said = { mean: ones / n, deviation: 1, count: n, by: "range" } as const;
      const region = { low: -1, high: 1 };
      const question = { statistic: "reported", reported: said, region, rivals: [], range: [0, 1] } as const;
      return reportedJudge.bounds(half, question, alpha);
    });
    let worst = 0;
    for (let chance = 0.01; chance < 1; chance += 0.01) {
      let [above, below] = [0, 0];
      let probability = (1 - chance) ** n;
      bounds.forEach(({ low, high }, ones) => {
        if (low > 0.5 - chance) above += probability;
        if (high < 0.5 - chance) below += probability;
        probability *= ((n - ones) / (ones + 1)) * (chance / (1 - chance));
      });
      worst = Math.max(worst, above, below);
    }
    expect(worst).toBeLessThanOrEqual(alpha);
    // five say nothing at such levels
    if (n > 5) expect(worst).toBeGreaterThan(0);
  });
});
