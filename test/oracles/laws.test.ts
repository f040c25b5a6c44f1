import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { nearestOfFamily } from "../../src/statistics/judges/law/nearest-of-family.ts";
import { lawJudge } from "../../src/statistics/judges/law-judge.ts";
import { sameLawJudge } from "../../src/statistics/judges/same-law-judge.ts";
import type { FittedLaw, LawQuestion } from "../../src/statistics/question.ts";

/** What `laws.py` beside it wrote. */
interface Found {
  readonly fitted: readonly {
    readonly family: FittedLaw["family"];
    readonly values: readonly number[];
    readonly nearest: number;
  }[];
  readonly given: readonly {
    readonly law: keyof typeof GIVEN;
    readonly over: readonly [number, number];
    readonly values: readonly number[];
    readonly distance: number;
  }[];
  readonly discrete: readonly {
    readonly at: readonly number[];
    readonly chances: readonly number[];
    readonly values: readonly number[];
    readonly distance: number;
  }[];
  readonly pairs: readonly {
    readonly first: readonly number[];
    readonly second: readonly number[];
    readonly distance: number;
  }[];
}

const GIVEN = {
  cauchy: (x: number) => 0.5 + Math.atan(x) / Math.PI,
  uniform: (x: number) => Math.min(1, Math.max(0, x)),
  exponential: (x: number) => (x > 0 ? 1 - Math.exp(-x) : 0),
  logistic: (x: number) => 1 / (1 + Math.exp(-x)),
};

const { fitted, given, discrete, pairs } = JSON.parse(
  readFileSync(new URL("laws.json", import.meta.url), "utf8"),
) as Found;
const open = { region: { low: 0, high: 1 }, rivals: [] };
const distance = (law: LawQuestion["law"], values: readonly number[]) =>
  lawJudge.bounds([{ columns: [Float64Array.from(values)] }], { statistic: "law", law, ...open }, 1e-3).estimate;

describe("SciPy", () => {
  test.each(given.map((set, i) => [`${i}, ${set.law}`, set] as const))(
    "is as far from a given law on set %s",
    (_, { law, over, values, distance: theirs }) =>
      expect(distance({ name: "given", words: law, upTo: GIVEN[law], over }, values)).toBeCloseTo(theirs, 10),
  );

  test.each(discrete.map((set, i) => [i, set] as const))(
    "is as far from a law of values and chances on set %d",
    (_, { at, chances, values, distance: theirs }) =>
      expect(distance({ name: "discrete", at, chances }, values)).toBeCloseTo(theirs, 10),
  );

  test.each(pairs.map((set, i) => [i, set] as const))(
    "finds two samples with ties as far apart on set %d",
    (_, { first, second, distance: theirs }) => {
      const groups = [first, second].map((values) => ({ columns: [Float64Array.from(values)] }));
      expect(sameLawJudge.bounds(groups, { statistic: "same-law", ...open }, 1e-3).estimate).toBeCloseTo(theirs, 10);
    },
  );

  const TOLERANCE = 0.002;
  test.each(fitted.map((set, i) => [`${i}, ${set.family}`, set] as const))(
    "finds no law of a family nearer than the bound, nor one much nearer than ours, on set %s",
    (_, { family, values, nearest }) => {
      const sorted = Float64Array.from(values).sort();
      const { atLeast } = nearestOfFamily({ name: "fitted", family }, sorted, TOLERANCE);
      expect(atLeast).toBeLessThanOrEqual(nearest + 1e-9);
      // What lies between two of the points that bounds are taken at.
      expect(atLeast).toBeGreaterThan(nearest - 2 * TOLERANCE - 2 / 128);
      expect(distance({ name: "fitted", family }, values)).toBeLessThan(nearest + 0.01);
    },
  );
});
