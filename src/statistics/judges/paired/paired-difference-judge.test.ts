import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { Family, PairedDifferenceQuestion, Region } from "../../question.ts";
import type { Group } from "../judge.ts";
import { meanJudge } from "../mean-judge.ts";
import { pairedDifferenceJudge } from "./paired-difference-judge.ts";

interface OracleSet {
  readonly kind: string;
  readonly of: readonly number[];
  readonly over: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number, high: number])[];
}

const ORACLE = new URL("../../../../test/oracles/paired.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

function asked(more: Partial<PairedDifferenceQuestion>): PairedDifferenceQuestion {
  return { statistic: "paired-difference", region: { low: -1, high: 1 }, rivals: [], ...more };
}

function pairs(of: ArrayLike<number>, over: ArrayLike<number>): Group {
  return { columns: [Float64Array.from(of), Float64Array.from(over)] };
}

test("bounds of normal differences are those of SciPy's paired t test, of 24 data sets", () => {
  const own = sets.filter(({ kind }) => kind === "difference");
  expect(own.length).toBeGreaterThanOrEqual(20);
  for (const { of, over, estimate, bounds } of own) {
    for (const [alpha, low, high] of bounds) {
      const found = pairedDifferenceJudge.bounds([pairs(of, over)], asked({ families: [NORMAL] }), alpha);
      expect(found.estimate).toBeCloseTo(estimate, 12);
      expect(found.low / low).toBeCloseTo(1, 8);
      expect(found.high / high).toBeCloseTo(1, 8);
    }
  }
});

type Draw = (draws: Draws, n: number, mean: number) => Group;

/** Differences of this law, beside a part in common. */
const beside =
  (common: (draws: Draws) => number, difference: (draws: Draws) => number): Draw =>
  (draws, n, mean) => {
    const over = draws.sample(n, () => common(draws));
    return pairs(
      over.map((value) => value + mean + difference(draws)),
      over,
    );
  };

const far = (draws: Draws): number => 20 * draws.uniform();
const normal = beside(far, (draws) => draws.normals(1)[0]!);
const skewed = beside(far, (draws) => draws.exponential() - 1);
/** Scores from 0 to 1, of which the first is the larger by the mean: the better method solves what the other solves, and more. */
const scores: Draw = (draws, n, mean) => {
  const over = draws.sample(n, () => (draws.uniform() < 0.3 ? 1 : 0));
  return pairs(
    over.map((value) => (value === 1 || draws.uniform() < mean / 0.7 ? 1 : 0)),
    over,
  );
};

const CASES: readonly (readonly [string, PairedDifferenceQuestion, Draw, few: number, many: number])[] = [
  ["normal by declaration", asked({ families: [NORMAL] }), normal, 8, 2500],
  ["of a declared kurtosis", asked({ families: [EXPONENTIAL] }), skewed, 400, 6000],
  ["within a range", asked({ range: [-1, 1], horizon: 6000 }), scores, 100, 6000],
];

describe.each(CASES)("differences %s", (_, question, draw, few, many) => {
  test.each([1e-3, 1e-5])("are decided where true or false at %f, and not by too few pairs", (alpha) => {
    const draws = seededDraws(17);
    const levels = { support: alpha, refute: alpha };
    const state = (n: number, region: Region) =>
      decide(pairedDifferenceJudge, { ...question, region }, [draw(draws, n, 0.5)], levels).state;
    expect(state(many, { low: 0.3, high: 0.7 })).toBe("supported");
    expect(state(many, { low: 0.3, high: Number.POSITIVE_INFINITY })).toBe("supported");
    expect(state(many, { low: 0.8, high: 0.95 })).toBe("refuted");
    expect(state(many, { low: Number.NEGATIVE_INFINITY, high: 0.2 })).toBe("refuted");
    expect(state(few, { low: 0.48, high: 0.52 })).toBe("inconclusive");
    expect(state(many, { low: 0.5, high: 2 })).toBe("inconclusive");
  });

  test("are missed on each side no more often than the level", () => {
    const [trials, alpha] = [500, 0.02];
    const draws = seededDraws(19);
    let [above, below] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = pairedDifferenceJudge.bounds([draw(draws, few, 0.5)], { ...question, horizon: few }, alpha);
      if (low > 0.5) above++;
      if (high < 0.5) below++;
    }
    expect(above).toBeLessThan(mostEvents(trials, alpha));
    expect(below).toBeLessThan(mostEvents(trials, alpha));
  });
});

