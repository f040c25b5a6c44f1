import fc from "fast-check";
import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/profiles.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { openStream } from "../../../numerics/random.ts";
import { synthesise } from "../../../predictions/synthesise.ts";
import { decide } from "../../decide.ts";
import type { ProfileQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { profileJudge } from "./profile-judge.ts";

const groupsOf = (tasks: readonly (readonly number[] | Float64Array)[]): readonly Group[] =>
  tasks.map((scores) => ({ columns: [Float64Array.from(scores)] }));

function questionOf(band: Pick<ProfileQuestion, "thresholds" | "lower" | "upper">): ProfileQuestion {
  return { statistic: "performance-profile", ...band, region: { low: Number.NEGATIVE_INFINITY, high: 0 }, rivals: [] };
}

const BAND = { thresholds: [0.25, 0.5, 0.75], lower: [0.6, 0.35, 0.1], upper: [0.9, 0.65, 0.4] };

describe(`against rliable ${oracle.madeBy.rliable}, and verdicts by SciPy ${oracle.madeBy.scipy}`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))("data set %i", (_, data) => {
    const groups = groupsOf(data.scores);
    data.thresholds.forEach((threshold, at) => {
      // the share itself: how far it lies beyond a band that ends at one half
      const asked = questionOf({ thresholds: [threshold], lower: [0], upper: [0.5] });
      data.alphas.forEach((alpha, level) => {
        const { estimate, low, high } = profileJudge.bounds(groups, asked, alpha);
        const found = [estimate + 0.5, low + 0.5, high + 0.5];
        const exact = [data.profile[at]!, ...data.bounds[level]![at]!];
        for (const [i, value] of found.entries()) expect(value).toBeCloseTo(exact[i]!, 9);
      });
    });
    const decided = data.bands.map(({ name, lower, upper }) => ({
      name,
      states: data.alphas.map((alpha) => {
        const levels = { support: alpha, refute: alpha / 2 };
        return decide(profileJudge, questionOf({ thresholds: data.thresholds, lower, upper }), groups, levels).state;
      }),
    }));
    expect(decided).toEqual(data.bands.map(({ name, states }) => ({ name, states })));
    expect(decided).toEqual([
      { name: "true", states: ["supported", "supported"] },
      { name: "true below", states: ["supported", "supported"] },
      { name: "false", states: ["refuted", "refuted"] },
      { name: "false at one threshold", states: ["refuted", "refuted"] },
      { name: "too narrow", states: ["inconclusive", "inconclusive"] },
    ]);
  });
});

test("the estimate is the largest distance beyond the band of the curve over all scores, thresholds between which it falls included", () => {
  const scores = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 4, maxLength: 4 });
  const band = { thresholds: [0, 2, 4], lower: [0.5, 0.3, 0.1], upper: [0.9, 0.7, 0.2] };
  // at least the lower bound of the next threshold, at most the upper bound of the one before
  const edgesAt = (x: number) => ({
    lower: band.lower[band.thresholds.findIndex((threshold) => threshold >= x)] ?? 0,
    upper: band.upper[band.thresholds.findLastIndex((threshold) => threshold <= x)] ?? 1,
  });
  fc.assert(
    fc.property(fc.array(scores, { minLength: 1, maxLength: 3 }), (tasks) => {
      const all = tasks.flat();
      const everywhere = Array.from({ length: 17 }, (_, i) => -2 + i / 2).flatMap((x) => {
        const share = all.filter((score) => score > x).length / all.length;
        const { lower, upper } = edgesAt(x);
        return [...(lower > 0 ? [lower - share] : []), ...(upper < 1 ? [share - upper] : [])];
      });
      const { estimate } = profileJudge.bounds(groupsOf(tasks), questionOf(band), 1e-3);
      expect(estimate).toBeCloseTo(Math.max(...everywhere), 12);
    }),
  );
});

test("support is no harder for more thresholds, refutation takes a part of the level for each", () => {
  const draws = seededDraws(5);
  const groups = groupsOf([0, 1].map(() => draws.sample(40, draws.uniform)));
  const many = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
  const wide = (thresholds: readonly number[]) =>
    questionOf({ thresholds, lower: thresholds.map(() => 0), upper: thresholds.map((x) => Math.min(0.99, 1.4 - x)) });
  const [one, all] = [[0.5], many].map((thresholds) => profileJudge.bounds(groups, wide(thresholds), 1e-3));
  const alone = many.map((threshold) => profileJudge.bounds(groups, wide([threshold]), 1e-3).high);
  expect(all!.high).toBe(Math.max(...alone));
  const own = all!.parts!.find(({ label }) => label.startsWith("above 0.5 "))!;
  expect(own.estimate).toBe(one!.estimate);
  expect(own.low).toBeLessThan(one!.low);
});

test("of many thresholds those are listed that come nearest to leaving the band, in order", () => {
  const draws = seededDraws(5);
  const thresholds = Array.from({ length: 40 }, (_, i) => i / 40);
  const question = questionOf({
    thresholds,
    lower: thresholds.map((x) => Math.max(0, 0.7 - x)),
    upper: thresholds.map(() => 1),
  });
  const { parts, estimate } = profileJudge.bounds(groupsOf([draws.sample(60, draws.uniform)]), question, 1e-3);
  expect(parts).toHaveLength(8);
  expect(parts!.some((part) => part.estimate === estimate)).toBe(true);
  const places = parts!.map(({ label }) => Number(/^above ([\d.]+) at least/.exec(label)![1]));
  expect(places).toEqual([...places].sort((a, b) => a - b));
});

