import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { Family } from "../../question.ts";
import type { Group } from "../judge.ts";
import { ratioJudge } from "./ratio-judge.ts";
import type { RatioQuestion } from "./ratio-question.ts";

interface OracleSet {
  readonly kind: RatioQuestion["of"];
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number | null, high: number | null])[];
}

const ORACLE = new URL("../../../../test/oracles/ratio.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };
const TAME: Family = { skewness: 0, excessKurtosis: 0 };

function asked(of: RatioQuestion["of"], more: Partial<RatioQuestion> = {}): RatioQuestion {
  return { statistic: "ratio", of, region: { low: 0.5, high: 2 }, rivals: [], ...more };
}

function group(values: readonly number[]): Group {
  return { columns: [Float64Array.from(values)] };
}

/** So many events in so many replicates, of which none has more than one where `most` is 1. */
function counts([events, count]: readonly number[], most: number): Group {
  const each = Math.ceil(events! / count!);
  const column = Array.from({ length: count! }, (_, i) => Math.max(0, Math.min(each, events! - i * each)));
  expect(Math.max(...column)).toBeLessThanOrEqual(most);
  return group(column);
}

function groupsOf({ kind, first, second }: OracleSet): readonly Group[] {
  if (kind === "proportion") return [counts(first, 1), counts(second, 1)];
  return kind === "rate" ? [counts(first, 1e9), counts(second, 1e9)] : [group(first), group(second)];
}

describe("as SciPy, statsmodels and searches through whole regions have it, of 24 data sets each", () => {
  test.each(["mean", "median", "proportion", "rate"] as const)("ratio of %ss", (of) => {
    const own = sets.filter(({ kind }) => kind === of);
    expect(own.length).toBeGreaterThanOrEqual(20);
    for (const each of own) {
      const question = asked(of, { families: [NORMAL, NORMAL] });
      for (const [alpha, low, high] of each.bounds) {
        const found = ratioJudge.bounds(groupsOf(each), question, alpha);
        expect(found.estimate).toBeCloseTo(each.estimate, 9);
        const theirs = [low ?? Number.NEGATIVE_INFINITY, high ?? Number.POSITIVE_INFINITY] as const;
        if (of === "mean" || of === "rate") {
          expect(relative(found.low, theirs[0])).toBeLessThan(1e-7);
          expect(relative(found.high, theirs[1])).toBeLessThan(1e-7);
        } else {
          // By duality the bound may lie beyond the region's own end, never within it; by a step of sixteen, which few ones make long.
          expect(found.low).toBeLessThanOrEqual(theirs[0] * (1 + 1e-9));
          expect(found.high).toBeGreaterThanOrEqual(theirs[1] * (1 - 1e-9));
          if (of === "proportion") {
            expect(Math.log(found.low / theirs[0])).toBeGreaterThan(0.2 * Math.log(theirs[0] / each.estimate) - 1e-9);
            if (high !== null) expect(Math.log(found.high / high)).toBeLessThan(0.2 * Math.log(high / each.estimate));
          }
        }
      }
    }
  });

  test("bounds under a declared kurtosis hold those of a normal law", () => {
    const [first, second] = [
      seededDraws(3)
        .normals(2000)
        .map((z) => 2 + 0.4 * z),
      seededDraws(4)
        .normals(2000)
        .map((z) => 1 + 0.2 * z),
    ];
    const groups = [{ columns: [first] }, { columns: [second] }];
    for (const alpha of [1e-3, 1e-5]) {
      const exact = ratioJudge.bounds(groups, asked("mean", { families: [NORMAL, NORMAL] }), alpha);
      const proved = ratioJudge.bounds(groups, asked("mean", { families: [TAME, TAME] }), alpha);
      expect(proved.low).toBeLessThan(exact.low);
      expect(proved.high).toBeGreaterThan(exact.high);
      expect((proved.high - proved.low) / (exact.high - exact.low)).toBeLessThan(1.5);
    }
  });
});

function relative(found: number, theirs: number): number {
  return found === theirs ? 0 : Math.abs(found / theirs - 1);
}

/** Two groups of which the ratio is `ratio`. */
type Draw = (draws: Draws, n: number, ratio: number) => readonly Float64Array[];

const normals: Draw = (draws, n, ratio) => [
  draws.normals(n).map((z) => ratio * (1 + 0.2 * z)),
  draws.normals(n).map((z) => 1 + 0.2 * z),
];
const exponentials: Draw = (draws, n, ratio) => [
  draws.sample(n, () => ratio * draws.exponential()),
  draws.sample(n, draws.exponential),
];
const skewedRight: Draw = (draws, n, ratio) =>
  [ratio, 1].map((r) => draws.sample(n, () => r * (1 + draws.exponential())));
const coins: Draw = (draws, n, ratio) =>
  [0.3 * ratio, 0.3].map((p) => draws.sample(n, () => (draws.uniform() < p ? 1 : 0)));
const beta: Draw = (draws, n, ratio) => [ratio, 1].map((r) => draws.sample(n, () => 0.5 * r * draws.uniform()));
const counted: Draw = (draws, n, ratio) => [ratio, 1].map((rate) => draws.sample(n, () => poisson(draws, 2 * rate)));

function poisson(draws: Draws, rate: number): number {
  let count = 0;
  for (let time = draws.exponential(); time < rate; time += draws.exponential()) count++;
  return count;
}

const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };
const CASES: readonly (readonly [string, RatioQuestion, Draw, few: number, many: number])[] = [
  ["means, normal by declaration", asked("mean", { families: [NORMAL, NORMAL] }), normals, 8, 400],
  ["means, of a declared kurtosis", asked("mean", { families: [EXPONENTIAL, EXPONENTIAL] }), skewedRight, 400, 6000],
  ["means within a range", asked("mean", { range: [0, 1] }), beta, 150, 2500],
  ["medians", asked("median"), exponentials, 40, 4000],
  ["proportions", asked("proportion"), coins, 60, 3000],
  ["rates", asked("rate"), counted, 20, 400],
];

