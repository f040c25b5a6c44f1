import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { FALSE_ALARM } from "../../../src/calibration/rate.ts";
import { ALL_KINDS, type AnyQuestion, kindOf } from "../../../src/predictions/kinds.ts";
import { decide } from "../../../src/statistics/decide.ts";
import type { Bounds, Group, Judge, State } from "../../../src/statistics/judges/judge.ts";
import { largestCount } from "../../../src/statistics/largest-count.ts";
import type { Region } from "../../../src/statistics/question.ts";
import { drawn, type Recipe } from "./drawn.ts";

/*
 * Each kind of prediction beside another program, on 24 data sets a case at two levels: with as many values as its plan asks for it supports
 * what is true, refutes what is false, and leaves open what lies on an edge or is closer than the values can tell.
 */

type Interval = readonly [alpha: number, low: number | null, high: number | null];

/** What `verdicts.py` beside it wrote. */
interface Case {
  readonly name: string;
  readonly question: Omit<AnyQuestion, "region" | "rivals" | "known">;
  readonly truth: number;
  readonly known: readonly (readonly [value: number, spread: number])[];
  readonly groups: readonly (readonly Recipe[])[];
  readonly count: number;
  readonly relation: "same" | "wider" | "wider on average";
  readonly digits: number;
  readonly sets: readonly {
    readonly key: number;
    readonly sum: number;
    readonly estimate: number;
    readonly bounds: readonly Interval[];
  }[];
}

const { cases } = JSON.parse(readFileSync(new URL("verdicts.json", import.meta.url), "utf8")) as {
  readonly cases: readonly Case[];
};
const LEVELS = [1e-3, 1e-5];
const UNDECIDED = 0.01;

test("every kind whose verdict has a level is tried, each on at least 20 data sets", () => {
  const tried = new Set(cases.map(({ question }) => question.statistic));
  const told = ALL_KINDS.filter(({ answer }) => answer !== "discrepancy").map(({ statistic }) => statistic);
  expect([...tried].sort()).toEqual(told.sort());
  for (const { sets } of cases) expect(sets.length).toBeGreaterThanOrEqual(20);
});

describe.each(cases.map((each) => [each.name, each] as const))("%s", (_, each) => {
  const samples = each.sets.map((set) => ({ ...set, groups: groupsOf(each, set.key) }));
  const judge = remembering(kindOf(asked(each)).judge);

  test("is of the same data as the other program", () => {
    for (const { groups, sum } of samples) expect(Math.round(1e4 * sumOf(groups))).toBe(sum);
  });

  test.each(LEVELS)("at %d its estimate is the other program's, and its bounds are or hold them", (alpha) => {
    const further = { below: 0, above: 0 };
    for (const { groups, estimate, bounds } of samples) {
      const found = judge.bounds(groups, asked(each), alpha);
      const [low, high] = intervalAt(bounds, alpha);
      expect(found.estimate).toBeCloseTo(estimate, each.digits);
      if (each.relation === "same") {
        expect(relative(found.low, low)).toBeLessThan(1e-6);
        expect(relative(found.high, high)).toBeLessThan(1e-6);
      } else if (each.relation === "wider") {
        expect(found.low).toBeLessThanOrEqual(low + 1e-9);
        expect(found.high).toBeGreaterThanOrEqual(high - 1e-9);
      } else {
        further.below += low - found.low;
        further.above += found.high - high;
      }
    }
    expect(further.below).toBeGreaterThanOrEqual(0);
    expect(further.above).toBeGreaterThanOrEqual(0);
  });

  describe.each(LEVELS)("at %d", (alpha) => {
    const levels = { support: alpha, refute: alpha, undecided: UNDECIDED };
    const within = judge.detects(
      each.groups.map(() => each.count),
      asked(each, around(each.truth, 1)),
      levels,
    );
    const states = (region: Region) =>
      samples.map(({ groups, bounds }) => {
        const ours = decide(judge, asked(each, region), groups, levels).state;
        const theirs = stateOf(intervalAt(bounds, alpha), region);
        if (ours !== "inconclusive") expect(theirs).toBe(ours);
        return ours;
      });
    const others = (found: readonly State[], wanted: State) => found.filter((state) => state !== wanted).length;

    test("what its plan says it tells is supported where true and refuted where false, by the other program too", () => {
      const most = largestCount(samples.length, UNDECIDED, FALSE_ALARM);
      expect(others(states(around(each.truth, within)), "supported")).toBeLessThanOrEqual(most);
      for (const region of beyond(each, within)) {
        expect(others(states(region), "refuted")).toBeLessThanOrEqual(most);
      }
    });

    test("the plan of that region asks for as many values, but for whole ranks, which make it jump by up to three", () => {
      // a hair more, which rounding may take
      const region = around(each.truth, (1 + 1e-9) * within);
      const one = each.groups.map(() => 1);
      const [needed] = judge.needs(one, asked(each, region), levels);
      expect(needed!).toBeLessThanOrEqual(each.count + 3);
      expect(needed!).toBeGreaterThan(0.9 * each.count);
    });

    test("what lies on an edge, or is closer than so many values can tell, stays open", () => {
      for (const region of [...beyond(each, 0), around(each.truth, within / 20)]) {
        const most = largestCount(samples.length, 2 * alpha, FALSE_ALARM);
        expect(others(states(region), "inconclusive")).toBeLessThanOrEqual(most);
      }
    });
  });
});

function asked({ question, known }: Case, region: Region = around(0, 1)): AnyQuestion {
  const groups = known.map(([value, spread]) => ({ value, spread, counts: 1 }));
  return { ...question, region, rivals: [], known: groups } as unknown as AnyQuestion;
}

function groupsOf({ groups, count }: Case, key: number): readonly Group[] {
  return groups.map((recipes) => ({ columns: recipes.map((recipe) => drawn(recipe, key, count)) }));
}

function sumOf(groups: readonly Group[]): number {
  return groups.flatMap(({ columns }) => columns).reduce((sum, column) => sum + column.reduce((a, b) => a + b, 0), 0);
}

function around(truth: number, within: number): Region {
  return { low: truth - within, high: truth + within };
}

/** Half-lines that begin so far from the truth. */
function beyond({ truth }: Case, within: number): readonly Region[] {
  return [
    { low: truth + within, high: Number.POSITIVE_INFINITY },
    { low: Number.NEGATIVE_INFINITY, high: truth - within },
  ];
}

function intervalAt(bounds: readonly Interval[], alpha: number): readonly [low: number, high: number] {
  const [, low, high] = bounds.find(([level]) => level === alpha)!;
  return [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY];
}

function stateOf([low, high]: readonly [number, number], region: Region): State {
  if (low >= region.low && high <= region.high) return "supported";
  return low > region.high || high < region.low ? "refuted" : "inconclusive";
}

function relative(found: number, theirs: number): number {
  return found === theirs ? 0 : Math.abs(found - theirs) / Math.max(1e-3, Math.abs(theirs));
}

/** The same judge, whose bounds of the same groups are computed once a level. */
function remembering<Q extends AnyQuestion>(judge: Judge<Q>): Judge<Q> {
  const known = new Map<readonly Group[], Map<number, Bounds>>();
  return {
    ...judge,
    bounds: (groups, question, alpha) => {
      const own = known.get(groups) ?? new Map<number, Bounds>();
      known.set(groups, own);
      const found = own.get(alpha) ?? judge.bounds(groups, question, alpha);
      own.set(alpha, found);
      return found;
    },
  };
}