test("ties at a threshold are not above it, and infinite scores have a place", () => {
  const question = questionOf({ thresholds: [1], lower: [0], upper: [0.5] });
  const { estimate } = profileJudge.bounds(
    groupsOf([[1, 1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]]),
    question,
    1e-3,
  );
  expect(estimate).toBe(0.25 - 0.5);
});

describe("each bound errs no more often than its level, of tasks that are solved or not, far apart or alike", () => {
  const [alpha, TRIALS, RUNS] = [0.05, 1500, 20];
  const question = questionOf({ thresholds: [0, 1], lower: [0.3, 0], upper: [1, 0.45] });
  // Scores of 0, 1 and 2: above 0 with the first chance, above 1 with the second.
  test.each([
    [
      [
        [0.3, 0.1],
        [0.3, 0.1],
        [0.3, 0.1],
      ],
    ],
    [
      [
        [0, 0],
        [0.9, 0.9],
        [0.9, 0.45],
      ],
    ],
    [
      [
        [1, 1],
        [0, 0],
        [0.35, 0.35],
      ],
    ],
  ] as const)("chances %j", (chances) => {
    const mean = (at: 0 | 1) => chances.reduce((sum, own) => sum + own[at], 0) / chances.length;
    const truth = Math.max(0.3 - mean(0), mean(1) - 0.45);
    const draws = seededDraws(8);
    const errors = { low: 0, high: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const groups = groupsOf(
        chances.map(([above, far]) =>
          draws.sample(RUNS, () => {
            const u = draws.uniform();
            return u < far ? 2 : u < above ? 1 : 0;
          }),
        ),
      );
      const { low, high } = profileJudge.bounds(groups, question, alpha);
      if (low > truth + 1e-12) errors.low++;
      if (high < truth - 1e-12) errors.high++;
    }
    expect(errors.low).toBeLessThan(mostEvents(TRIALS, alpha));
    expect(errors.high).toBeLessThan(mostEvents(TRIALS, alpha));
  });
});

test.each([
  [[[1, 2], [1]], "performance profile requires as many scores of each task, got 2 of the first and 1 of task 2"],
  [[[], []], "performance profile requires scores of each task, got none"],
  [[], "performance profile requires groups, got none"],
  [[[0.5, Number.NaN]], "performance profile requires values with a rank, got NaN at replicate 1"],
] as const)("what cannot be judged is refused", (tasks, message) => {
  expect(() => profileJudge.bounds(groupsOf(tasks), questionOf(BAND), 1e-3)).toThrow(message);
});

test("a band that asks for nothing is refused", () => {
  const question = questionOf({ thresholds: [1], lower: [0], upper: [1] });
  expect(() => profileJudge.bounds(groupsOf([[1, 2]]), question, 1e-3)).toThrow(
    "performance profile requires a bound at some threshold, got none",
  );
});

describe("plans", () => {
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const knowing = (value: number, tasks = 5): ProfileQuestion => ({
    ...questionOf(BAND),
    known: Array.from({ length: tasks }, () => ({ value, spread: 1, counts: 1 })),
  });

  test.each([
    [-0.1, "supported"],
    [0.15, "refuted"],
  ] as const)("for what it takes of a profile %d beyond its band, which is %s", (value, state) => {
    const question = knowing(value);
    const needed = profileJudge.needs([1, 1, 1, 1, 1], question, errors);
    const decided = Array.from({ length: 200 }, (_, trial) => {
      const groups = synthesise(question, value, needed, openStream([1, 2, 3, 4], trial, 0));
      return decide(profileJudge, question, groups, errors).state;
    });
    expect(decided.filter((one) => one === state).length).toBeGreaterThan(200 - mostEvents(200, errors.undecided));
    // about two thirds of them are too few: a plan that asked for far too many would not be seen else
    const fewer = needed.map((n) => Math.floor(0.6 * n));
    const missed = Array.from({ length: 200 }, (_, trial) => {
      const groups = synthesise(question, value, fewer, openStream([1, 2, 3, 4], trial, 0));
      return decide(profileJudge, question, groups, errors).state;
    });
    expect(missed.filter((one) => one !== state).length).toBeGreaterThan(mostEvents(200, errors.undecided));
  });

  test("more tasks need fewer runs of each, and what is seen narrows with them", () => {
    const [few] = profileJudge.needs([1, 1, 1, 1, 1], knowing(-0.1), errors);
    const [many] = profileJudge.needs(Array(20).fill(1), knowing(-0.1, 20), errors);
    // as many in all, but for the rounding of runs
    expect(Math.abs(20 * many! - 5 * few!)).toBeLessThanOrEqual(20);
    const seen = [20, 80].map((n) => profileJudge.detects(Array(5).fill(n), knowing(-0.1), errors));
    expect(seen[0]! / seen[1]!).toBeGreaterThan(1.8);
    expect(seen[0]! / seen[1]!).toBeLessThan(2.2);
  });

  test.each([
    [-0.2, "a known distance that shares from 0 to 1 can have, at least -0.1, got -0.2"],
    [0.95, "a known distance that shares from 0 to 1 can have, at most 0.9, got 0.95"],
  ])("a profile that cannot lie %d beyond its band is refused", (value, message) => {
    const wide = { ...knowing(value), lower: [0.9, 0.35, 0.1], upper: [1, 0.65, 0.4] };
    expect(() => profileJudge.needs([1, 1, 1, 1, 1], wide, errors)).toThrow(
      `planning of a performance profile requires ${message}`,
    );
  });
});
