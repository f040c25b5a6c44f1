import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FALSE_ALARM } from "../../../calibration/rate.ts";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import type { Grid } from "../../../predictions/cells.ts";
import {
  type CoefficientOfVariationPrediction,
  coefficientOfVariation,
} from "../../../predictions/coefficient-of-variation/kind.ts";
import { decide } from "../../decide.ts";
import { largestCount } from "../../largest-count.ts";
import type { Family } from "../../question.ts";
import type { Group } from "../judge.ts";
import { type CoefficientOfVariationQuestion, coefficientOfVariationJudge } from "./variation-judge.ts";

interface OracleSet {
  readonly values: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number, high: number | null])[];
}

const ORACLE = new URL("../../../../test/oracles/variation.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };
const TAME: Family = { skewness: 0, excessKurtosis: 0 };
const GAMMA: Family = { skewness: 1, excessKurtosis: 1.5 };

function asked(family: Family, low = 0, high = 1): CoefficientOfVariationQuestion {
  return { statistic: "coefficient-of-variation", families: [family], region: { low, high }, rivals: [] };
}

const groupOf = (values: Iterable<number>): readonly Group[] => [{ columns: [Float64Array.from(values)] }];

describe("of 24 data sets", () => {
  test("the exact bounds of a normal law are those by SciPy's noncentral Student law", () => {
    expect(sets.length).toBeGreaterThanOrEqual(20);
    for (const { values, estimate, bounds } of sets) {
      for (const [alpha, low, high] of bounds) {
        const found = coefficientOfVariationJudge.bounds(groupOf(values), asked(NORMAL), alpha);
        expect(found.estimate).toBeCloseTo(estimate, 9);
        expect(Math.abs(found.low / low - 1)).toBeLessThan(1e-7);
        if (high === null) expect(found.high).toBe(Number.POSITIVE_INFINITY);
        else expect(Math.abs(found.high / high - 1)).toBeLessThan(1e-6);
      }
    }
  });

  test("those of a declared kurtosis hold them", () => {
    for (const { values, bounds } of sets) {
      for (const [alpha, low, high] of bounds) {
        const found = coefficientOfVariationJudge.bounds(groupOf(values), asked(TAME), alpha);
        expect(found.low).toBeLessThanOrEqual(low);
        expect(found.high).toBeGreaterThanOrEqual(high ?? Number.POSITIVE_INFINITY);
      }
    }
  });
});

test("a scale changes nothing", () => {
  const values = seededDraws(1)
    .normals(400)
    .map((z) => 3 + 0.5 * z);
  for (const family of [NORMAL, TAME]) {
    const [one, other] = [values, values.map((value) => 1000 * value)].map((each) =>
      coefficientOfVariationJudge.bounds(groupOf(each), asked(family), 1e-3),
    );
    expect(other!.low).toBeCloseTo(one!.low, 9);
    expect(other!.high).toBeCloseTo(one!.high, 9);
  }
});

const normals = (draws: Draws, n: number) => draws.normals(n).map((z) => 5 * (1 + 0.25 * z));
/** Of 4 exponentials: skewness 1, excess kurtosis 1.5, coefficient 1/2. */
const gammas = (draws: Draws, n: number) =>
  draws.sample(n, () => draws.exponential() + draws.exponential() + draws.exponential() + draws.exponential());

const CASES = [
  ["normal by declaration", asked(NORMAL), normals, 0.25, 8, 700],
  ["of a declared kurtosis", asked(TAME), normals, 0.25, 150, 1500],
  ["skewed", asked(GAMMA), gammas, 0.5, 300, 6000],
] as const;

describe.each(CASES)("a coefficient of variation, %s,", (name, question, draw, truth, few, many) => {
  describe.each([1e-3, 1e-5])("at %f, of 60 samples,", (alpha) => {
    const [samples, undecided] = [60, 0.01];
    const levels = { support: alpha, refute: alpha, undecided };
    const most = (probability: number) => largestCount(samples, probability, FALSE_ALARM);
    const regionOf = (low: number, high: number) => ({ low: low * truth, high: high * truth });
    const statesOf = (n: number, low: number, high: number) =>
      Array.from({ length: samples }, (_, i) => {
        const groups = groupOf(draw(seededDraws(41 + i), n));
        return decide(coefficientOfVariationJudge, { ...question, region: regionOf(low, high) }, groups, levels).state;
      });

    test.each([
      ["true between two ends", 0.7, 1.4, "supported"],
      ["true from below", 0.7, Number.POSITIVE_INFINITY, "supported"],
      ["true from above", Number.NEGATIVE_INFINITY, 1.4, "supported"],
      ["false by being too large", 1.5, 3, "refuted"],
      ["false by being too small", 0, 0.7, "refuted"],
    ] as const)(
      "a region that is %s is told with as many values as its plan asks for, but for few",
      (_, low, high, wanted) => {
        const known = [{ value: truth, spread: truth, counts: 1 }];
        const planned = { ...question, region: regionOf(low, high), known };
        expect(coefficientOfVariationJudge.needs([1], planned, levels)[0]).toBeLessThanOrEqual(many);
        const states = statesOf(many, low, high);
        expect(states.filter((state) => state !== wanted).length).toBeLessThanOrEqual(most(undecided));
      },
    );

    test.each([
      ["too narrow for few values", few, 0.98, 1.02],
      ["on whose edge the truth lies", many, 1, 2],
    ] as const)("a region %s stays open, but for as many as the level lets", (_, n, low, high) => {
      const states = statesOf(n, low, high);
      expect(states.filter((state) => state !== "inconclusive").length).toBeLessThanOrEqual(most(2 * alpha));
    });
  });

  test("is missed on each side no more often than the level, and an exact one nearly as often", () => {
    const [trials, alpha] = [name === "normal by declaration" ? 400 : 1000, 0.02];
    const draws = seededDraws(43);
    let [above, below] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = coefficientOfVariationJudge.bounds(groupOf(draw(draws, few)), question, alpha);
      if (low > truth) above++;
      if (high < truth) below++;
    }
    expect(Math.max(above, below)).toBeLessThan(mostEvents(trials, alpha));
    if (name === "normal by declaration") expect(Math.min(above, below)).toBeGreaterThan(0.4 * trials * alpha);
  });

  test("is planned with values that decide it, inside and outside, but for about one sample in ten", () => {
    const known = [{ value: truth, spread: truth, counts: 1 }];
    const levels = { support: 1e-3, refute: 1e-3, undecided: 0.1 };
    const draws = seededDraws(47);
    for (const [low, high, wanted] of [
      [0.6, 1.5, "supported"],
      [1.5, Number.POSITIVE_INFINITY, "refuted"],
      [Number.NEGATIVE_INFINITY, 0.7, "refuted"],
    ] as const) {
      const planned = { ...question, region: { low: low * truth, high: high * truth }, known };
      const [n] = coefficientOfVariationJudge.needs([1], planned, levels);
      const missed = Array.from(
        { length: 60 },
        () => decide(coefficientOfVariationJudge, planned, groupOf(draw(draws, n!)), levels).state,
      ).filter((state) => state !== wanted);
      expect(missed.length).toBeLessThan(mostEvents(60, 0.1));
      expect(n).toBeLessThan(many);
    }
  });
});

