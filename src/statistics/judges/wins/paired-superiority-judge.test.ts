import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/superiority.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { PairedSuperiorityQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { pairedSuperiorityJudge } from "./paired-superiority-judge.ts";

const EVERYWHERE = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const QUESTION: PairedSuperiorityQuestion = { statistic: "paired-superiority", ...EVERYWHERE };
const pairs = (first: ArrayLike<number>, second: ArrayLike<number>): Group => ({
  columns: [Float64Array.from(first), Float64Array.from(second)],
});

describe(`against SciPy ${oracle.versions.scipy}`, () => {
  test.each(oracle.paired.map((data, i) => [i, data] as const))(
    "data set %i",
    (_, { first, second, ties, share, interval }) => {
      const found = pairedSuperiorityJudge.bounds([pairs(first, second)], QUESTION, oracle.alpha);
      expect(found.estimate).toBeCloseTo(share, 12);
      if (ties > 0) {
        // theirs counts a tie as a loss, so that it may only be lower
        expect(found.low).toBeGreaterThanOrEqual(interval[0]! - 1e-9);
        expect(found.high).toBeGreaterThanOrEqual(interval[1]! - 1e-9);
      } else {
        expect(found.low).toBeCloseTo(interval[0]!, 9);
        expect(found.high).toBeCloseTo(interval[1]!, 9);
      }
    },
  );

  test("half of the data sets have ties", () => {
    expect(oracle.paired.filter(({ ties }) => ties > 0).length).toBeGreaterThanOrEqual(10);
    expect(oracle.paired.filter(({ ties }) => ties === 0).length).toBeGreaterThanOrEqual(10);
  });
});

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  const asked = { ...QUESTION, region: { low: 0.6, high: Number.POSITIVE_INFINITY } };
  const won = (wins: number, ties: number, count: number) =>
    pairs(
      Array.from({ length: count }, (_, i) => (i < wins ? 1 : i < wins + ties ? 0 : -1)),
      new Float64Array(count),
    );

  test.each([
    ["supports .6 on 90 wins of 100", 90, 0, 100, "supported"],
    ["supports it on 85 wins and 10 ties of 100", 85, 10, 100, "supported"],
    ["refutes it on 20 wins of 100", 20, 0, 100, "refuted"],
    ["leaves it undecided on 65 wins of 100", 65, 0, 100, "inconclusive"],
    ["leaves it undecided on ten wins of ten", 10, 0, 10, "inconclusive"],
  ] as const)("it %s", (_, wins, ties, count, state) => {
    const levels = { support: alpha, refute: alpha / 2 };
    expect(decide(pairedSuperiorityJudge, asked, [won(wins, ties, count)], levels).state).toBe(state);
  });
});

test.each([0, 0.15, 0.7])("each bound errs no more often than its level with %d of the pairs ties", (ties) => {
  const [alpha, chance, count, trials] = [0.02, 0.7, 40, 4000];
  const truth = (1 - ties) * chance + ties / 2;
  const draws = seededDraws(9);
  let [low, high] = [0, 0];
  for (let trial = 0; trial < trials; trial++) {
    const first = draws.sample(count, () => (draws.uniform() < ties ? 0 : draws.uniform() < chance ? 1 : -1));
    const found = pairedSuperiorityJudge.bounds([pairs(first, new Float64Array(count))], QUESTION, alpha);
    if (found.low > truth) low++;
    if (found.high < truth) high++;
  }
  expect(low).toBeLessThan(mostEvents(trials, alpha));
  expect(high).toBeLessThan(mostEvents(trials, alpha));
});

test("strata count alike: the mean of their shares, by the smallest", () => {
  const [all, none] = [
    pairs(new Float64Array(30).fill(1), new Float64Array(30)),
    pairs(new Float64Array(50), new Float64Array(50).fill(1)),
  ];
  const { estimate, low, high } = pairedSuperiorityJudge.bounds([all, none], QUESTION, 1e-3);
  expect(estimate).toBe(0.5);
  expect(low).toBeCloseTo(1 - high, 12);
  expect(high - low).toBeGreaterThan(0.35);
});

test.each([
  [[{ columns: [new Float64Array(3)] }], "paired superiority requires two columns a group, got 1 in group 0"],
  [[pairs([1, Number.NaN], [0, 0])], "paired superiority requires values with a rank, got NaN at replicate 1"],
  [[pairs([], [])], "paired superiority requires pairs, got none in group 0"],
])("what is no sample of pairs is refused", (groups, message) => {
  expect(() => pairedSuperiorityJudge.bounds(groups, QUESTION, 1e-3)).toThrow(message);
});

test("plans for what it takes", () => {
  const asked = { ...QUESTION, region: { low: 0.6, high: 1 }, known: [{ value: 0.8, spread: 1, counts: 1 }] };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = pairedSuperiorityJudge.needs([1], asked, errors);
  const draws = seededDraws(12);
  const decided = Array.from({ length: 200 }, () => {
    const first = draws.sample(needed!, () => (draws.uniform() < 0.8 ? 1 : -1));
    return decide(pairedSuperiorityJudge, asked, [pairs(first, new Float64Array(needed!))], errors);
  }).filter(({ state }) => state === "supported").length;
  expect(decided).toBeGreaterThanOrEqual(190);
});
