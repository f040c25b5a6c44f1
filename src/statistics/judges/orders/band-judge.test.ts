import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/band.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { BandQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { bandJudge } from "./band-judge.ts";

function bandOf(values: readonly (readonly number[])[], within: readonly (readonly number[])[]): BandQuestion {
  return {
    statistic: "band",
    measures: values[0]!.map((_, i) => `measure ${i + 1}`),
    names: values.length === 1 ? [""] : values.map((_, i) => String(i + 1)),
    values,
    within,
    region: { low: 0, high: 1 },
    rivals: [],
  };
}

const groupOf = (columns: readonly (readonly number[] | Float64Array)[]): Group => ({
  columns: columns.map((each) => Float64Array.from(each)),
});
/** Measures that share most of their noise, at these medians. */
const dependent = (seed: number, count: number, medians: readonly number[]): Group => {
  const draws = seededDraws(seed);
  const common = draws.normals(count);
  return groupOf(medians.map((median) => draws.normals(count).map((own, i) => median + 0.9 * common[i]! + 0.4 * own)));
};

describe(`against SciPy ${oracle.versions.scipy}`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))(
    "data set %i",
    (_, { columns, values, within, estimate, low, high }) => {
      const found = bandJudge.bounds([groupOf(columns)], bandOf([values], [within]), oracle.alpha);
      expect(found.estimate).toBeCloseTo(estimate, 9);
      expect(found.low).toBeCloseTo(low, 9);
      expect(found.high).toBeCloseTo(high, 9);
    },
  );
});

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  test.each([
    ["supports medians that are all within", [0.1, 5, -2], "supported"],
    ["refutes where one of three lies outside", [0.1, 5, -4], "refuted"],
    ["leaves one on the edge open", [0.1, 5.98, -2], "inconclusive"],
  ] as const)("it %s", (_, medians, state) => {
    const question = bandOf([[0, 5, -2]], [[1, 1, 1]]);
    const levels = { support: alpha, refute: alpha / 2 };
    const found = decide(bandJudge, question, [dependent(3, 300, medians)], levels);
    expect(found.state).toBe(state);
    expect(found.parts!.map(({ label }) => label)).toEqual(["measure 1", "measure 2", "measure 3"]);
    if (state === "refuted") expect(found.parts!.map(({ low }) => low > 1)).toEqual([false, false, true]);
  });
});

test("a curve lies in its band where each of its cells does, which are named", () => {
  const question = bandOf(
    [
      [0, 1],
      [2, 1],
      [4, 1],
    ],
    [
      [1, 1],
      [1, 1],
      [0.5, 1],
    ],
  );
  const groups = [
    [0, 1],
    [2.2, 1],
    [4, 1.1],
  ].map((medians, i) => dependent(5 + i, 400, medians));
  const { parts, high } = bandJudge.bounds(groups, question, 1e-3);
  expect(parts).toHaveLength(6);
  expect(parts![4]!.label).toBe("measure 1 at 3");
  expect(high).toBeLessThan(1);
});

describe("each bound errs no more often than its level, however the measures depend on one another", () => {
  const [alpha, TRIALS] = [0.05, 2000];
  test.each([
    ["one off", [0.5, 0, 0]],
    ["all off alike", [0.5, 0.5, 0.5]],
    ["on both sides", [0.5, -0.5, 0.5]],
  ] as const)("%s", (_, medians) => {
    let [low, high] = [0, 0];
    const question = bandOf([[0, 0, 0]], [[1, 1, 1]]);
    for (let trial = 0; trial < TRIALS; trial++) {
      const found = bandJudge.bounds([dependent(100 + trial, 40, medians)], question, alpha);
      if (found.low > 0.5) low++;
      if (found.high < 0.5) high++;
    }
    expect(low).toBeLessThan(mostEvents(TRIALS, alpha));
    expect(high).toBeLessThan(mostEvents(TRIALS, alpha));
  });
});

test("too few values are refused with the number that would do, infinite ones have a rank", () => {
  const question = bandOf([[0, 0]], [[1, 1]]);
  expect(() => bandJudge.bounds([dependent(1, 9, [0, 0])], question, 1e-3)).toThrow(
    "band requires at least 10 values a cell at level 0.001, got 9",
  );
  const dead = groupOf([
    Float64Array.from({ length: 60 }, (_, i) => (i < 5 ? Number.NEGATIVE_INFINITY : 0)),
    new Float64Array(60),
  ]);
  expect(decide(bandJudge, question, [dead], { support: 1e-3, refute: 5e-4 }).state).toBe("supported");
});

test("plans for what it takes", () => {
  const question = { ...bandOf([[0, 0]], [[1, 1]]), known: [{ value: 0.2, spread: 1, counts: 1 }] };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = bandJudge.needs([1], question, errors);
  const states = Array.from(
    { length: 100 },
    (_, i) => decide(bandJudge, question, [dependent(60 + i, needed!, [0.2, -0.2])], errors).state,
  );
  expect(states.filter((state) => state === "supported").length).toBeGreaterThan(
    100 - mostEvents(100, errors.undecided),
  );
});
