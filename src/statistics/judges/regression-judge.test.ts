import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mostEvents } from "../../calibration/synthetic/seeded-draws.ts";
import { fillGaussian, openStream, type Stream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { kindOf } from "../../predictions/kinds.ts";
import { gaussianLaw } from "../../predictions/synthetic/standard-law.ts";
import { decide } from "../decide.ts";
import { beyondKept } from "../proved/mean-bounds.ts";
import { blockScores, pairBlocks } from "../proved/regression-slopes.ts";
import type { RegressionQuestion } from "../question.ts";
import type { Group } from "./judge.ts";
import { regressionJudge, UNEVEN } from "./regression-judge.ts";

const question: RegressionQuestion = {
  statistic: "regression",
  region: { low: -1, high: 1 },
  rivals: [],
  families: [{ skewness: 2, excessKurtosis: 8 }],
};

describe("regression", () => {
  const x = Float64Array.from({ length: 3000 }, (_, i) => ((i * 37) % 300) / 100 - 1.5);
  const y = x.map((value, i) => 2 * value + (1 + 0.3 * value) * Math.cos(7 * i));

  test("is near the least-squares slope, and keeps the slopes whose block scores have a mean of zero", () => {
    const group = pairs(stream(3), 4000, "heteroscedastic", 2);
    const { estimate, low, high } = regressionJudge.bounds([group], question, 1e-5);
    expect(estimate).toBeCloseTo(leastSquares(group), 2);
    expect(low).toBeLessThan(2);
    expect(high).toBeGreaterThan(2);
    const blocks = pairBlocks(group.columns[0]!, group.columns[1]!);
    const side = (slope: number) => {
      const beyond = beyondKept(blockScores(blocks, slope), question.families![0]!, 1e-5);
      return beyond.size > 0 ? beyond.side : 0;
    };
    // Scores fall in the slope: told from zero beyond the bounds, on the side that they should be, and at no slope far out.
    for (const out of [1e-6, 0.01, 1, 100, 1e6]) {
      expect(side(low - out)).toBe(1);
      expect(side(high + out)).toBe(-1);
    }
    for (const part of [1e-9, 0.01, 0.3, 0.7, 0.99, 1 - 1e-9]) expect(side(low + part * (high - low))).toBe(0);
  });

  test("shifts and scales with both columns", () => {
    const { estimate, low, high } = regressionJudge.bounds([{ columns: [x, y] }], question, 1e-4);
    const real = fc.double({ min: 0.1, max: 9, noNaN: true });
    fc.assert(
      fc.property(real, real, real, real, (a, b, c, d) => {
        const moved = { columns: [x.map((v) => a * v + b), y.map((v) => c * v - d)] };
        const found = regressionJudge.bounds([moved], question, 1e-4);
        expect(found.estimate).toBeCloseTo((c / a) * estimate, 6);
        expect(found.low).toBeCloseTo((c / a) * low, 6);
        expect(found.high).toBeCloseTo((c / a) * high, 6);
      }),
    );
  });

  test("keeps every slope where a single pair decides", () => {
    const lever = Float64Array.from({ length: 150 }, (_, i) => (i === 0 ? 1 : Math.cos(i) / 1000));
    const { low, high } = regressionJudge.bounds([{ columns: [lever, y.slice(0, 150)] }], question, 1e-5);
    expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });

  test("leaves a slope undecided whose scores contradict the declared family, and decides it where they do not", () => {
    // one response in a hundred is forty deviations off: the scores' excess kurtosis is in the tens
    const group = pairs(stream(9), 4000, "gaussian", 0);
    const response = group.columns[1]!.map((value, i) => (i % 100 === 0 ? value + (i % 200 === 0 ? 40 : -40) : value));
    const spoiled = { columns: [group.columns[0]!, response] };
    const wide = { ...question, region: { low: -50, high: 50 }, families: [{ skewness: 0, excessKurtosis: 1 }] };
    const levels = { support: 1e-3, refute: 1e-3, undecided: 1e-2 };
    expect(decide(regressionJudge, wide, [group], levels)).toMatchObject({ state: "supported" });
    expect(decide(regressionJudge, wide, [spoiled], levels)).toMatchObject({
      state: "inconclusive",
      refused: expect.stringMatching(/the declared (excess kurtosis|\|skewness\|) of at most .* is contradicted by/),
    });
  });

  test("refuses no family, too few pairs, a constant regressor, an exact line, one column, unequal columns and NaN", () => {
    const { families: _, ...undeclared } = question;
    const bounds =
      (columns: readonly Float64Array[], asked: RegressionQuestion = question) =>
      () =>
        regressionJudge.bounds([{ columns }], asked, 1e-5);
    expect(bounds([x, y], undeclared)).toThrow("regression requires declared bounds");
    expect(bounds([x.slice(0, 3), y.slice(0, 3)])).toThrow("at least 4 pairs, got 3");
    expect(bounds([x.map(() => 2), y])).toThrow("a regressor that varies, got only 2");
    const line = Float64Array.from({ length: 64 }, (_, i) => i);
    expect(bounds([line, line.map((v) => 2 * v)])).toThrow("responses off a line");
    expect(bounds([x])).toThrow("at least 2 columns, got 1");
    expect(bounds([x, y.slice(1)])).toThrow("as many responses as regressors, got 2999 and 3000");
    expect(bounds([x, y.map((v, i) => (i === 3 ? Number.NaN : v))])).toThrow("finite values, got NaN at replicate 3");
  });
});

describe("regression's error on each side", () => {
  test.each(["gaussian", "skewed", "heteroscedastic"] as const)("stays below its level for %s residuals", (law) => {
    const trials = 1000;
    const levels = [0.01, 0.001];
    const streams = stream(levels.length);
    const errors = levels.map(() => [0, 0]);
    for (let trial = 0; trial < trials; trial++) {
      const group = pairs(streams, 1200, law, 0);
      levels.forEach((level, i) => {
        const { low, high } = regressionJudge.bounds([group], question, level);
        if (low > 0) errors[i]![0]!++;
        if (high < 0) errors[i]![1]!++;
      });
    }
    levels.forEach((level, i) => {
      // Four standard errors of a count at the level itself.
      const most = level * trials + 4 * Math.sqrt(level * trials);
      expect(Math.max(...errors[i]!)).toBeLessThan(most);
    });
  });
});

describe("regression's needs", () => {
  test.each([
    ["inside", { low: -1.05, high: -0.95 }, "supported"],
    ["outside", { low: -0.05, high: 0.05 }, "refuted"],
  ] as const)("decide a slope %s its region with the power asked, and half of them do not", (_, region, state) => {
    // Spread of the second case: such that the distance .95 takes about as many pairs as .05 does in the first.
    const spread = state === "supported" ? 0.128 : 2.4;
    const asked = { ...question, region, known: [{ value: -1, spread, counts: 1 }] };
    const errors = { support: 0.01, refute: 0.01, undecided: 0.05 };
    const [needed] = regressionJudge.needs([1], asked, errors);
    const TRIALS = 400;
    const power = (n: number, streams: Stream): number => {
      let decided = 0;
      for (let trial = 0; trial < TRIALS; trial++) {
        const group = pairs(streams, n, "skewed", -1, spread);
        if (decide(regressionJudge, asked, [group], errors).state === state) decided++;
      }
      return decided / TRIALS;
    };
    // Standard error of a power of .95 in 400 trials: .011.
    expect(power(needed!, stream(11))).toBeGreaterThan(0.95 - 3 * 0.011);
    expect(power(Math.ceil(needed! / 2), stream(12))).toBeLessThan(0.85);
  });

  test("and detects agree", () => {
    const asked = {
      ...question,
      region: { low: -1.05, high: -0.95 },
      known: [{ value: -0.995, spread: 0.128, counts: 1 }],
    };
    const errors = { support: 2e-5, refute: 2e-5, undecided: 2e-4 };
    const [needed] = regressionJudge.needs([1], asked, errors);
    expect(regressionJudge.detects([needed!], asked, errors)).toBeLessThanOrEqual(0.045);
    expect(regressionJudge.detects([0.97 * needed!], asked, errors)).toBeGreaterThan(0.045);
  });
});

describe("residuals that are wider near the regressor's mean", () => {
  test("are planned for up to those as wide as exp(-x^2 / 8) of a normal regressor", () => {
    // E x^2 exp(-x^2 / 4), the variance of such a score.
    const spread = 1.5 ** -0.75;
    const asked = {
      ...question,
      families: [{ skewness: 0, excessKurtosis: 2 }],
      region: { low: -0.1, high: 0.1 },
      known: [{ value: 0, spread, counts: 1 }],
    };
    const errors = { support: 0.01, refute: 0.01, undecided: 0.05 };
    const [needed] = regressionJudge.needs([1], asked, errors);
    const streams = stream(21);
    const groups = Array.from({ length: 400 }, () => {
      const [x, e] = pairs(streams, needed!, "gaussian", 0).columns as readonly [Float64Array, Float64Array];
      return { columns: [x, e.map((value, i) => value * Math.exp(-(x[i]! ** 2) / 8))] };
    });
    // Four standard errors of the mean of so many ratios, each of a deviation of about 3 / sqrt(n).
    const mean = groups.reduce((sum, each) => sum + unevenness(each), 0) / groups.length;
    expect(Math.abs(mean - UNEVEN)).toBeLessThan((4 * 3) / Math.sqrt(400 * needed!));
    const open = groups.filter((each) => decide(regressionJudge, asked, [each], errors).state !== "supported");
    expect(open.length).toBeLessThan(mostEvents(groups.length, errors.undecided));
  });

  test("are less uneven where plans are tried: residuals of one over a regressor of size 0.5 to 1.43", () => {
    const asked = { ...question, known: [{ value: 0, spread: 1, counts: 1 }] };
    const drawn = { replicates: [200_000], stream: stream(22), law: gaussianLaw };
    const [group] = kindOf(asked).synthetic.draw(asked, 0, drawn);
    const largest = (Math.sqrt(11.25) - 0.5) / 2;
    expect(unevenness(group!)).toBeCloseTo(1 / (0.5 * largest), 1);
    expect(unevenness(group!)).toBeLessThan(UNEVEN);
  });
});

/** E x^2 E r^2 over E (x r)^2 of pairs whose means are zero. */
function unevenness({ columns }: Group): number {
  const [x, r] = columns as readonly [Float64Array, Float64Array];
  const square = (values: Float64Array): number =>
    values.reduce((sum, value) => sum + value * value, 0) / values.length;
  return (square(x) * square(r)) / square(x.map((value, i) => value * r[i]!));
}

type Residuals = "gaussian" | "skewed" | "heteroscedastic";

/** ln of the second factor e^(s Z) - its mean, skewness 2 and excess kurtosis 7.8 at s^2 = ln 1.354, as of the log escape time. */
const S = Math.sqrt(Math.log(1.354));

/** y = slope x + spread e, x normal; heteroscedastic: e times exp(.1 x), which gives the score a skewness of 1.7. */
function pairs(streams: Stream, n: number, residuals: Residuals, slope: number, spread = 1): Group {
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  fillGaussian(streams, x, 0, n);
  fillGaussian(streams, y, 0, n);
  for (let i = 0; i < n; i++) {
    const mean = Math.sqrt(1.354);
    const skewed = (Math.exp(S * y[i]!) - mean) / (mean * Math.sqrt(0.354));
    const e = residuals === "gaussian" ? y[i]! : residuals === "skewed" ? skewed : skewed * Math.exp(0.1 * x[i]!);
    y[i] = slope * x[i]! + spread * e;
  }
  return { columns: [x, y] };
}

function leastSquares({ columns }: Group): number {
  const [x, y] = columns as readonly [Float64Array, Float64Array];
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  return mean(x.map((value, i) => (value - mx) * (y[i]! - my))) / mean(x.map((value) => (value - mx) ** 2));
}

function stream(replicate: number): Stream {
  return openStream([2, 0, 0, 0], replicate, LANES.noise);
}
