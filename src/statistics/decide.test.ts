import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../calibration/synthetic/seeded-draws.ts";
import { decide } from "./decide.ts";
import { type Group, JudgeError } from "./judges/judge.ts";
import { meanJudge } from "./judges/mean-judge.ts";
import type { MeanQuestion, Region } from "./question.ts";

const LEVELS = { support: 1e-2, refute: 1e-3, undecided: 1e-2 };
const VALUES = seededDraws(20).normals(1000);
const GROUPS: readonly Group[] = [{ columns: [VALUES] }];

const NORMAL = { skewness: 0, excessKurtosis: 0, law: "normal" } as const;

function mean(region: Region, rivals: readonly number[] = []): MeanQuestion {
  return { statistic: "mean", region, rivals, families: [{ skewness: 0, excessKurtosis: 0 }] };
}

const { low, high } = meanJudge.bounds(GROUPS, mean({ low: -1, high: 1 }), LEVELS.support);
const refute = meanJudge.bounds(GROUPS, mean({ low: -1, high: 1 }), LEVELS.refute);

describe("the state follows from the bounds and the closed region", () => {
  test.each<[string, Region, string]>([
    ["inside", { low: -1, high: 1 }, "supported"],
    ["filling the region exactly", { low, high }, "supported"],
    ["one-sided, at most", { low: Number.NEGATIVE_INFINITY, high }, "supported"],
    ["one-sided, at least", { low, high: Number.POSITIVE_INFINITY }, "supported"],
    ["over the upper edge", { low: -1, high: (low + high) / 2 }, "inconclusive"],
    ["over the lower edge", { low: (low + high) / 2, high: 1 }, "inconclusive"],
    [
      "inside the bounds of a too narrow region",
      { low: low / 2 + high / 2, high: high / 1.1 + low * 0.0909 },
      "inconclusive",
    ],
    ["beyond the upper edge at the level of support only", { low: -2, high: (low + refute.low) / 2 }, "inconclusive"],
    ["beyond the upper edge", { low: -2, high: refute.low - 1e-9 }, "refuted"],
    ["beyond the lower edge", { low: refute.high + 1e-9, high: Number.POSITIVE_INFINITY }, "refuted"],
  ])("%s", (_name, region, state) => {
    expect(decide(meanJudge, mean(region), GROUPS, LEVELS).state).toBe(state);
  });
});

test("the finding carries the bounds at the level of support", () => {
  const found = decide(meanJudge, mean({ low: -1, high: 1 }, [2]), GROUPS, LEVELS);
  expect(found).toMatchObject({ low, high, replicates: 1000 });
  expect(found.low).toBeLessThan(found.estimate);
  expect(found.spread[0]).toBeCloseTo(1, 0);
});

test("a mean just outside its region is supported, and one just inside refuted, at most as often as the levels say", () => {
  const draws = seededDraws(21);
  const trials = 4000;
  let supported = 0;
  let refuted = 0;
  // Student's levels are exact: the others are proved bounds, which are seldom reached.
  const exact = (region: Region): MeanQuestion => ({ ...mean(region), families: [NORMAL] });
  for (let trial = 0; trial < trials; trial++) {
    const groups = [{ columns: [draws.normals(60)] }];
    if (decide(meanJudge, exact({ low: -5, high: -1e-9 }), groups, LEVELS).state === "supported") supported++;
    if (decide(meanJudge, exact({ low: -5, high: 0 }), groups, LEVELS).state === "refuted") refuted++;
  }
  expect(supported).toBeLessThan(mostEvents(trials, LEVELS.support));
  expect(supported).toBeGreaterThan((trials * LEVELS.support) / 3);
  expect(refuted).toBeLessThan(mostEvents(trials, LEVELS.refute));
});

test("a group without values leaves it undecided, for that reason", () => {
  const found = decide(meanJudge, mean({ low: -1, high: 1 }), [{ columns: [] }], LEVELS);
  expect(found).toMatchObject({
    state: "inconclusive",
    refused: "mean requires values in every group, got none in group 0",
  });
});

test("samples that contradict their declared family leave it undecided, for that reason, although the interval lies inside", () => {
  const draws = seededDraws(22);
  // squares of normals: a skewness of 2.8 and an excess kurtosis of 12
  const skewed = [{ columns: [draws.normals(4000).map((z) => z * z)] }];
  const question = { ...mean({ low: -5, high: 5 }), families: [NORMAL] };
  expect(decide(meanJudge, question, skewed, { support: 1e-2, refute: 1e-3 }).state).toBe("supported");
  const found = decide(meanJudge, question, skewed, LEVELS);
  expect(found).toMatchObject({ state: "inconclusive" });
  expect(found.refused).toMatch(/skewness|kurtosis/);
});

describe("decide refuses", () => {
  const inside = mean({ low: -1, high: 1 });
  const nan = VALUES.slice();
  nan[17] = Number.NaN;
  test.each<[string, MeanQuestion, readonly Group[], string]>([
    ["a rival inside", mean({ low: -1, high: 1 }, [3, 0.5]), GROUPS, "rivals outside the region [-1, 1], got 0.5"],
    ["a rival on the edge", mean({ low: -1, high: 1 }, [1]), GROUPS, "got 1"],
    ["a rival that is NaN", mean({ low: -1, high: 1 }, [Number.NaN]), GROUPS, "got NaN"],
    ["a region that is turned round", mean({ low: 1, high: -1 }), GROUPS, "region from low to high, got [1, -1]"],
    ["a region with NaN", mean({ low: Number.NaN, high: 1 }), GROUPS, "got [NaN, 1]"],
    ["no group", inside, [], "at least one group, got none"],
    ["NaN", inside, [{ columns: [nan] }], "NaN at index 17 of column 0 in group 0"],
    [
      "columns of two lengths",
      inside,
      [{ columns: [VALUES, nan.slice(1)] }],
      "one length, got 1000 and 999 in group 0",
    ],
  ])("%s", (_name, question, groups, message) => {
    expect(() => decide(meanJudge, question, groups, LEVELS)).toThrow(JudgeError);
    expect(() => decide(meanJudge, question, groups, LEVELS)).toThrow(message);
  });
});