describe("refuses in a line", () => {
  const levels = { support: 1e-3, refute: 1e-3 };

  test.each([
    ["coefficient of variation requires values whose mean is above zero, got one of -2", [-1, -2, -3]],
    ["coefficient of variation requires values that vary, got only equal ones", [2, 2, 2]],
  ])("%s: undecided", (refused, values) => {
    expect(decide(coefficientOfVariationJudge, asked(NORMAL), groupOf(values), levels)).toMatchObject({
      state: "inconclusive",
      refused,
    });
  });

  test("no family", () => {
    const { families: _, ...question } = asked(NORMAL);
    expect(() => coefficientOfVariationJudge.bounds(groupOf([1, 2]), question, 1e-3)).toThrow(
      "coefficient of variation requires declared bounds on skewness and kurtosis",
    );
  });

  const prediction = {
    ...{ says: "at-most", statistic: "coefficient-of-variation", of: "x", bound: 1, because: "a test" },
  } as CoefficientOfVariationPrediction<Grid, "x">;
  test.each([
    [
      "the coefficient-of-variation of x at depth 1 requires a measure of 0 or more, got one whose range is [-1, 1]",
      { low: 0, high: 1 },
      { range: [-1, 1] as const },
    ],
    [
      "the coefficient-of-variation of x at depth 1 is above 0, a region above it is required, got one up to -1",
      { low: -2, high: -1 },
      {},
    ],
  ])("%s", (message, region, more) => {
    const of = { cells: [{ depth: 1 }], horizon: 9, ranges: [], ...more };
    expect(() => coefficientOfVariation.question(prediction, { region, rivals: [] }, of)).toThrow(message);
  });
});
