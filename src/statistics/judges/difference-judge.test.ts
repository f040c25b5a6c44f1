import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES } from "../../numerics/stream.ts";
import { quadraticLaw } from "../../predictions/synthetic/standard-law.ts";
import { decide } from "../decide.ts";
import type { DifferenceQuestion } from "../question.ts";
import { differenceJudge } from "./difference-judge.ts";
import { type Group, JudgeError } from "./judge.ts";
import { meanJudge } from "./mean-judge.ts";

type Of = DifferenceQuestion["of"];
const ALL: readonly Of[] = ["mean", "median", "log-variance", "proportion"];

const difference = (of: Of, family = { skewness: 2, excessKurtosis: 6 }): DifferenceQuestion => ({
  statistic: "difference",
  of,
  region: { low: -1, high: 1 },
  rivals: [],
  families: [family, family],
});

// Skewness 1, excess kurtosis 1.4.
const law = quadraticLaw(1);
const family = { skewness: 1, excessKurtosis: 1.5 };

describe("difference of means", () => {
  test("is a mean of differences of as many pairs as the smaller group has values", () => {
    const [first, second] = [stream(21), stream(22)].map((streams) => drawn("mean", streams, 2000, 0));
    const found = differenceJudge.bounds([first!, second!], difference("mean"), 1e-5);
    const pairs = first!.columns[0]!.map((x, i) => x - second!.columns[0]![i]!);
    const ofPairs = meanJudge.bounds(
      [{ columns: [pairs] }],
      { statistic: "mean", region: { low: -1, high: 1 }, rivals: [], families: [{ skewness: 2, excessKurtosis: 6 }] },
      1e-5,
    );
    expect(found.low).toBeCloseTo(ofPairs.low, 9);
    expect(found.high).toBeCloseTo(ofPairs.high, 9);
  });
});