describe.each(CASES)("ratio of %s", (name, question, draw, few, many) => {
  test.each([1e-3, 1e-5])(
    "decides what is true and what is false at %f, and not what so few values cannot tell",
    (alpha) => {
      const levels = { support: alpha, refute: alpha, undecided: 1e-2 };
      const draws = seededDraws(7);
      const state = (n: number, ratio: number, region: RatioQuestion["region"]) =>
        decide(ratioJudge, { ...question, region }, groupsFrom(draw(draws, n, ratio)), levels).state;
      expect(state(many, 1.5, { low: 1.2, high: 1.9 })).toBe("supported");
      expect(state(many, 1.5, { low: 1.2, high: Number.POSITIVE_INFINITY })).toBe("supported");
      expect(state(many, 1.5, { low: 2, high: 3 })).toBe("refuted");
      expect(state(many, 1.5, { low: 0, high: 1.1 })).toBe("refuted");
      expect(state(few, 1.5, { low: 1.48, high: 1.52 })).toBe("inconclusive");
      expect(state(many, 1.5, { low: 1.5, high: 3 })).toBe("inconclusive");
    },
  );

  test("misses on each side no more often than its level", () => {
    const dear = name.includes("kurtosis") || name.includes("range") || name.includes("proportions");
    const [trials, alpha] = [dear ? 300 : 1500, 0.02];
    const draws = seededDraws(11);
    let [above, below] = [0, 0];
    for (let trial = 0; trial < trials; trial++) {
      const { low, high } = ratioJudge.bounds(groupsFrom(draw(draws, few, 1.5)), question, alpha);
      if (low > 1.5) above++;
      if (high < 1.5) below++;
    }
    expect(above).toBeLessThan(mostEvents(trials, alpha));
    expect(below).toBeLessThan(mostEvents(trials, alpha));
    if (name.includes("normal by declaration")) expect(above + below).toBeGreaterThan(trials * alpha);
  });

  test("plans as many values as decide: at most one in ten samples of them stays undecided", () => {
    const known = [1.5, 1].map((value) => ({ value, spread: SPREADS[name]!, counts: 1 }));
    const levels = { support: 1e-3, refute: 1e-3, undecided: 0.1 };
    const planned: RatioQuestion = { ...question, region: { low: 1.1, high: Number.POSITIVE_INFINITY }, known };
    const [n] = ratioJudge.needs([1, 1], planned, levels);
    const draws = seededDraws(13);
    const states = Array.from(
      { length: 40 },
      () => decide(ratioJudge, planned, groupsFrom(draw(draws, n!, 1.5)), levels).state,
    );
    expect(states.filter((state) => state !== "supported").length).toBeLessThanOrEqual(12);
  });
});

