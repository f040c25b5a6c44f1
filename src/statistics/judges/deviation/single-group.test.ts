import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { type AnyQuestion, kindOf } from "../../../predictions/kinds.ts";
import { quantile } from "../../../predictions/quantile/kind.ts";
import { decide } from "../../decide.ts";
import type { Group } from "../judge.ts";

/** Quantiles, standard deviations and rates. */
interface OracleSet {
  readonly kind: "quantile" | "standard-deviation" | "rate";
  readonly part?: number;
  readonly values: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number | null, high: number | null])[];
}

const ORACLE = new URL("../../../../test/oracles/single.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const asked = { region: { low: -1, high: 1 }, rivals: [], families: [{ skewness: 0, excessKurtosis: 0 }] };

function questionOf(statistic: OracleSet["kind"], part = 0.9): AnyQuestion {
  return statistic === "quantile" ? { statistic, part, ...asked } : { statistic, ...asked };
}

const judgeOf = (question: AnyQuestion) => kindOf(question).judge;
const group = (values: Iterable<number>): readonly Group[] => [{ columns: [Float64Array.from(values)] }];

describe("as SciPy and statsmodels have it, of 24 data sets each", () => {
  test.each(["quantile", "rate"] as const)("the exact bounds of a %s", (kind) => {
    const own = sets.filter((each) => each.kind === kind);
    expect(own.length).toBeGreaterThanOrEqual(20);
    for (const { part, values, estimate, bounds } of own) {
      const question = questionOf(kind, part);
      for (const [alpha, low, high] of bounds) {
        const theirs = { low: low ?? Number.NEGATIVE_INFINITY, high: high ?? Number.POSITIVE_INFINITY };
        if (low === null && high === null) {
          expect(() => judgeOf(question).bounds(group(values), question, alpha)).toThrow(/requires at least/);
          continue;
        }
        const found = judgeOf(question).bounds(group(values), question, alpha);
        expect(found.estimate).toBeCloseTo(estimate, 12);
        for (const end of ["low", "high"] as const) {
          if (found[end] !== theirs[end]) expect(Math.abs(found[end] / theirs[end] - 1)).toBeLessThan(1e-8);
        }
      }
    }
  });

  test("the bounds of a standard deviation hold those of a normal law", () => {
    const own = sets.filter(({ kind }) => kind === "standard-deviation");
    expect(own.length).toBeGreaterThanOrEqual(20);
    const question = questionOf("standard-deviation");
    for (const { values, estimate, bounds } of own) {
      for (const [alpha, low, high] of bounds) {
        const found = judgeOf(question).bounds(group(values), question, alpha);
        expect(found.estimate).toBeCloseTo(estimate, 9);
        expect(found.low).toBeLessThan(low!);
        expect(found.high).toBeGreaterThan(high!);
      }
    }
  });
});

type Draw = (draws: Draws, n: number) => Float64Array;
const normals: Draw = (draws, n) => draws.normals(n).map((z) => 2 * z);
/** A decile of 1 in 10 at 0. */
const exponentials: Draw = (draws, n) => draws.sample(n, () => draws.exponential() - Math.LN10);
const counts: Draw = (draws, n) =>
  draws.sample(n, () => {
    let count = 0;
    for (let time = draws.exponential(); time < 2; time += draws.exponential()) count++;
    return count;
  });

interface Case {
  readonly question: AnyQuestion;
  readonly draw: Draw;
  readonly truth: number;
  readonly few: number;
  readonly many: number;
  readonly spread: number;
}

const CASES: readonly Case[] = [
  // The normal law of an exponential one's density at its ninth decile: phi(1.2816) / 0.1.
  { question: questionOf("quantile"), draw: exponentials, truth: 0, few: 200, many: 6000, spread: 1.755 },
  { question: questionOf("standard-deviation"), draw: normals, truth: 2, few: 300, many: 4000, spread: 2 },
  { question: questionOf("rate"), draw: counts, truth: 2, few: 20, many: 800, spread: Math.SQRT2 },
];

describe.each(CASES.map((each) => [each.question.statistic, each] as const))("a %s", (_, each) => {
  const { question, draw, truth, few, many, spread } = each;
  test.each([1e-3, 1e-5])(
    "is decided at %f where true and where false, and not by few values or on an edge",
    (alpha) => {
      const levels = { support: alpha, refute: alpha };
      const draws = seededDraws(17);
      const state = (n: number, low: number, high: number) =>
        decide(judgeOf(question), { ...question, region: { low, high } }, group(draw(draws, n)), levels).state;
      expect(state(many, truth - 0.5, truth + 0.5)).toBe("supported");
      expect(state(many, truth - 0.5, Number.POSITIVE_INFINITY)).toBe("supported");
      expect(state(many, Number.NEGATIVE_INFINITY, truth + 0.5)).toBe("supported");
      expect(state(many, truth + 0.5, truth + 2)).toBe("refuted");
      expect(state(many, truth - 1.5, truth - 0.5)).toBe("refuted");
      expect(state(few, truth - 0.05, truth + 0.05)).toBe("inconclusive");
      expect(state(many, truth, truth + 2)).toBe("inconclusive");
    },
  );

  test("is missed on each side no more often than the level, and an exact one nearly as often", () => {
    const [trials, alpha] = [2000, 0.02];
    const draws = seededDraws(19);
    let [above, below] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = judgeOf(question).bounds(group(draw(draws, few)), question, alpha);
      if (low > truth) above++;
      if (high < truth) below++;
    }
    expect(Math.max(above, below)).toBeLessThan(mostEvents(trials, alpha));
    if (question.statistic !== "standard-deviation") expect(above + below).toBeGreaterThan(0.6 * trials * alpha);
  });

  test("is planned with values that decide it, inside and outside, but for about one sample in ten", () => {
    const known = [{ value: truth, spread, counts: 1 }];
    const levels = { support: 1e-3, refute: 1e-3, undecided: 0.1 };
    const draws = seededDraws(23);
    for (const [low, high, wanted] of [
      [truth - 0.4, truth + 0.4, "supported"],
      [truth + 0.4, Number.POSITIVE_INFINITY, "refuted"],
      [Number.NEGATIVE_INFINITY, truth - 0.4, "refuted"],
    ] as const) {
      const planned = { ...question, region: { low, high }, known };
      const [n] = judgeOf(planned).needs([1], planned, levels);
      const missed = Array.from(
        { length: 60 },
        () => decide(judgeOf(planned), planned, group(draw(draws, n!)), levels).state,
      ).filter((state) => state !== wanted);
      // An exponential law's tail is longer than the normal one of its density.
      expect(missed.length).toBeLessThan(mostEvents(60, 0.1));
      expect(n).toBeLessThan(many);
    }
  });
});

