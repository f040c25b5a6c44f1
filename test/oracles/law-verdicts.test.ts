import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { decide } from "../../src/statistics/decide.ts";
import type { Group, State } from "../../src/statistics/judges/judge.ts";
import { nearestOfFamily } from "../../src/statistics/judges/law/nearest-of-family.ts";
import { bandWidth, lawJudge } from "../../src/statistics/judges/law-judge.ts";
import { sameLawJudge } from "../../src/statistics/judges/same-law-judge.ts";
import { normalUpperTail } from "../../src/statistics/quantiles.ts";
import type { FittedLaw, GivenLaw, LawQuestion, SameLawQuestion } from "../../src/statistics/question.ts";

/** What `law-verdicts.py` beside it wrote. */
interface Verdicts {
  readonly distance: number;
  readonly widths: readonly (readonly [alpha: number, width: number])[];
  readonly verdicts: readonly (readonly [alpha: number, within: number, state: State])[];
}
interface Given extends Verdicts {
  readonly kind: "given";
  readonly law: keyof typeof DENSITIES;
  readonly weight: number;
  readonly at: number;
  readonly values: readonly number[];
}
interface Two extends Verdicts {
  readonly kind: "two";
  readonly first: readonly number[];
  readonly second: readonly number[];
  readonly alike: number;
}
interface Far {
  readonly kind: "far";
  readonly family: FittedLaw["family"];
  readonly values: readonly number[];
  readonly nearest: number;
}

const DENSITIES = {
  normal: (x: number) => normalUpperTail(-x),
  exponential: (x: number) => (x > 0 ? -Math.expm1(-x) : 0),
  laplace: (x: number) => (x < 0 ? Math.exp(x) / 2 : 1 - Math.exp(-x) / 2),
};

const { sets } = JSON.parse(readFileSync(new URL("law-verdicts.json", import.meta.url), "utf8")) as {
  readonly sets: readonly (Given | Two | Far)[];
};
const given = sets.filter((set) => set.kind === "given");
const two = sets.filter((set) => set.kind === "two");
const far = sets.filter((set) => set.kind === "far");
const LEVELS = [1e-3, 1e-5];

test("there are 24 data sets of each", () =>
  expect([given, two, far].map(({ length }) => length)).toEqual([24, 24, 24]));

function lawOf({ law, weight, at }: Given): GivenLaw {
  const rest = (x: number) => (1 - weight) * DENSITIES[law](x);
  return {
    name: "given",
    words: `${weight} at ${at}, else ${law}`,
    upTo: (x) => (x >= at ? weight : 0) + rest(x),
    below: (x) => (x > at ? weight : 0) + rest(x),
    over: [-20, 20],
  };
}

const column = (values: readonly number[]): Group => ({ columns: [Float64Array.from(values)] });
const repeated = (counts: readonly number[]) =>
  column(counts.flatMap((count, value) => Array<number>(count).fill(value)));

/** The question with a region, judged at both levels. */
type Judged = (alpha: number, within: number) => State;
const ofGiven = (set: Given): Judged => {
  const groups = [column(set.values)];
  return (alpha, within) => {
    const question: LawQuestion = { statistic: "law", law: lawOf(set), region: { low: 0, high: within }, rivals: [] };
    return decide(lawJudge, question, groups, { support: alpha, refute: alpha }).state;
  };
};
const ofTwo = (set: Two): Judged => {
  const groups = [repeated(set.first), repeated(set.second)];
  return (alpha, within) => {
    const question: SameLawQuestion = { statistic: "same-law", region: { low: 0, high: within }, rivals: [] };
    return decide(sameLawJudge, question, groups, { support: alpha, refute: alpha }).state;
  };
};

describe.each([
  ["one sample beside a given law with an atom", given.map((set) => [set, ofGiven(set)] as const)],
  ["two samples of few values", two.map((set) => [set, ofTwo(set)] as const)],
] as const)("%s", (_, judged) => {
  test.each(LEVELS)("at %d no verdict is other than SciPy's, and it decides nearly all that SciPy does", (alpha) => {
    const found = { supported: 0, refuted: 0, inconclusive: 0 };
    let missed = 0;
    for (const [{ verdicts }, stateAt] of judged) {
      for (const [level, within, theirs] of verdicts) {
        if (level !== alpha) continue;
        const ours = stateAt(alpha, within);
        if (ours === "inconclusive" && theirs !== ours) missed++;
        else expect(ours).toBe(theirs);
        found[ours]++;
      }
    }
    expect(Math.min(...Object.values(found))).toBeGreaterThanOrEqual(20);
    expect(missed).toBeLessThanOrEqual(2);
  });
});