/** Deviation of one value over its mean (medians: 1 / (sqrt(2 pi) median density)), as the draws have it. */
const SPREADS: Readonly<Record<string, number>> = {
  "means, normal by declaration": 0.2,
  "means, of a declared kurtosis": 0.5,
  "means within a range": Math.sqrt(1 / 3),
  // density of ln X at the median of an exponential law: ln 2 / 2
  medians: 2 / (Math.LN2 * Math.sqrt(2 * Math.PI)),
  proportions: Math.sqrt(0.7 / 0.3),
  rates: Math.SQRT1_2,
};

function groupsFrom(columns: readonly Float64Array[]): readonly Group[] {
  return columns.map((column) => ({ columns: [column] }));
}

describe("refuses, in a line", () => {
  const levels = { support: 1e-3, refute: 1e-3, undecided: 1e-2 };
  const normal = { families: [NORMAL, NORMAL] };
  const [ones, zeros] = [group([1, 1, 1]), group([0, 0, 0])];
  test.each<[string, RatioQuestion, readonly Group[]]>([
    ["ratio of means requires 2 groups, got 1", asked("mean", normal), [ones]],
    [
      "ratio of means requires declared bounds on skewness and kurtosis, one family a group (2), got none",
      asked("mean"),
      [group([1, 2]), group([1, 2])],
    ],
    [
      "ratio of means requires values in the declared range [0, 1], got 2 at replicate 1",
      asked("mean", { range: [0, 1] }),
      [group([1, 2]), group([1, 0])],
    ],
    ["ratio of medians requires values of at least 0, got -1", asked("median"), [group([3, -1]), ones]],
    ["ratio of proportions requires zeros and ones, got 2", asked("proportion"), [group([2]), ones]],
    ["ratio of rates requires whole numbers from 0 up, got 0.5 at replicate 1", asked("rate"), [group([1, 0.5]), ones]],
  ])("%s", (message, question, groups) => {
    expect(() => decide(ratioJudge, question, groups, levels)).toThrow(message);
  });

  test.each<[string, RatioQuestion, readonly Group[]]>([
    [
      "ratio of means requires a second mean above zero, got one that is below it",
      asked("mean", normal),
      [group([1, 2, 3]), group([-5, -5.1, -5.01, -5.02, -5.03, -5])],
    ],
    ["ratio of means requires values that vary, got only equal ones", asked("mean", normal), [ones, group([1, 2])]],
    ["ratio of medians requires medians that have a ratio, got 0 and 0", asked("median"), [zeros, zeros]],
    ["ratio of medians requires at least 12 values a group at level 0.001, got 3", asked("median"), [ones, ones]],
    ["ratio of proportions requires ones in a group, got none in either", asked("proportion"), [zeros, zeros]],
    ["ratio of rates requires events, got none", asked("rate"), [zeros, zeros]],
  ])("%s: undecided", (message, question, groups) => {
    expect(decide(ratioJudge, question, groups, levels)).toMatchObject({ state: "inconclusive", refused: message });
  });

  test("nothing is bounded where the second mean is not told from zero", () => {
    const { low, high } = ratioJudge.bounds([group([1, 2, 3]), group([-1, 1, 3])], asked("mean", normal), 1e-3);
    expect([low, high]).toEqual([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]);
  });
});
