import { describe, expect, test } from "vitest";
import { decide } from "../statistics/decide.ts";
import { type Group, inWordsOf, JudgeError, RefusedSample } from "../statistics/judges/judge.ts";
import { ALL_KINDS, type AnyQuestion, kindOf } from "./kinds.ts";

/** How a refusal begins, by the judge's name in calibration: what an author wrote, without hyphens. */
const NAMES: { readonly [judge: string]: string } = {
  "mean difference of pairs": "paired difference",
  "ratio of the means of pairs": "paired ratio of means",
  "mean less a reported one": "mean less reported",
  "smallest step of means": "ordering",
  "smallest step of medians": "ordering",
  "violation of a trend of means": "monotone",
  "violation of a trend of medians": "monotone",
  "band of medians": "band",
  "band of a mean and a proportion": "band",
};

const alike = (value: number, count: number, columns: number): Group => ({
  columns: Array.from({ length: columns }, () => new Float64Array(count).fill(value)),
});

/** What a broken experiment or a slip in a claim may bring. */
const BROKEN: readonly (readonly [string, (groups: number, columns: number) => readonly Group[]])[] = [
  ["no group", () => []],
  ["a group too many", (groups, columns) => Array(groups + 1).fill(alike(1, 9, columns))],
  ["no values", (groups, columns) => Array(groups).fill(alike(1, 0, columns))],
  ["no columns", (groups) => Array(groups).fill({ columns: [] })],
  ["one value", (groups, columns) => Array(groups).fill(alike(1, 1, columns))],
  ["two values", (groups, columns) => Array(groups).fill(alike(1, 2, columns))],
  ["equal values", (groups, columns) => Array(groups).fill(alike(1, 200, columns))],
  ["zeros", (groups, columns) => Array(groups).fill(alike(0, 200, columns))],
  ["values below 0", (groups, columns) => Array(groups).fill(alike(-1.5, 200, columns))],
  ["no number", (groups, columns) => Array(groups).fill(alike(Number.NaN, 9, columns))],
  ["an infinite value", (groups, columns) => Array(groups).fill(alike(Number.POSITIVE_INFINITY, 9, columns))],
];

const CASES = ALL_KINDS.flatMap(({ statistic, synthetic }) =>
  synthetic.cases.map(({ judge, label, law, asks, truth, known = [{ value: truth, spread: 1, counts: 1 }] }) => {
    const region = { low: 0, high: 1 };
    const undeclared = { statistic, ...asks, region, rivals: [], known } as unknown as AnyQuestion;
    const families = known.map(() => ({ skewness: 0, excessKurtosis: 0 }));
    return [
      `${judge}, ${label ?? law.name}`,
      judge,
      [undeclared, { ...undeclared, families } as AnyQuestion],
      known.length,
    ] as const;
  }),
);

describe("a refusal begins with what its author asked for, whichever judge refuses", () => {
  test.each(CASES)("%s", (_, judge, questions, groups) => {
    const said = questions.flatMap((question) =>
      BROKEN.flatMap(([, broken]) => [1, 2].flatMap((columns) => refusalOf(question, broken(groups, columns)))),
    );
    expect(said.length).toBeGreaterThan(3);
    const name = NAMES[judge] ?? judge;
    expect(said.filter((message) => !new RegExp(`^${name} ([0-9.]+ )?requires `).test(message))).toEqual([]);
  });
});

test("a plan's refusal too, and one that names it already stays", () => {
  const asked = new JudgeError("planning of a variance requires 1 known groups, got 0");
  expect(inWordsOf("interquartile mean", asked).message).toBe(
    "planning of an interquartile mean requires 1 known groups, got 0",
  );
  const kept = new RefusedSample("quantile 0.9 requires at least 3 values");
  expect(inWordsOf("quantile", kept)).toBe(kept);
  expect(inWordsOf("median time", new RefusedSample("median requires at least 3 values"))).toBeInstanceOf(
    RefusedSample,
  );
});

/** What is said of the sample, nothing where it is judged. */
function refusalOf(question: AnyQuestion, groups: readonly Group[]): readonly string[] {
  try {
    const { refused } = decide(kindOf(question).judge, question, groups, { support: 1e-3, refute: 1e-3 });
    return refused === undefined ? [] : [refused];
  } catch (error) {
    if (error instanceof JudgeError) return [error.message];
    throw error;
  }
}
