import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Group } from "../../src/statistics/judges/judge.ts";
import { hazardRatioJudge } from "../../src/statistics/judges/survival/hazard-ratio-judge.ts";
import { survivalJudge } from "../../src/statistics/judges/survival/survival-judge.ts";
import type { SurvivalQuestion } from "../../src/statistics/question.ts";

interface Times {
  readonly times: readonly number[];
  readonly censored: readonly number[];
}

/** What `survival.py` beside it wrote. */
interface Found {
  readonly alpha: number;
  readonly curves: readonly (Times & {
    readonly law: string;
    readonly at: number;
    readonly left: number;
    readonly leftByStatsmodels: number;
    readonly interval: readonly [number, number];
    readonly median: number | null;
    readonly restrictedMean: number;
  })[];
  readonly ratios: readonly {
    readonly law: string;
    readonly groups: readonly [Times, Times];
    readonly logRatio: number;
    readonly interval: readonly [number, number];
  }[];
}

const { alpha, curves, ratios } = JSON.parse(readFileSync(new URL("survival.json", import.meta.url), "utf8")) as Found;
const open = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };

describe("of times lost at random, lifelines and statsmodels", () => {
  test.each(curves.map((one, i) => [`${i}, ${one.law}`, one] as const))("agree on set %s", (_, set) => {
    const bounds = (of: SurvivalQuestion["of"]) =>
      survivalJudge.bounds(
        [groupOf(set)],
        { statistic: "survival", of, censored: true, limit: set.at, ...open },
        alpha,
      );
    const left = bounds("fraction-left");
    expect(left.estimate).toBeCloseTo(set.left, 9);
    expect(left.estimate).toBeCloseTo(set.leftByStatsmodels, 9);
    // Theirs holds for many values, by the normal law; ours for any number, and so is the wider one.
    expect(left.low).toBeLessThan(set.interval[0]);
    expect(left.high).toBeGreaterThan(set.interval[1]);
    expect(bounds("median-time").estimate).toBe(set.median ?? Number.POSITIVE_INFINITY);
    expect(bounds("restricted-mean-time").estimate).toBeCloseTo(set.restrictedMean, 9);
  });
});

describe("of hazards of two groups, lifelines", () => {
  test.each(ratios.map((one, i) => [`${i}, ${one.law}`, one] as const))("agrees on set %s", (_, set) => {
    const { estimate, low, high } = hazardRatioJudge.bounds(
      set.groups.map(groupOf),
      { statistic: "hazard-ratio", censored: true, ...open },
      alpha,
    );
    // Theirs stops climbing a little before the top.
    expect(Math.log(estimate)).toBeCloseTo(set.logRatio, 4);
    expect(Math.log(low)).toBeLessThan(set.interval[0]);
    expect(Math.log(high)).toBeGreaterThan(set.interval[1]);
  });
});

function groupOf({ times, censored }: Times): Group {
  return { columns: [Float64Array.from(times), Float64Array.from(censored)] };
}
