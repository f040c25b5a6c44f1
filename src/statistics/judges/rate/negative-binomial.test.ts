import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { type AnyQuestion, kindOf } from "../../../predictions/kinds.ts";
import { dispersionAt } from "../../../predictions/rate/dispersion.ts";
import { ratio } from "../../../predictions/ratio/kind.ts";
import { decide } from "../../decide.ts";
import type { Region } from "../../question.ts";
import type { Group } from "../judge.ts";
import { atLeast, atMost, totalLaw } from "./count-law.ts";

interface OracleSet {
  readonly kind: "rate" | "ratio";
  readonly dispersion: number;
  readonly first: readonly number[];
  readonly second?: readonly number[];
  readonly estimate: number;
  readonly bounds: readonly (readonly [alpha: number, low: number, high: number | null])[];
}

const ORACLE = new URL("../../../../test/oracles/negative-binomial.json", import.meta.url);
const { sets } = JSON.parse(readFileSync(ORACLE, "utf8")) as { readonly sets: readonly OracleSet[] };

function asked(kind: OracleSet["kind"], dispersion: number, region: Region = { low: 0, high: 1 }): AnyQuestion {
  const shared = { dispersion, region, rivals: [] };
  return kind === "rate" ? { statistic: "rate", ...shared } : { statistic: "ratio", of: "rate", ...shared };
}

const judgeOf = (question: AnyQuestion) => kindOf(question).judge;
const groupsOf = (...columns: readonly Iterable<number>[]): readonly Group[] =>
  columns.map((column) => ({ columns: [Float64Array.from(column)] }));

describe("as SciPy has it, of 24 data sets each", () => {
  const own = (kind: OracleSet["kind"]) => sets.filter((each) => each.kind === kind);

  test("the bounds of a rate", () => {
    expect(own("rate").length).toBeGreaterThanOrEqual(20);
    for (const { dispersion, first, estimate, bounds } of own("rate")) {
      const question = asked("rate", dispersion);
      for (const [alpha, low, high] of bounds) {
        const found = judgeOf(question).bounds(groupsOf(first), question, alpha);
        expect(found.estimate).toBeCloseTo(estimate, 12);
        expect(Math.abs(found.low - low)).toBeLessThanOrEqual(1e-8 * low);
        expect(Math.abs(found.high / high! - 1)).toBeLessThan(1e-8);
      }
    }
  });

  test("the bounds of a ratio hold those of the joint region, and are wider by no more than a step of sixteen", () => {
    expect(own("ratio").length).toBeGreaterThanOrEqual(20);
    for (const { dispersion, first, second, estimate, bounds } of own("ratio")) {
      const question = asked("ratio", dispersion);
      for (const [alpha, low, high] of bounds) {
        const found = judgeOf(question).bounds(groupsOf(first, second!), question, alpha);
        expect(found.estimate).toBeCloseTo(estimate, 9);
        const most = high ?? Number.POSITIVE_INFINITY;
        expect(found.low).toBeLessThanOrEqual(low * (1 + 1e-6));
        expect(found.high).toBeGreaterThanOrEqual(most * (1 - 1e-6));
        if (low > 0) expect(Math.log(found.low / low)).toBeGreaterThan(0.2 * Math.log(low / estimate) - 1e-6);
        if (high !== null) expect(Math.log(found.high / high)).toBeLessThan(0.2 * Math.log(high / estimate) + 1e-6);
      }
    }
  });
});

test.each([
  [1, 1],
  [5, 4],
  [30, 0.5],
])("the tails of %d counts of dispersion %f are the sums of their chances", (count, dispersion) => {
  const [law, mean] = [totalLaw(count, dispersion), 7.5];
  const chances = Array.from({ length: 2000 }, (_, k) => law.chance(k, mean));
  const sum = (values: readonly number[]) => values.reduceRight((total, value) => total + value, 0);
  expect(sum(chances)).toBeCloseTo(1, 10);
  expect(sum(chances.map((chance, k) => k * chance))).toBeCloseTo(mean, 8);
  expect(sum(chances.map((chance, k) => (k - mean) ** 2 * chance))).toBeCloseTo(
    mean + (mean ** 2 * dispersion) / count,
    6,
  );
  for (const k of [0, 3, 7]) expect(atMost(law, k, mean)).toBeCloseTo(sum(chances.slice(0, k + 1)), 12);
  for (const k of [8, 12, 40]) expect(atLeast(law, k, mean)).toBeCloseTo(sum(chances.slice(k)), 12);
});

test.each([0.05, 1e-3, 1e-5])(
  "from as many counts as the dispersion, smaller dispersions have the shorter tails at %f",
  (alpha) => {
    let worst = 0;
    for (const [count, dispersion] of [
      [2, 2],
      [8, 4],
      [20, 0.5],
    ] as const) {
      const law = totalLaw(count, dispersion);
      for (const mean of [0.3, 2, 10, 60]) {
        let most = Math.ceil(mean);
        while (atLeast(law, most, mean) > alpha) most++;
        let least = Math.floor(mean);
        while (least >= 0 && atMost(law, least, mean) > alpha) least--;
        for (const part of [0, 0.01, 0.2, 0.5, 0.9]) {
          const tamer = totalLaw(count, part * dispersion);
          worst = Math.max(worst, atLeast(tamer, most, mean) / alpha);
          if (least >= 0) worst = Math.max(worst, atMost(tamer, least, mean) / alpha);
        }
      }
    }
    expect(worst).toBeLessThanOrEqual(1);
    expect(worst).toBeGreaterThan(0.5);
  },
);

/** Of mean `rate` and dispersion 1 / 2: Poisson of the mean of two exponential rates. */
function count(draws: Draws, rate: number): number {
  const own = (rate * (draws.exponential() + draws.exponential())) / 2;
  let events = 0;
  for (let time = draws.exponential(); time < own; time += draws.exponential()) events++;
  return events;
}

