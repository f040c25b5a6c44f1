import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../decide.ts";
import type { Family, MeanQuestion, VarianceQuestion } from "../question.ts";
import type { Group } from "./judge.ts";
import { meanJudge } from "./mean-judge.ts";
import { varianceJudge } from "./variance-judge.ts";

/**
 * Laws inside a declared family on which judges with a correction from skewness, or with the sample's own kurtosis, broke
 * their promise: each at the n and level at which it was seen, and at more values, where bounds are finite.
 */
type Draw = (draws: Draws) => number;

const mixture =
  (weight: number, [a, b]: readonly [Draw, Draw]): Draw =>
  (draws) =>
    draws.uniform() < weight ? a(draws) : b(draws);
const normal =
  (mean: number, deviation: number): Draw =>
  (draws) =>
    mean + deviation * draws.normals(1)[0]!;
/** +-size with equal chances. */
const signs =
  (size: number): Draw =>
  (draws) =>
    draws.uniform() < 0.5 ? size : -size;

interface Fault {
  readonly name: string;
  readonly statistic: "mean" | "variance";
  readonly draw: Draw;
  readonly truth: number;
  readonly family: Family;
  readonly alpha: number;
  /** The n of the fault, then one at which the judge bounds both sides. */
  readonly counts: readonly [number, number];
  readonly trials: number;
}

const FAULTS: readonly Fault[] = [
  {
    name: "one value in ten from another normal law",
    statistic: "mean",
    draw: mixture(0.9, [normal(0, 1), normal(8, 1)]),
    truth: 0.8,
    family: { skewness: 2.1, excessKurtosis: 3.71 },
    alpha: 1e-3,
    counts: [52, 1000],
    trials: 20_000,
  },
  {
    // p of the far value: 1 in 45; skewness 2 and kurtosis 40 hold it.
    name: "rare far values under a declared kurtosis of 40",
    statistic: "mean",
    draw: mixture(1 - 1 / 45, [normal(0, 0.2), normal(6.6, 0.2)]),
    truth: 6.6 / 45,
    family: { skewness: 6.6, excessKurtosis: 42 },
    alpha: 1e-5,
    counts: [94, 4000],
    trials: 2000,
  },
  {
    name: "one value in a hundred five times as far out",
    statistic: "variance",
    draw: mixture(0.99, [signs(1), signs(5)]),
    truth: 1.24,
    family: { skewness: 0, excessKurtosis: 1.71 },
    alpha: 1e-5,
    counts: [506, 4000],
    trials: 5000,
  },
  {
    name: "two values in a thousand ten times as wide",
    statistic: "variance",
    draw: mixture(0.998, [normal(0, 1), normal(0, 10)]),
    truth: 0.998 + 0.2,
    family: { skewness: 0, excessKurtosis: 40.9 },
    alpha: 1e-5,
    counts: [4805, 9000],
    trials: 1000,
  },
];

describe.each(FAULTS)("$statistic: $name", ({ statistic, draw, truth, family, alpha, counts, trials }) => {
  const asked = { region: { low: -9, high: 9 }, rivals: [], families: [family] };
  const boundsOf = (values: Float64Array) =>
    statistic === "mean"
      ? meanJudge.bounds([{ columns: [values] }], { statistic, ...asked }, alpha)
      : varianceJudge.bounds([{ columns: [values] }], { statistic, ...asked }, alpha);

  test("each bound errs no more often than its level, at the n of the fault", () => {
    const draws = seededDraws(31);
    let errors = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = draws.sample(counts[0], () => draw(draws));
      const { low, high } = boundsOf(values);
      if (low > truth || high < truth) errors++;
    }
    expect(errors).toBeLessThan(mostEvents(trials, 2 * alpha));
  });

  test("and both bounds are finite at more values", () => {
    const draws = seededDraws(32);
    const values = draws.sample(counts[1], () => draw(draws));
    const { low, high } = boundsOf(values);
    expect(low).toBeLessThan(truth);
    expect(high).toBeGreaterThan(truth);
    expect(Number.isFinite(high - low)).toBe(true);
  });
});

describe("samples that say nothing are undecided, with the reason", () => {
  const levels = { support: 1e-3, refute: 1e-3, undecided: 1e-2 };
  const wide = { region: { low: -100, high: 100 }, rivals: [] };
  const ones: readonly Group[] = [{ columns: [new Float64Array(500).fill(1)] }];
  test("values that are all equal", () => {
    const question: MeanQuestion = { statistic: "mean", ...wide, families: [{ skewness: 0, excessKurtosis: 0 }] };
    expect(decide(meanJudge, question, ones, levels)).toMatchObject({
      state: "inconclusive",
      refused: "mean requires values that vary, got only equal ones",
    });
  });

  test("one value, and none", () => {
    const question: MeanQuestion = { statistic: "mean", ...wide, families: [{ skewness: 0, excessKurtosis: 0 }] };
    for (const count of [0, 1]) {
      const found = decide(meanJudge, question, [{ columns: [new Float64Array(count)] }], levels);
      expect(found).toMatchObject({ state: "inconclusive", replicates: count });
      expect(found.refused).toMatch(/requires/);
    }
  });

  test("values of +-1 alone do not give a variance an interval of no width", () => {
    const question: VarianceQuestion = {
      statistic: "variance",
      ...wide,
      families: [{ skewness: 0, excessKurtosis: 0 }],
    };
    const values = Float64Array.from({ length: 500 }, (_, i) => (i % 2 === 0 ? 1 : -1));
    const { low, high } = varianceJudge.bounds([{ columns: [values] }], question, 1e-3);
    expect(high - low).toBeGreaterThan(0.1);
  });
});