test.each(given.map((set, i) => [i, set] as const))(
  "the distance of set %d to a given law is SciPy's, and the band no narrower than the exact one, nor a twentieth wider",
  (_, set) => {
    const question: LawQuestion = { statistic: "law", law: lawOf(set), region: { low: 0, high: 1 }, rivals: [] };
    expect(lawJudge.bounds([column(set.values)], question, 1e-3).estimate).toBeCloseTo(set.distance, 9);
    for (const [alpha, width] of set.widths) {
      const ratio = bandWidth(alpha, set.values.length) / width;
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThan(1.05);
    }
  },
);

test.each(two.map((set, i) => [i, set] as const))(
  "two samples of set %d are as far apart as SciPy says, and said to differ only where its exact test does",
  (_, { first, second, distance, alike }) => {
    const question: SameLawQuestion = { statistic: "same-law", region: { low: 0, high: 1 }, rivals: [] };
    for (const alpha of LEVELS) {
      const { estimate, low } = sameLawJudge.bounds([repeated(first), repeated(second)], question, alpha);
      expect(estimate).toBeCloseTo(distance, 12);
      if (low > 0) expect(alike).toBeLessThanOrEqual(alpha);
    }
  },
);

describe("where every law of a family is far", () => {
  const TOLERANCE = 0.002;
  test.each(far.map((set, i) => [`${i}, ${set.family}`, set] as const))(
    "the bound on set %s is below the nearest that SciPy finds, and nearly there",
    (_, { family, values, nearest }) => {
      const { atLeast } = nearestOfFamily({ name: "fitted", family }, Float64Array.from(values).sort(), TOLERANCE);
      expect(atLeast).toBeLessThanOrEqual(nearest + 1e-9);
      expect(atLeast).toBeGreaterThan(nearest - 0.05);
    },
  );

  test("it is beyond a quarter for most of them", () => {
    const bounds = far.map(
      ({ family, values }) =>
        nearestOfFamily({ name: "fitted", family }, Float64Array.from(values).sort(), TOLERANCE).atLeast,
    );
    expect(bounds.filter((bound) => bound > 0.26).length).toBeGreaterThanOrEqual(15);
  });
});

describe("of zeros and ones, by the chances of all counts", () => {
  /** Chances of 0 to n ones. */
  const binomial = (n: number, p: number) => {
    const chances = [(1 - p) ** n];
    for (let k = 1; k <= n; k++) chances.push((chances[k - 1]! * (n - k + 1) * p) / (k * (1 - p)));
    return chances;
  };
  const zerosAndOnes = (n: number, ones: number) => column(Array.from({ length: n }, (_, i) => (i < ones ? 1 : 0)));

  test.each(LEVELS)("each bound on two samples errs no more often than %d", (alpha) => {
    const [n, m] = [90, 110];
    const question: SameLawQuestion = { statistic: "same-law", region: { low: 0, high: 1 }, rivals: [] };
    const found = Array.from({ length: n + 1 }, (_, i) =>
      Array.from({ length: m + 1 }, (_, j) =>
        sameLawJudge.bounds([zerosAndOnes(n, i), zerosAndOnes(m, j)], question, alpha),
      ),
    );
    for (const [p, q] of [
      [0.5, 0.5],
      [0.1, 0.1],
      [0.2, 0.6],
      [0.05, 0.5],
    ] as const) {
      const [first, second] = [binomial(n, p), binomial(m, q)];
      let [low, high] = [0, 0];
      found.forEach((row, i) => {
        row.forEach((bounds, j) => {
          if (bounds.low > Math.abs(p - q)) low += first[i]! * second[j]!;
          if (bounds.high < Math.abs(p - q)) high += first[i]! * second[j]!;
        });
      });
      expect(low).toBeLessThanOrEqual(alpha);
      expect(high).toBeLessThanOrEqual(alpha);
      expect(low).toBeGreaterThan(0);
    }
  });

  test.each(LEVELS)(
    "each bound on one beside a given coin errs no more often than %d, and the lower one does err",
    (alpha) => {
      const n = 300;
      for (const [p, claimed] of [
        [0.5, 0.5],
        [0.5, 0.2],
        [0.03, 0.03],
      ] as const) {
        const law: GivenLaw = {
          name: "given",
          words: "a coin",
          upTo: (x) => (x < 0 ? 0 : x < 1 ? 1 - claimed : 1),
          below: (x) => (x <= 0 ? 0 : x <= 1 ? 1 - claimed : 1),
          over: [-1, 2],
        };
        const question: LawQuestion = { statistic: "law", law, region: { low: 0, high: 1 }, rivals: [] };
        let [low, high] = [0, 0];
        binomial(n, p).forEach((chance, ones) => {
          const found = lawJudge.bounds([zerosAndOnes(n, ones)], question, alpha);
          if (found.low > Math.abs(p - claimed)) low += chance;
          if (found.high < Math.abs(p - claimed)) high += chance;
        });
        expect(low).toBeLessThanOrEqual(alpha);
        expect(high).toBeLessThanOrEqual(alpha);
        expect(low).toBeGreaterThan(0);
      }
    },
  );
});