const rates = (draws: Draws, n: number, first: number) => groupsOf(draws.sample(n, () => count(draws, first)));
const CASES = [
  ["rate", rates, 25, 2500],
  [
    "ratio",
    (draws: Draws, n: number, first: number) => [...rates(draws, n, 2 * first), ...rates(draws, n, 2)],
    25,
    3000,
  ],
] as const;

describe.each(CASES)("a %s of counts of dispersion 1/2", (kind, draw, few, many) => {
  test.each([1e-3, 1e-5])("decides what is true and what is false at %f, and not what so few cannot tell", (alpha) => {
    const levels = { support: alpha, refute: alpha };
    const draws = seededDraws(27);
    const state = (n: number, low: number, high: number) => {
      const question = asked(kind, 0.5, { low, high });
      return decide(judgeOf(question), question, draw(draws, n, 1.5), levels).state;
    };
    expect(state(many, 1.1, 2)).toBe("supported");
    expect(state(many, 1.1, Number.POSITIVE_INFINITY)).toBe("supported");
    expect(state(many, 2, 3)).toBe("refuted");
    expect(state(many, 0, 1.1)).toBe("refuted");
    expect(state(few, 1.45, 1.55)).toBe("inconclusive");
    expect(state(many, 1.5, 3)).toBe("inconclusive");
  });

  test("misses on each side no more often than its level, where bounds of Poisson counts miss far more often", () => {
    const [trials, alpha] = [kind === "rate" ? 2000 : 300, 0.02];
    const missed = (question: AnyQuestion) => {
      const draws = seededDraws(29);
      let [above, below] = [0, 0];
      for (let trial = 0; trial < trials; trial++) {
        const { low, high } = judgeOf(question).bounds(draw(draws, few, 1.5), question, alpha);
        if (low > 1.5) above++;
        if (high < 1.5) below++;
      }
      return { above, below };
    };
    const { above, below } = missed(asked(kind, 0.5));
    expect(Math.max(above, below)).toBeLessThan(mostEvents(trials, alpha));
    if (kind === "rate") expect(above + below).toBeGreaterThan(0.6 * trials * alpha);
    const { dispersion: _, ...poisson } = { ...asked(kind, 0.5), dispersion: 0 };
    const wrong = missed(poisson as AnyQuestion);
    expect(wrong.above + wrong.below).toBeGreaterThan(2 * mostEvents(trials, alpha));
  });

  test("plans as many counts as decide, but for about one sample in ten", () => {
    const second = Math.sqrt(1 / 2 + 1 / 2);
    const known = [1.5, 1].map((value) => ({ value, spread: second, counts: 1 }));
    const levels = { support: 1e-3, refute: 1e-3, undecided: 0.1 };
    const question = {
      ...asked(kind, 0.5, { low: 1.1, high: Number.POSITIVE_INFINITY }),
      known: kind === "rate" ? known.slice(0, 1) : known,
    } as AnyQuestion;
    const [n] = judgeOf(question).needs(kind === "rate" ? [1] : [1, 1], question, levels);
    const draws = seededDraws(31);
    const open = Array.from(
      { length: 60 },
      () => decide(judgeOf(question), question, draw(draws, n!, 1.5), levels).state,
    ).filter((state) => state !== "supported");
    expect(open.length).toBeLessThan(mostEvents(60, 0.1));
    expect(n).toBeLessThan(1500);
  });
});

describe("refuses in a line", () => {
  const levels = { support: 1e-3, refute: 1e-3 };
  const few = groupsOf([1, 2, 3]);

  test.each([
    ["rate requires at least as many counts a group as their dispersion, 4, got 3", asked("rate", 4), few],
    [
      "ratio of rates requires at least as many counts a group as their dispersion, 4, got 3",
      asked("ratio", 4),
      [...few, ...few],
    ],
  ] as const)("%s: undecided", (refused, question, groups) => {
    expect(decide(judgeOf(question), question, groups, levels)).toMatchObject({ state: "inconclusive", refused });
    const known = groups.map(() => ({ value: 2, spread: 3, counts: 1 }));
    const planned = { ...question, known, region: { low: 0, high: 10 } } as AnyQuestion;
    const sizes = groups.map(() => 3);
    expect(judgeOf(planned).detects(sizes, planned, { ...levels, undecided: 0.1 })).toBe(Number.POSITIVE_INFINITY);
  });

  test("a plan whose counts would vary less than their dispersion says", () => {
    const known = [1, 1].map((value) => ({ value, spread: 0.5, counts: 1 }));
    const question = { ...asked("ratio", 0.5), known } as AnyQuestion;
    expect(() => judgeOf(question).detects([50, 50], question, { ...levels, undecided: 0.1 })).toThrow(
      "planning of a ratio of rates requires a known spread over the mean above 0.707",
    );
  });

  test.each([0, -1])("a dispersion of %d", (dispersion) => {
    expect(() => dispersionAt({ of: "spikes", dispersion }, { depth: 2 })).toThrow(
      `the dispersion of spikes at depth 2 is ${dispersion}, a positive number is required, or none for Poisson counts`,
    );
  });

  test("a dispersion of what is not counted", () => {
    const prediction = { says: "at-most", statistic: "ratio-of-means", of: "x", bound: 1, because: "a", dispersion: 1 };
    expect(() =>
      ratio.question(
        prediction as never,
        { region: { low: 0, high: 1 }, rivals: [] },
        {
          cells: [{ depth: 1 }],
          horizon: 9,
          ranges: [],
        },
      ),
    ).toThrow("a dispersion is declared of counts, whose statistic is ratio-of-rates, got ratio-of-means");
  });
});