describe("difference of log-variances", () => {
  test("turns round with its groups, nearly, and has the estimate of both variances", () => {
    const [first, second] = [stream(23), stream(24)].map((streams, i) => drawn("mean", streams, 4000, 0, i + 1));
    const found = differenceJudge.bounds([first!, second!], difference("log-variance"), 1e-4);
    const turned = differenceJudge.bounds([second!, first!], difference("log-variance"), 1e-4);
    expect(turned.estimate).toBeCloseTo(-found.estimate, 12);
    // Each bounds the variance of its own first group from above.
    expect(turned.low / -found.high).toBeGreaterThan(0.8);
    expect(turned.low / -found.high).toBeLessThan(1.25);
    expect(found.low).toBeLessThan(-Math.log(4));
    expect(found.high).toBeGreaterThan(-Math.log(4));
  });

  test("has no bounds for too few values, and refuses values that do not vary", () => {
    const few = differenceJudge.bounds([scores(60, 1), scores(60, 1)], difference("log-variance"), 1e-4);
    expect([few.low, few.high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
    const constant = { columns: [new Float64Array(900).fill(3)] };
    expect(() => differenceJudge.bounds([constant, scores(900, 1)], difference("log-variance"), 1e-4)).toThrow(
      "values that vary",
    );
  });
});

describe("difference of proportions", () => {
  test("misses with a probability below its level at any two proportions, by full enumeration", () => {
    const [n, m] = [9, 14];
    const level = 0.05;
    const bounds = Array.from({ length: n + 1 }, (_, i) =>
      Array.from({ length: m + 1 }, (_x, j) =>
        differenceJudge.bounds([tally(i, n), tally(j, m)], difference("proportion"), level),
      ),
    );
    let largest = 0;
    for (const p of [0.02, 0.2, 0.5, 0.7, 0.95]) {
      for (const q of [0.05, 0.3, 0.5, 0.6, 0.9]) {
        let [tooHigh, tooLow] = [0, 0];
        for (let i = 0; i <= n; i++) {
          for (let j = 0; j <= m; j++) {
            const chance = binomial(n, i, p) * binomial(m, j, q);
            const { low, high } = bounds[i]![j]!;
            if (low > p - q) tooHigh += chance;
            if (high < p - q) tooLow += chance;
          }
        }
        largest = Math.max(largest, tooHigh, tooLow);
      }
    }
    expect(largest).toBeLessThanOrEqual(level);
    expect(largest).toBeGreaterThan(0);
  });

  test("is symmetric in the groups and in ones and zeros, and stays in [-1, 1]", () => {
    const whole = fc.integer({ min: 0, max: 30 });
    fc.assert(
      fc.property(whole, whole, (i, j) => {
        const found = differenceJudge.bounds([tally(i, 30), tally(j, 30)], difference("proportion"), 1e-3);
        const turned = differenceJudge.bounds([tally(j, 30), tally(i, 30)], difference("proportion"), 1e-3);
        const zeros = differenceJudge.bounds([tally(30 - j, 30), tally(30 - i, 30)], difference("proportion"), 1e-3);
        expect(turned.low).toBeCloseTo(-found.high, 9);
        expect(zeros.low).toBeCloseTo(found.low, 9);
        expect(found.low).toBeGreaterThanOrEqual(-1);
        expect(found.low).toBeLessThanOrEqual(found.estimate);
        expect(found.high).toBeGreaterThanOrEqual(found.estimate);
      }),
      { numRuns: 30 },
    );
  });

  test("refuses values other than zero and one", () => {
    expect(() => differenceJudge.bounds([scores(30, 1), tally(3, 30)], difference("proportion"), 0.01)).toThrow(
      "zeros and ones",
    );
  });
});

describe.each(ALL)("difference of %ss", (of) => {
  test("refuses one group, too few values and NaN", () => {
    expect(() => differenceJudge.bounds([drawn(of, stream(0), 900, 0)], difference(of), 1e-3)).toThrow(
      "requires 2 groups, got 1",
    );
    const spoilt = { columns: [Float64Array.from({ length: 900 }, (_, i) => (i === 5 ? Number.NaN : i % 2))] };
    expect(() => differenceJudge.bounds([spoilt, spoilt], difference(of), 1e-3)).toThrow(JudgeError);
    const none = { columns: [new Float64Array(0)] };
    expect(() => differenceJudge.bounds([none, none], difference(of), 1e-3)).toThrow(/requires at least/);
  });

  test("errs on each side no more often than its level", () => {
    // A bound for proportions costs sixteen beta quantiles a group; its error is enumerated above.
    const trials = { mean: 5000, median: 10_000, "log-variance": 3000, proportion: 400 }[of];
    const sizes = { mean: [300, 450], median: [40, 70], "log-variance": [600, 700], proportion: [40, 70] }[of];
    const streams = stream(1);
    let [tooHigh, tooLow] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const value = of === "proportion" ? 0.5 : 0;
      const groups = sizes.map((n, i) => drawn(of, streams, n, value, of === "log-variance" ? 1 : i + 1));
      const { low, high } = differenceJudge.bounds(groups, difference(of, family), 0.01);
      if (low > 0) tooHigh++;
      if (high < 0) tooLow++;
    }
    // Four standard errors of a count at the level itself.
    const most = 0.01 * trials + 4 * Math.sqrt(0.01 * trials);
    expect(tooHigh).toBeLessThan(most);
    expect(tooLow).toBeLessThan(most);
  });

  test.each([
    ["inside", { low: -0.2, high: 0.3 }, "supported"],
    ["outside", { low: 0.2, high: Number.POSITIVE_INFINITY }, "refuted"],
  ] as const)(
    "needs as many values as decide it %s its region with the power asked, and not half as many",
    (_, region, state) => {
      const values = of === "proportion" ? [0.35, 0.3] : [0.05, 0];
      const known = values.map((value) => ({ value, spread: spreadOf(of, value), counts: 1 }));
      const question = { ...difference(of, family), region, known };
      const errors = { support: 0.01, refute: 0.01, undecided: 0.05 };
      const needed = differenceJudge.needs([2, 3], question, errors);
      expect(needed[1]! / needed[0]!).toBeCloseTo(1.5, 1);
      const TRIALS = 200;
      const power = (sizes: readonly number[], streams: Stream): number => {
        let decided = 0;
        for (let trial = 0; trial < TRIALS; trial++) {
          const groups = sizes.map((n, i) => drawn(of, streams, n, values[i]!));
          if (decide(differenceJudge, question, groups, errors).state === state) decided++;
        }
        return decided / TRIALS;
      };
      // Standard error of a power of .95 in 200 trials: .015.
      expect(power(needed, stream(2))).toBeGreaterThan(0.95 - 3 * 0.015);
      expect(
        power(
          needed.map((n) => Math.ceil(n / 2)),
          stream(3),
        ),
      ).toBeLessThan(0.85);
    },
  );
});

describe.each(["mean", "median", "log-variance"] as const)("difference of %ss", (of) => {
  test("shifts and scales with the values", () => {
    const groups = [0, 1].map((i) => drawn(of, stream(4 + i), 900, 0));
    const plain = differenceJudge.bounds(groups, difference(of), 1e-3);
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (shift, scale) => {
          const moved = groups.map(({ columns }, i) => ({
            columns: [columns[0]!.map((x) => scale * x + (i === 0 ? shift : 0))],
          }));
          const { low, high } = differenceJudge.bounds(moved, difference(of), 1e-3);
          const [factor, added] = of === "log-variance" ? [1, 0] : [scale, shift];
          expect(low).toBeCloseTo(factor * plain.low + added, 5);
          expect(high).toBeCloseTo(factor * plain.high + added, 5);
        },
      ),
      { numRuns: 20 },
    );
  });
});

