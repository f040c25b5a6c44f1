import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { HazardRatioQuestion, Region } from "../../question.ts";
import { type Group, JudgeError } from "../judge.ts";
import { hazardRatioJudge } from "./hazard-ratio-judge.ts";

const EVERYWHERE = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Two groups of hazards `ratio` and 1 of a Weibull law, lost at exponential times; `step` rounds up to its multiples. */
function groupsOf(draws: Draws, ratio: number, count: number, step = 0): readonly Group[] {
  const rounded = (time: number) => (step === 0 ? time : Math.ceil(time / step) * step);
  return [ratio, 1].map((hazard): Group => {
    const columns = [new Float64Array(count), new Float64Array(count)] as const;
    for (let i = 0; i < count; i++) {
      const over = rounded(Math.sqrt(draws.exponential() / hazard));
      const until = rounded(2 * draws.exponential());
      columns[0][i] = Math.min(over, until);
      columns[1][i] = until < over ? 1 : 0;
    }
    return { columns };
  });
}

describe("a bound of the hazard ratio errs no more often than promised", () => {
  const ALPHA = 0.05;
  const TRIALS = 400;
  test.each([
    [1, 0],
    [3, 0],
    [0.4, 0.1],
    [1, 0.5],
  ])("at a ratio of %d, times in steps of %d", (ratio, step) => {
    const draws = seededDraws(3);
    let [low, high] = [0, 0];
    for (let trial = 0; trial < TRIALS; trial++) {
      const bounds = hazardRatioJudge.bounds(groupsOf(draws, ratio, 40, step), questionOf(EVERYWHERE), ALPHA);
      if (bounds.low > ratio) low++;
      if (bounds.high < ratio) high++;
    }
    expect(low).toBeLessThanOrEqual(mostEvents(TRIALS, ALPHA));
    expect(high).toBeLessThanOrEqual(mostEvents(TRIALS, ALPHA));
  });

  test("and would be caught if it were narrower: a third of its width errs often", () => {
    const draws = seededDraws(4);
    let wrong = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const bounds = hazardRatioJudge.bounds(groupsOf(draws, 1, 40), questionOf(EVERYWHERE), ALPHA);
      if (Math.cbrt(bounds.low * bounds.estimate ** 2) > 1) wrong++;
    }
    expect(wrong).toBeGreaterThan(mostEvents(TRIALS, ALPHA));
  });
});

describe.each([1e-3, 1e-5])("at level %s", (alpha) => {
  const groups = groupsOf(seededDraws(5), 2, 1500);
  test.each<readonly [string, Region, string]>([
    ["a true claim is supported", { low: 1.5, high: 2.7 }, "supported"],
    ["at least as large", { low: 1.4, high: Number.POSITIVE_INFINITY }, "supported"],
    ["a false one is refuted", { low: 0.5, high: 1.2 }, "refuted"],
    ["one closer than the values can tell is undecided", { low: 1.98, high: 2.02 }, "inconclusive"],
  ])("%s", (_, region, state) => {
    expect(decide(hazardRatioJudge, questionOf(region), groups, { support: alpha, refute: alpha }).state).toBe(state);
  });
});

test("as many as planning asks for are seldom undecided", () => {
  const errors = { support: 1e-5, refute: 1e-5, undecided: 0.02 };
  const known = [2, 2].map((value) => ({ value, spread: Math.sqrt(1.5), counts: 1 }));
  const question = { ...questionOf({ low: 1.2, high: Number.POSITIVE_INFINITY }), known };
  const [needed] = hazardRatioJudge.needs([1, 1], question, errors);
  const draws = seededDraws(6);
  let undecided = 0;
  for (let trial = 0; trial < 60; trial++) {
    if (decide(hazardRatioJudge, question, groupsOf(draws, 2, needed!), errors).state !== "supported") undecided++;
  }
  expect(needed).toBeGreaterThan(50);
  expect(undecided).toBeLessThanOrEqual(mostEvents(60, 0.02));
});

describe("what tells nothing", () => {
  test("a group without events has no bound on its side", () => {
    const never = { columns: [new Float64Array(30).fill(Number.POSITIVE_INFINITY), new Float64Array(30)] };
    const [some] = groupsOf(seededDraws(8), 1, 30);
    const { estimate, low, high } = hazardRatioJudge.bounds([never, some!], questionOf(EVERYWHERE), 0.01);
    expect([estimate, low]).toEqual([0, 0]);
    expect(high).toBeLessThan(1);
  });

  test.each<readonly [string, readonly Group[], RegExp]>([
    [
      "no events at all",
      [1, 1].map(() => ({ columns: [Float64Array.of(1, 2), Float64Array.of(1, 1)] })),
      /requires events, got none/,
    ],
    ["one group", groupsOf(seededDraws(9), 1, 5).slice(1), /requires 2 groups, got 1/],
  ])("%s is refused", (_, groups, message) => {
    expect(() => hazardRatioJudge.bounds(groups, questionOf(EVERYWHERE), 0.01)).toThrow(message);
    expect(() => hazardRatioJudge.bounds(groups, questionOf(EVERYWHERE), 0.01)).toThrow(JudgeError);
  });
});

function questionOf(region: Region): HazardRatioQuestion {
  return { statistic: "hazard-ratio", censored: true, region, rivals: [] };
}
