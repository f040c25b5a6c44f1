import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../decide.ts";
import type { Family, VarianceQuestion } from "../question.ts";
import type { Group, State } from "./judge.ts";
import { varianceJudge } from "./variance-judge.ts";

const NORMAL: Family = { skewness: 0, excessKurtosis: 0 };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

function asked(family?: Family): VarianceQuestion {
  return {
    statistic: "variance",
    region: { low: 0.9, high: 1.1 },
    rivals: [],
    ...(family ? { families: [family] } : {}),
  };
}

function boundsOf(values: Float64Array, alpha: number, family: Family) {
  const groups: readonly Group[] = [{ columns: [values] }];
  return varianceJudge.bounds(groups, asked(family), alpha);
}

describe("each bound misses the variance at most as often as stated", () => {
  test.each<[string, Family, number, number, number, (draws: Draws, n: number) => Float64Array]>([
    ["normal", NORMAL, 1, 100, 3_000, (draws, n) => draws.normals(n)],
    ["exponential", EXPONENTIAL, 1, 800, 3_000, (draws, n) => draws.sample(n, draws.exponential)],
    [
      "uniform",
      { skewness: 0, excessKurtosis: -1.2 },
      1 / 12,
      100,
      10_000,
      (draws, n) => draws.sample(n, draws.uniform),
    ],
  ])("%s", (_name, family, variance, count, trials, draw) => {
    const draws = seededDraws(7);
    let below = 0;
    let above = 0;
    for (let trial = 0; trial < trials; trial++) {
      const values = draw(draws, count);
      const wide = boundsOf(values, 1e-2, family);
      if (wide.low > variance) below++;
      if (wide.high < variance) above++;
    }
    expect(below).toBeLessThan(mostEvents(trials, 1e-2));
    expect(above).toBeLessThan(mostEvents(trials, 1e-2));
  });
});

test("the upper bound holds at level 1e-5 for normal values, by sampling under a smaller variance", () => {
  // Tilt: draws of variance q, weighted by q^(n/2) exp((1/q - 1) sum x^2 / 2); q is where the bound is just missed.
  const alpha = 1e-5;
  const count = 400;
  const q = 1 / 1.62;
  const draws = seededDraws(8);
  const trials = 4000;
  let weight = 0;
  let missed = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values = draws.normals(count).map((x) => x * Math.sqrt(q));
    if (boundsOf(values, alpha, NORMAL).high >= 1) continue;
    missed++;
    const squares = values.reduce((sum, x) => sum + x * x, 0);
    weight += Math.exp((count / 2) * Math.log(q) + ((1 / q - 1) * squares) / 2);
  }
  // The tilt is a good one where both outcomes are common.
  expect(missed).toBeGreaterThan(trials / 20);
  expect(weight / trials).toBeLessThan(alpha);
  expect(weight / trials).toBeGreaterThan(alpha / 1000);
});

test("bounds follow scales and ignore shifts", () => {
  const values = seededDraws(9).normals(500);
  const found = boundsOf(values, 1e-3, NORMAL);
  const scaled = boundsOf(
    values.map((x) => 7 - 2 * x),
    1e-3,
    NORMAL,
  );
  for (const key of ["estimate", "low", "high"] as const) expect(scaled[key] / found[key]).toBeCloseTo(4, 10);
  expect(scaled.spread[0]).toBeCloseTo(2 * found.spread[0]!, 10);
  expect(found.spread[0]).toBeCloseTo(Math.sqrt(found.estimate), 12);
});

test("intervals shrink as the root of n and widen as alpha falls and the family grows", () => {
  const values = seededDraws(10).normals(1_000_000);
  const width = (count: number, alpha: number, family: Family): number => {
    const { low, high } = boundsOf(values.subarray(0, count), alpha, family);
    return high - low;
  };
  expect(width(1e4, 1e-5, NORMAL) / width(1e6, 1e-5, NORMAL) / 10).toBeCloseTo(1, 0);
  expect(width(2000, 1e-6, NORMAL)).toBeGreaterThan(width(2000, 1e-5, NORMAL));
  expect(width(2000, 1e-5, EXPONENTIAL)).toBeGreaterThan(width(2000, 1e-5, NORMAL));
});

test("too few values have no upper bound, and are no error", () => {
  const found = boundsOf(seededDraws(11).normals(30), 1e-7, NORMAL);
  expect(found.high).toBe(Number.POSITIVE_INFINITY);
  expect(found.low).toBeGreaterThan(0);
});

test("the judge refuses what it does not guarantee", () => {
  const few: readonly Group[] = [{ columns: [seededDraws(11).normals(100)] }];
  expect(() => varianceJudge.bounds(few, asked(), 1e-2)).toThrow("declared bounds on skewness and kurtosis");
  expect(() => boundsOf(Float64Array.of(1), 1e-2, NORMAL)).toThrow("at least two values a group, got 1");
  expect(() => boundsOf(Float64Array.of(1, Number.NaN), 1e-2, NORMAL)).toThrow("got NaN at replicate 1");
  expect(() => boundsOf(new Float64Array(9), 1e-2, NORMAL)).toThrow("values that vary");
});

/** What `single.py` has of normal values: chi-square bounds, and what chi-square tests say of "at most" five bounds. */
interface OracleSet {
  readonly kind: string;
  readonly values: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number, high: number])[];
  readonly atMost: readonly (readonly [alpha: number, bound: number, state: State])[];
}

const ORACLE = new URL("../../../test/oracles/single.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };
const own = sets.filter(({ kind }) => kind === "variance");
const NEGATED: { readonly [S in State]: State } = {
  supported: "refuted",
  refuted: "supported",
  inconclusive: "inconclusive",
};

describe("beside SciPy's chi-square, which knows that the law is normal", () => {
  test("are 24 data sets", () => expect(own).toHaveLength(24));

  test.each(own.map((set, i) => [i, set] as const))(
    "the bounds of set %d hold its own",
    (_, { values, estimate, bounds }) => {
      for (const [alpha, low, high] of bounds) {
        const found = boundsOf(Float64Array.from(values), alpha, NORMAL);
        expect(found.estimate / estimate).toBeCloseTo(1, 9);
        expect(found.low).toBeLessThan(low);
        expect(found.high).toBeGreaterThan(high);
      }
    },
  );

  test.each([1e-2, 1e-3, 1e-5])(
    "at %d every verdict on at most and at least is its own, and only near ones stay open",
    (alpha) => {
      const states: State[] = [];
      for (const { values, atMost } of own) {
        const groups = [{ columns: [Float64Array.from(values)] }];
        for (const [level, bound, theirs] of atMost) {
          if (level !== alpha) continue;
          const stateOf = (region: VarianceQuestion["region"]) =>
            decide(varianceJudge, { ...asked(NORMAL), region }, groups, { support: alpha, refute: alpha }).state;
          const most = stateOf({ low: Number.NEGATIVE_INFINITY, high: bound });
          expect(stateOf({ low: bound, high: Number.POSITIVE_INFINITY })).toBe(NEGATED[most]);
          if (most !== "inconclusive") expect(most).toBe(theirs);
          states.push(most);
        }
      }
      for (const state of ["supported", "refuted", "inconclusive"] as const)
        expect(states.filter((found) => found === state).length).toBeGreaterThanOrEqual(20);
    },
  );
});
