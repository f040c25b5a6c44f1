import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { Family, PairedRatioQuestion, Region } from "../../question.ts";
import type { Group } from "../judge.ts";
import { pairedRatioJudge } from "./paired-ratio-judge.ts";

interface OracleSet {
  readonly kind: string;
  readonly of: readonly number[];
  readonly over: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number | null, high: number | null])[];
}

const ORACLE = new URL("../../../../test/oracles/paired.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

function asked(more: Partial<PairedRatioQuestion>): PairedRatioQuestion {
  return { statistic: "paired-ratio", region: { low: 0.5, high: 2 }, rivals: [], ...more };
}

function pairs(of: ArrayLike<number>, over: ArrayLike<number>): Group {
  return { columns: [Float64Array.from(of), Float64Array.from(over)] };
}

test("bounds of normal pairs are the roots of Fieller's quadratic by NumPy and SciPy, of 24 data sets", () => {
  const own = sets.filter(({ kind }) => kind === "ratio");
  expect(own.length).toBeGreaterThanOrEqual(20);
  const all = own.flatMap(({ bounds }) => bounds);
  expect(all.filter(([, low]) => low !== null).length).toBeGreaterThan(40);
  for (const { of, over, estimate, bounds } of own) {
    for (const [alpha, low, high] of bounds) {
      const found = pairedRatioJudge.bounds([pairs(of, over)], asked({ families: [NORMAL] }), alpha);
      expect(found.estimate).toBeCloseTo(estimate, 12);
      expect(found.low).toBeCloseTo(low ?? Number.NEGATIVE_INFINITY, 7);
      expect(found.high).toBeCloseTo(high ?? Number.POSITIVE_INFINITY, 7);
    }
  }
});

type Draw = (draws: Draws, n: number, ratio: number) => Group;

/** Second measures about 1, and first ones that are so many times them and a remainder of the same law. */
const around =
  (standard: (draws: Draws) => number): Draw =>
  (draws, n, ratio) => {
    const over = draws.sample(n, () => 1 + 0.3 * standard(draws));
    return pairs(
      over.map((value) => ratio * value + 0.1 * standard(draws)),
      over,
    );
  };

const CASES: readonly (readonly [string, PairedRatioQuestion, Draw, few: number, many: number])[] = [
  ["normal by declaration", asked({ families: [NORMAL] }), around((draws) => draws.normals(1)[0]!), 8, 300],
  ["of a declared kurtosis", asked({ families: [EXPONENTIAL] }), around((draws) => draws.exponential() - 1), 400, 4000],
];

describe.each(CASES)("ratios of pairs %s", (name, question, draw, few, many) => {
  test.each([1e-3, 1e-5])("are decided where true or false at %f, and not by too few pairs", (alpha) => {
    const draws = seededDraws(37);
    const levels = { support: alpha, refute: alpha };
    const state = (n: number, region: Region) =>
      decide(pairedRatioJudge, { ...question, region }, [draw(draws, n, 1.5)], levels).state;
    expect(state(many, { low: 1.3, high: 1.7 })).toBe("supported");
    expect(state(many, { low: 1.3, high: Number.POSITIVE_INFINITY })).toBe("supported");
    expect(state(many, { low: 1.8, high: 3 })).toBe("refuted");
    expect(state(many, { low: 0, high: 1.2 })).toBe("refuted");
    expect(state(few, { low: 1.499, high: 1.501 })).toBe("inconclusive");
    expect(state(many, { low: 1.5, high: 3 })).toBe("inconclusive");
  });

  test("are missed on each side no more often than the level", () => {
    const [trials, alpha] = [name.includes("kurtosis") ? 300 : 1500, 0.02];
    const draws = seededDraws(41);
    let [above, below] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = pairedRatioJudge.bounds([draw(draws, few, 1.5)], question, alpha);
      if (low > 1.5) above++;
      if (high < 1.5) below++;
    }
    expect(above).toBeLessThan(mostEvents(trials, alpha));
    expect(below).toBeLessThan(mostEvents(trials, alpha));
    if (name.includes("normal")) expect(above + below).toBeGreaterThan(trials * alpha);
  });

  test("are planned so that at most one in ten samples stays undecided", () => {
    const known = [{ value: 1.5, spread: 0.1, counts: 1 }];
    const planned = { ...question, region: { low: 1.4, high: Number.POSITIVE_INFINITY }, known, overSpread: 0.3 };
    const errors = { support: 1e-3, refute: 1e-3, undecided: 0.1 };
    const [n] = pairedRatioJudge.needs([1], planned, errors);
    const draws = seededDraws(43);
    const states = Array.from(
      { length: 40 },
      () => decide(pairedRatioJudge, planned, [draw(draws, n!, 1.5)], errors).state,
    );
    expect(states.filter((state) => state !== "supported").length).toBeLessThanOrEqual(12);
    expect(pairedRatioJudge.needs([1], asked({ ...question, known }), errors)).toEqual([Number.POSITIVE_INFINITY]);
  });
});

test("families are held against the remainders at the ratio of the sample", () => {
  const [remainders] = pairedRatioJudge.familyValues!([pairs([2, 5, 5], [1, 2, 3])], asked({}))!;
  expect(remainders).toEqual(Float64Array.of(0, 1, -1));
});

describe("refuses, in a line", () => {
  const normals = asked({ families: [NORMAL] });
  test.each<[string, PairedRatioQuestion, readonly Group[]]>([
    ["paired ratio requires one group, got 2", normals, [pairs([1], [2]), pairs([1], [2])]],
    ["paired ratio requires at least 2 columns, got 1", normals, [{ columns: [Float64Array.of(1, 2)] }]],
    ["paired ratio requires declared bounds on skewness and kurtosis", asked({}), [pairs([2, 1], [0, 1])]],
    [
      "paired ratio requires a family without a deviation, got one of 2",
      asked({ families: [{ ...EXPONENTIAL, deviation: 2 }] }),
      [pairs([2, 1], [0, 1])],
    ],
  ])("%s", (message, question, groups) => {
    expect(() => pairedRatioJudge.bounds(groups, question, 1e-3)).toThrow(message);
  });

  test.each<[string, Group]>([
    ["paired ratio of means requires at least two pairs, got 1", pairs([1], [2])],
    ["paired ratio of means requires values that vary, got only equal ones", pairs([1, 2, 3], [2, 2, 2])],
    ["paired ratio of means requires values that vary about their ratio, got none", pairs([2, 4, 2, 4], [1, 2, 1, 2])],
    [
      "paired ratio of means requires a second mean above zero, got one that is below it",
      pairs([1, 2, 3, 1, 2, 3], [-5, -5.1, -5.01, -5.02, -5.03, -5]),
    ],
  ])("%s: undecided", (refused, group) => {
    const found = decide(pairedRatioJudge, normals, [group], { support: 0.01, refute: 0.01 });
    expect(found).toMatchObject({ state: "inconclusive", refused });
  });
});