describe("refuses in a line", () => {
  const levels = { support: 1e-3, refute: 1e-3 };
  test.each<[string, AnyQuestion, readonly Group[]]>([
    ["rate requires whole numbers from 0 up, got -1 at replicate 0", questionOf("rate"), group([-1])],
    ["rate requires 1 groups, got 2", questionOf("rate"), [...group([1]), ...group([1])]],
    ["quantile requires 1 groups, got 2", questionOf("quantile"), [...group([1]), ...group([1])]],
    [
      "standard deviation requires declared bounds on skewness and kurtosis",
      { statistic: "standard-deviation", region: asked.region, rivals: [] },
      group([1, 2, 3]),
    ],
  ])("%s", (message, question, groups) => {
    expect(() => decide(judgeOf(question), question, groups, levels)).toThrow(message);
  });

  test("too few values for any bound of a quantile: undecided, with the numbers that would do", () => {
    expect(decide(judgeOf(questionOf("quantile")), questionOf("quantile"), group([1, 2]), levels)).toMatchObject({
      state: "inconclusive",
      refused: "quantile 0.9 requires at least 3 values at level 0.001 for a bound on one side, 66 for both, got 2",
    });
  });

  test.each([0, 1, -0.1, 90, Number.NaN])("a part of %f", (part) => {
    const prediction = { says: "at-most", statistic: "quantile", of: "x", part, bound: 1, because: "a test" } as const;
    const of = { cells: [{ depth: 1 }], horizon: 9, ranges: [] };
    expect(() => quantile.question(prediction, { region: { low: 0, high: 1 }, rivals: [] }, of)).toThrow(
      `the quantile of x requires a \`part\` between 0 and 1, 0.9 for the ninth decile, got ${part}`,
    );
  });
});

test("values that are +Infinity have a rank: a decile may be never", () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? i : Number.POSITIVE_INFINITY));
  const question = questionOf("quantile");
  const { estimate, low } = judgeOf(question).bounds(group(values), question, 1e-3);
  expect(estimate).toBe(Number.POSITIVE_INFINITY);
  expect(low).toBe(79);
});
