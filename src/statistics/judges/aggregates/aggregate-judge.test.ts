import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/aggregate.json" with { type: "json" };
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { AggregateQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { superiorityJudge } from "../wins/superiority-judge.ts";
import { aggregateJudge } from "./aggregate-judge.ts";

const EVERYWHERE = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const OF = ["interquartile-mean", "optimality-gap", "share-above"] as const;
const questionOf = (of: AggregateQuestion["of"], limit = 1): AggregateQuestion => ({
  statistic: "aggregate",
  of,
  limit,
  floor: 0,
  ...EVERYWHERE,
});
const groupsOf = (tasks: readonly (readonly number[] | Float64Array)[]): readonly Group[] =>
  tasks.map((scores) => ({ columns: [Float64Array.from(scores)] }));

describe(`against rliable ${oracle.versions.rliable}`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))("data set %i", (_, data) => {
    const groups = groupsOf(data.scores);
    OF.forEach((of, i) => {
      const limit = of === "share-above" ? oracle.threshold : oracle.target;
      const found = aggregateJudge.bounds(groups, questionOf(of, limit), 0.025);
      expect(found.estimate).toBeCloseTo(data[of], 9);
      // the stratified bootstrap's 95 % is approximate, and narrower than what holds for every law
      expect(found.low).toBeLessThanOrEqual(data.intervals[i]![0]! + 1e-9);
      expect(found.high).toBeGreaterThanOrEqual(data.intervals[i]![1]! - 1e-9);
    });
    const arms = groupsOf([...data.scores, ...data.other]);
    const { estimate } = superiorityJudge.bounds(arms, { statistic: "superiority", ...EVERYWHERE }, 1e-3);
    expect(estimate).toBeCloseTo(data.improvement, 9);
  });
});

/** Scores of 26 tasks of very different levels. */
function atari(draws: Draws, runs: number, gain: number): readonly Group[] {
  return groupsOf(
    Array.from({ length: 26 }, (_, task) =>
      draws.sample(runs, () => Math.max(0, gain + task / 26 + 0.2 * (draws.uniform() - 0.5))),
    ),
  );
}

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  const levels = { support: alpha, refute: alpha / 2 };
  const above = (low: number) => ({ low, high: Number.POSITIVE_INFINITY });
  // Middle half of a law that is about uniform from gain to gain + 1: gain + 1/2; gap to 1: E max(0, 1 - x); share above 1.
  test.each([
    ["interquartile-mean", 0.3, above(0.55), above(1), above(0.79)],
    ["optimality-gap", 0.3, { low: 0, high: 0.4 }, { low: 0, high: 0.1 }, { low: 0, high: 0.25 }],
    ["share-above", 0.3, above(0.1), above(0.5), above(0.29)],
  ] as const)("the %s of 26 tasks of 10 runs is decided as it should be", (of, gain, region, wrong, close) => {
    const groups = atari(seededDraws(3), 10, gain);
    const states = [region, wrong, close].map(
      (asked) => decide(aggregateJudge, { ...questionOf(of), region: asked }, groups, levels).state,
    );
    expect(states).toEqual(["supported", "refuted", "inconclusive"]);
  });
});

test("too few scores bound no interquartile mean", () => {
  const groups = groupsOf([
    [0.1, 0.2, 0.3],
    [0.5, 0.6, 0.7],
  ]);
  const { low, high } = aggregateJudge.bounds(groups, questionOf("interquartile-mean"), 1e-3);
  expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
});

describe("each bound errs no more often than its level, of tasks that are solved or not, far apart or alike", () => {
  const [alpha, TRIALS, RUNS] = [0.05, 1500, 20];
  // Four tasks, each solved with its chance: the mixture has ones with the mean chance p, an interquartile mean of 2 (p - 1/4).
  test.each([
    [[0.4, 0.4, 0.4, 0.4], 0.4],
    [[0, 0, 1, 0.6], 0.4],
    [[0.1, 0.9, 0.5, 0.5], 0.5],
  ] as const)("chances %j", (chances, p) => {
    const truths = { "interquartile-mean": 2 * (p - 0.25), "optimality-gap": 1 - p, "share-above": p };
    const draws = seededDraws(8);
    const errors = { low: 0, high: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const groups = groupsOf(chances.map((chance) => draws.sample(RUNS, () => (draws.uniform() < chance ? 1 : 0))));
      const of = OF[trial % 3]!;
      const { low, high } = aggregateJudge.bounds(groups, questionOf(of, of === "share-above" ? 0.5 : 1), alpha);
      if (low > truths[of] + 1e-12) errors.low++;
      if (high < truths[of] - 1e-12) errors.high++;
    }
    expect(errors.low).toBeLessThan(mostEvents(TRIALS, alpha));
    expect(errors.high).toBeLessThan(mostEvents(TRIALS, alpha));
  });
});

test.each([
  [
    [[1, 2], [1]],
    "interquartile-mean",
    "aggregate requires as many scores of each task, got 2 of the first and 1 of task 2",
  ],
  [[[], []], "interquartile-mean", "aggregate requires scores of each task, got none"],
  [[[0.5, -1]], "optimality-gap", "aggregate requires scores in the declared range, from 0, got -1 at replicate 1"],
  [[[0.5, Number.NaN]], "share-above", "aggregate requires values with a rank, got NaN at replicate 1"],
] as const)("what cannot be judged is refused", (tasks, of, message) => {
  expect(() => aggregateJudge.bounds(groupsOf(tasks), questionOf(of), 1e-3)).toThrow(message);
});

test("plans for what it takes", () => {
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  for (const [of, value, low] of [
    ["interquartile-mean", 0.5, 0],
    ["share-above", 0.8, 0.6],
  ] as const) {
    const known = Array.from({ length: 5 }, () => ({ value, spread: 1, counts: 1 }));
    const question = { ...questionOf(of), region: { low, high: Number.POSITIVE_INFINITY }, known };
    const [needed] = aggregateJudge.needs([1, 1, 1, 1, 1], question, errors);
    const draws = seededDraws(13);
    const decided = Array.from({ length: 100 }, () => {
      const tasks = known.map(() =>
        of === "share-above"
          ? draws.sample(needed!, () => (draws.uniform() < value ? 2 : 0))
          : draws.normals(needed!).map((z) => z + value),
      );
      return decide(aggregateJudge, question, groupsOf(tasks), errors).state;
    });
    expect(decided.filter((state) => state === "supported").length).toBeGreaterThan(
      100 - mostEvents(100, errors.undecided),
    );
  }
});