/** A group whose statistic is `value`: means and medians by a shift, log-variances by a scale. */
function drawn(of: Of, streams: Stream, n: number, value: number, scale = 1): Group {
  const values = new Float64Array(n);
  if (of === "proportion") {
    fillUniform(streams, values, 0, n);
    return { columns: [values.map((u) => (u < value ? 1 : 0))] };
  }
  law.fill(streams, values, 0, n);
  if (of === "log-variance") return { columns: [values.map((x) => scale * Math.exp(value / 2) * x)] };
  const centre = of === "median" ? law.middle!.median : 0;
  return { columns: [values.map((x) => value + scale * (x - centre))] };
}

function spreadOf(of: Of, value: number): number {
  if (of === "proportion") return Math.sqrt(value * (1 - value));
  // A median of the law has standard error 1 / (2 density sqrt n).
  return of === "median" ? 1 / (law.middle!.density * Math.sqrt(2 * Math.PI)) : 1;
}

function scores(n: number, scale: number): Group {
  return { columns: [Float64Array.from({ length: n }, (_, j) => -scale * Math.log((j + 0.5) / n))] };
}

function tally(ones: number, count: number): Group {
  return { columns: [Float64Array.from({ length: count }, (_, i) => (i < ones ? 1 : 0))] };
}

function binomial(n: number, k: number, p: number): number {
  let choose = 1;
  for (let i = 1; i <= k; i++) choose *= (n - k + i) / i;
  return choose * p ** k * (1 - p) ** (n - k);
}

function stream(replicate: number): Stream {
  return openStream([3, 0, 0, 0], replicate, LANES.noise);
}

describe("the plan of a difference of proportions", () => {
  const errors = { support: 0.01, refute: 0.01, undecided: 0.05 };
  const question = (values: readonly number[]): DifferenceQuestion => ({
    ...difference("proportion"),
    region: { low: 0, high: Number.POSITIVE_INFINITY },
    known: values.map((value) => ({ value, spread: Number.NaN, counts: 1 })),
  });

  test("keeps its promise at every pair of proportions with the difference, by full enumeration", () => {
    // as a claim knows it: the difference and nothing else
    const [n] = differenceJudge.needs([1, 1], question([0.4, 0]), errors);
    const undecided = (p: number, count: number): number => {
      let missed = 0;
      let most = -1;
      for (let i = 0; i <= count; i++) {
        // the more ones in the first group, the more the second may have
        while (most < count && lowOf(i, most + 1, count) >= 0) most++;
        const beyond = Array.from({ length: count - most }, (_, k) => binomial(count, most + 1 + k, p - 0.4));
        missed += binomial(count, i, p) * beyond.reduce((sum, chance) => sum + chance, 0);
      }
      return missed;
    };
    const lowOf = (i: number, j: number, count: number) =>
      differenceJudge.bounds([tally(i, count), tally(j, count)], difference("proportion"), errors.support).low;
    const worst = Math.max(...[0.4, 0.55, 0.7, 0.85, 1].map((p) => undecided(p, n!)));
    expect(worst).toBeLessThanOrEqual(errors.undecided);
    // fewer would break it at the middle, and two thirds of them do
    expect(undecided(0.7, Math.floor((2 * n!) / 3))).toBeGreaterThan(errors.undecided);
  });

  test("asks the same of a pair wherever its difference lies", () => {
    expect(differenceJudge.needs([1, 1], question([0.4, 0]), errors)).toEqual(
      differenceJudge.needs([1, 1], question([0.8, 0.4]), errors),
    );
  });
});