test("pairs decide what the same values as two arms could not: what they have in common cancels", () => {
  const drawn = normal(seededDraws(23), 60, 1);
  const region = { low: 0, high: Number.POSITIVE_INFINITY };
  const levels = { support: 1e-3, refute: 1e-3 };
  const question = asked({ region, families: [NORMAL] });
  expect(decide(pairedDifferenceJudge, question, [drawn], levels).state).toBe("supported");
  const shuffled = pairs(drawn.columns[0]!, drawn.columns[1]!.toReversed());
  expect(decide(pairedDifferenceJudge, question, [shuffled], levels).state).toBe("inconclusive");
});

test("the other way round it is the negative", () => {
  const drawn = skewed(seededDraws(29), 500, 0.5);
  const question = asked({ families: [EXPONENTIAL] });
  const there = pairedDifferenceJudge.bounds([drawn], question, 1e-3);
  const back = pairedDifferenceJudge.bounds([{ columns: drawn.columns.toReversed() }], question, 1e-3);
  expect(back.estimate).toBeCloseTo(-there.estimate, 12);
  expect(back.low).toBeCloseTo(-there.high, 9);
  expect(back.high).toBeCloseTo(-there.low, 9);
});

test("families are held against the differences, and plans are those of their mean", () => {
  const question = asked({ families: [NORMAL], known: [{ value: 0.5, spread: 2, counts: 1 }] });
  expect(pairedDifferenceJudge.familyValues!([pairs([5, 7], [1, 4])], question)).toEqual([Float64Array.of(4, 3)]);
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const ofMean = { ...question, statistic: "mean" } as const;
  expect(pairedDifferenceJudge.needs([1], question, errors)).toEqual(meanJudge.needs([1], ofMean, errors));
  expect(pairedDifferenceJudge.detects([90], question, errors)).toBe(meanJudge.detects([90], ofMean, errors));
});

describe("refuses, in a line", () => {
  const normals = asked({ families: [NORMAL] });
  test.each<[string, PairedDifferenceQuestion, readonly Group[]]>([
    ["paired difference requires one group, got 2", normals, [pairs([1], [2]), pairs([1], [2])]],
    ["paired difference requires at least 2 columns, got 1", normals, [{ columns: [Float64Array.of(1, 2)] }]],
    ["paired difference requires finite values, got Infinity at replicate 1", normals, [pairs([1, 2], [0, Infinity])]],
    ["paired difference requires as many values of both measures, got 2 and 1", normals, [pairs([1, 2], [0])]],
    [
      "mean requires values in the declared range [-1, 1], got 2 at replicate 0",
      asked({ range: [-1, 1] }),
      [pairs([2, 1], [0, 1])],
    ],
    ["mean requires declared bounds on skewness and kurtosis", asked({}), [pairs([2, 1], [0, 1])]],
  ])("%s", (message, question, groups) => {
    expect(() => pairedDifferenceJudge.bounds(groups, question, 1e-3)).toThrow(message);
  });

  test("equal differences: undecided", () => {
    const found = decide(pairedDifferenceJudge, normals, [pairs([1, 2, 3], [0, 1, 2])], {
      support: 1e-3,
      refute: 1e-3,
    });
    expect(found).toMatchObject({
      state: "inconclusive",
      refused: "paired difference requires values that vary, got only equal ones",
    });
  });
});
