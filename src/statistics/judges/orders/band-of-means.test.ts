import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { BandQuestion, Family } from "../../question.ts";
import type { Group } from "../judge.ts";
import { bandJudge } from "./band-judge.ts";

interface OracleSet {
  readonly columns: readonly (readonly number[])[];
  readonly values: readonly number[];
  readonly within: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number, high: number])[];
}

const ORACLE = new URL("../../../../test/oracles/band-of-means.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };

/** Two means, the second one within a range, and a proportion, of one cell. */
const BAND: BandQuestion = {
  statistic: "band",
  measures: ["loss", "score", "solved"],
  through: ["mean", "mean", "proportion"],
  ranges: [undefined, [0, 1], undefined],
  names: [""],
  values: [[0, 0.5, 0.3]],
  within: [[1, 0.2, 0.2]],
  families: [NORMAL],
  region: { low: 0, high: 1 },
  rivals: [],
};

/** Three measures of one replicate that share much: their means and chance as given. */
function dependent(seed: number, count: number, [loss, score, chance]: readonly [number, number, number]): Group {
  const draws = seededDraws(seed);
  const common = draws.sample(count, draws.uniform);
  return {
    columns: [
      draws.normals(count).map((z, i) => loss + 0.5 * z + Math.sqrt(12) * 0.5 * (common[i]! - 0.5)),
      common.map((u) => score + 0.3 * (u - 0.5)),
      common.map((u) => (u < chance ? 1 : 0)),
    ],
  };
}

test("as statsmodels has it, of 24 data sets: Student's bounds of means, Clopper and Pearson's of proportions", () => {
  expect(sets.length).toBeGreaterThanOrEqual(20);
  for (const { columns, values, within, estimate, bounds } of sets) {
    const { ranges: _, ...question } = { ...BAND, values: [values], within: [within], families: [NORMAL, NORMAL] };
    const group = { columns: columns.map((each) => Float64Array.from(each)) };
    for (const [alpha, low, high] of bounds) {
      const found = bandJudge.bounds([group], question, alpha);
      expect(found.estimate).toBeCloseTo(estimate, 9);
      expect(found.low).toBeCloseTo(low, 6);
      expect(Math.abs(found.high / high - 1)).toBeLessThan(1e-7);
    }
  }
});

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  const levels = { support: alpha, refute: alpha / 2, undecided: 0.01 };

  test.each([
    ["supports what is all within", [0.1, 0.52, 0.35], "supported", []],
    ["refutes where the first mean lies outside", [1.6, 0.52, 0.35], "refuted", ["loss"]],
    ["refutes where the mean within a range lies outside", [0.1, 0.8, 0.35], "refuted", ["score"]],
    ["refutes where the proportion lies outside", [0.1, 0.52, 0.7], "refuted", ["solved"]],
    ["leaves one on the edge open", [0.99, 0.52, 0.35], "inconclusive", []],
  ] as const)("it %s", (_, places, state, outside) => {
    const found = decide(bandJudge, BAND, [dependent(5, 1500, places)], levels);
    expect(found.state).toBe(state);
    expect(found.parts!.map(({ label }) => label)).toEqual(BAND.measures);
    expect(found.parts!.filter(({ low }) => low > 1).map(({ label }) => label)).toEqual(outside);
  });

  test("it leaves few values undecided", () => {
    expect(decide(bandJudge, BAND, [dependent(5, 12, [0.1, 0.52, 0.35])], levels).state).toBe("inconclusive");
  });
});

describe("each bound errs no more often than its level, however the measures depend on one another", () => {
  const [alpha, trials] = [0.05, 600];
  test.each([
    ["a mean off", [0.5, 0.5, 0.3]],
    ["all off alike", [0.5, 0.6, 0.4]],
    ["a proportion off, on the other side", [0, 0.5, 0.2]],
  ] as const)("%s", (_, places) => {
    let [low, high] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const found = bandJudge.bounds([dependent(300 + trial, 60, places)], BAND, alpha);
      if (found.low > 0.5) low++;
      if (found.high < 0.5) high++;
    }
    expect(low).toBeLessThan(mostEvents(trials, alpha));
    expect(high).toBeLessThan(mostEvents(trials, alpha));
  });
});

test("plans for what it takes", () => {
  // Every deviation in margins: the loss has 0.71, the score 0.43, a coin of 0.34 has 2.4.
  const question = { ...BAND, known: [{ value: 0.2, spread: 2.4, counts: 1 }] };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = bandJudge.needs([1], question, errors);
  const states = Array.from(
    { length: 60 },
    (_, i) => decide(bandJudge, question, [dependent(60 + i, needed!, [0.2, 0.54, 0.34])], errors).state,
  );
  expect(states.filter((state) => state !== "supported").length).toBeLessThan(mostEvents(60, errors.undecided));
  expect(needed).toBeLessThan(600);
});

test("a declared family is held against the means that it is about, cell by cell", () => {
  const draws = seededDraws(8);
  const heavy = draws.sample(400, () => draws.exponential() ** 2 - 2);
  const group = dependent(3, 400, [0, 0.5, 0.3]);
  const levels = { support: 1e-3, refute: 1e-3, undecided: 0.05 };
  const odd = { columns: [heavy, ...group.columns.slice(1)] };
  const question: BandQuestion = {
    ...BAND,
    names: ["1", "2"],
    values: [BAND.values[0]!, BAND.values[0]!],
    within: [BAND.within[0]!, BAND.within[0]!],
    families: [NORMAL, NORMAL],
  };
  expect(decide(bandJudge, question, [group, group], levels).refused).toBeUndefined();
  expect(decide(bandJudge, question, [group, odd], levels).refused).toMatch(/^group 2 of 2: the declared \|skewness\|/);
});

describe("refuses in a line", () => {
  const group = dependent(3, 50, [0, 0.5, 0.3]);
  const [loss, score, solved] = group.columns as readonly [Float64Array, Float64Array, Float64Array];
  const { families: _, ...lawless } = BAND;
  test.each<[string, BandQuestion, Group]>([
    ["band requires a family of each mean without a range in each cell (1), got none", lawless, group],
    [
      "band requires values in the declared range [0, 1], got 2 at replicate 1",
      BAND,
      { columns: [loss, score.map((value, i) => (i === 1 ? 2 : value)), solved] },
    ],
    [
      "band requires zeros and ones, got 0.5",
      BAND,
      { columns: [loss, score, solved.map((value, i) => (i === 1 ? 0.5 : value))] },
    ],
  ])("%s", (message, question, each) => {
    expect(() => bandJudge.bounds([each], question, 1e-3)).toThrow(message);
  });
});
