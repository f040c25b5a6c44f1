import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/ordering.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { ComparedArms, Family, MonotoneQuestion, OrderingQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { monotoneJudge } from "./monotone-judge.ts";
import { orderingJudge } from "./ordering-judge.ts";

const EVERYWHERE = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const NORMAL: Family = { skewness: 0, excessKurtosis: 0, law: "normal" };

type Asks = Partial<ComparedArms> & Pick<ComparedArms, "through">;
const namesOf = (count: number) => Array.from({ length: count }, (_, i) => `arm ${i + 1}`);
const ranking = (count: number, asks: Asks): OrderingQuestion => ({
  ...asks,
  statistic: "ordering",
  ...EVERYWHERE,
  names: namesOf(count),
  pairs: Array.from({ length: count - 1 }, (_, i) => [i + 1, i] as const),
});
const trend = (count: number, asks: Asks): MonotoneQuestion => ({
  ...asks,
  statistic: "monotone",
  order: "ascending",
  ...EVERYWHERE,
  names: namesOf(count),
});
const groupsOf = (columns: readonly (readonly number[] | Float64Array)[]): readonly Group[] =>
  columns.map((values) => ({ columns: [Float64Array.from(values)] }));
const normals = (seed: number, count: number, places: readonly number[], spread = 1) => {
  const draws = seededDraws(seed);
  return groupsOf(places.map((place) => draws.normals(count).map((z) => place + spread * z)));
};

describe(`of arms declared normal all is as by SciPy ${oracle.versions.scipy}'s t intervals`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))(
    "data set %i",
    (_, { arms, ranking: ranked, best, violation }) => {
      const asks = { through: "mean", families: arms.map(() => NORMAL) } as const;
      const star = { ...ranking(arms.length, asks), pairs: arms.slice(1).map((_, i) => [arms.length - 1, i] as const) };
      const groups = groupsOf(arms);
      for (const [level, alpha] of oracle.levels.entries()) {
        for (const [found, said] of [
          [orderingJudge.bounds(groups, ranking(arms.length, asks), alpha), ranked],
          [orderingJudge.bounds(groups, star, alpha), best],
          [monotoneJudge.bounds(groups, trend(arms.length, asks), alpha), violation],
        ] as const) {
          expect(found.estimate).toBeCloseTo(said.estimate, 9);
          expect(found.low).toBeCloseTo(said.bounds[level]!.low, 6);
          expect(found.high).toBeCloseTo(said.bounds[level]!.high, 6);
        }
      }
    },
  );
});

test("levels of that oracle are those that verdicts have", () => expect(oracle.levels).toEqual([1e-3, 1e-5]));
const WAYS: readonly (readonly [string, (count: number) => Asks])[] = [
  ["medians", () => ({ through: "median" })],
  [
    "means of declared families",
    (count) => ({ through: "mean", families: Array(count).fill({ skewness: 0.5, excessKurtosis: 1 }) }),
  ],
  ["means within a range", () => ({ through: "mean", range: [-10, 20] })],
];

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  const levels = { support: alpha, refute: alpha / 2 };
  const positive = { low: 0, high: Number.POSITIVE_INFINITY };
  const within = { low: 0, high: 0.5 };

  test.each(WAYS)("a ranking by %s is supported, refuted and left open as it should be", (_, asks) => {
    const stateOf = (places: readonly number[], count = 600) => {
      const question = { ...ranking(places.length, asks(places.length)), region: positive };
      return decide(orderingJudge, question, normals(3, count, places), levels).state;
    };
    expect(stateOf([0, 1, 2, 4])).toBe("supported");
    expect(stateOf([0, 1, 3, 2])).toBe("refuted");
    expect(stateOf([0, 1, 1.01, 2])).toBe("inconclusive");
  });

  test.each(WAYS)("a trend of %s is supported, refuted and left open as it should be", (_, asks) => {
    const stateOf = (places: readonly number[]) => {
      const question = { ...trend(places.length, asks(places.length)), region: within };
      return decide(monotoneJudge, question, normals(4, 1000, places), levels).state;
    };
    expect(stateOf([0, 1, 1, 2])).toBe("supported");
    expect(stateOf([0, 2, 1.6, 0.8])).toBe("refuted");
    expect(stateOf([0, 1, 0.5, 2])).toBe("inconclusive");
  });
});

test("the steps that could not be told are named, with bounds that hold together", () => {
  const { parts } = orderingJudge.bounds(normals(5, 400, [0, 2, 2, 4]), ranking(4, { through: "median" }), 1e-3);
  expect(parts!.map(({ label }) => label)).toEqual(["arm 2 less arm 1", "arm 3 less arm 2", "arm 4 less arm 3"]);
  expect(parts!.map(({ low }) => low > 0)).toEqual([true, false, true]);
});

test("a descending trend is an ascending one of the reversed arms, and slow drifts add up over many", () => {
  const places = [0, -0.2, -0.4, -0.6, -0.8];
  const groups = normals(6, 800, places);
  const up = monotoneJudge.bounds(groups, trend(5, { through: "median" }), 1e-3);
  const down = monotoneJudge.bounds(
    [...groups].reverse(),
    { ...trend(5, { through: "median" }), order: "descending" },
    1e-3,
  );
  expect([down.estimate, down.low, down.high]).toEqual([up.estimate, up.low, up.high]);
  expect(up.low).toBeGreaterThan(0.2);
  expect(up.parts!.map(({ label }) => label)).toContain("arm 1 less arm 5");
});

describe("each bound errs no more often than its level", () => {
  const [alpha, TRIALS] = [0.05, 250];
  const places = [0, 0, 0, 5];
  test.each(WAYS.filter(([name]) => name !== "means of declared families"))(
    "%s: ties in a ranking, a flat trend",
    (_, asks) => {
      let [low, high, violated] = [0, 0, 0];
      for (let trial = 0; trial < TRIALS; trial++) {
        const groups = normals(1000 + trial, 40, places);
        const ranked = orderingJudge.bounds(groups, ranking(4, asks(4)), alpha);
        if (ranked.low > 0) low++;
        if (ranked.high < 0) high++;
        if (monotoneJudge.bounds(groups, trend(4, asks(4)), alpha).low > 0) violated++;
      }
      for (const errors of [low, high, violated]) expect(errors).toBeLessThan(mostEvents(TRIALS, alpha));
    },
  );

  test("with one step far smaller than the others the lower bound is that step's own, and errs about as often as it may", () => {
    let low = 0;
    const families = [NORMAL, NORMAL, NORMAL];
    for (let trial = 0; trial < 4000; trial++) {
      const groups = normals(9000 + trial, 12, [0, 0.3, 50]);
      if (orderingJudge.bounds(groups, ranking(3, { through: "mean", families }), alpha).low > 0.3) low++;
    }
    expect(low).toBeLessThan(mostEvents(4000, alpha));
    expect(low).toBeGreaterThan(4000 * alpha - 5 * Math.sqrt(4000 * alpha));
  });
});

test.each([
  [ranking(2, { through: "mean" }), /requires declared bounds on skewness and kurtosis/],
  [ranking(3, { through: "median" }), /ordering requires 3 groups, got 2/],
  [
    ranking(2, { through: "mean", range: [0, 1] }),
    /ordering requires values in the declared range \[0, 1\], got 3 at replicate 2/,
  ],
])("what cannot be judged is refused", (question, message) => {
  expect(() =>
    orderingJudge.bounds(
      groupsOf([
        [0, 1, 3],
        [1, 2, 3],
      ]),
      question,
      1e-3,
    ),
  ).toThrow(message);
});

test("plans for what it takes", () => {
  const known = [0, 1, 2].map((value) => ({ value, spread: 1, counts: 1 }));
  const question = { ...ranking(3, { through: "median" }), region: { low: 0, high: Number.POSITIVE_INFINITY }, known };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = orderingJudge.needs([1, 1, 1], question, errors);
  const states = Array.from(
    { length: 100 },
    (_, i) => decide(orderingJudge, question, normals(400 + i, needed!, [0, 1, 2]), errors).state,
  );
  expect(states.filter((state) => state === "supported").length).toBeGreaterThan(
    100 - mostEvents(100, errors.undecided),
  );
  const flat = {
    ...trend(3, { through: "median" }),
    region: { low: 0, high: 0.5 },
    known: known.map((one) => ({ ...one, value: 0 })),
  };
  const [enough] = monotoneJudge.needs([1, 1, 1], flat, errors);
  const trends = Array.from(
    { length: 60 },
    (_, i) => decide(monotoneJudge, flat, normals(600 + i, enough!, [0, 0, 0]), errors).state,
  );
  expect(trends.filter((state) => state === "supported").length).toBeGreaterThan(60 - mostEvents(60, errors.undecided));
});

describe("the plan of an order", () => {
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const at = (places: readonly number[], spreads: readonly number[]) => ({
    ...ranking(3, { through: "median" }),
    region: { low: 0, high: Number.POSITIVE_INFINITY },
    known: places.map((value, arm) => ({ value, spread: spreads[arm]!, counts: 1 })),
  });

  test("asks of a wide arm no more than its own large step needs", () => {
    const near = orderingJudge.needs([1, 1, 1], at([0, 0.4, 20], [0.5, 0.5, 5]), errors);
    const alike = orderingJudge.needs([1, 1, 1], at([0, 0.4, 20], [0.5, 0.5, 0.5]), errors);
    expect(near).toEqual(alike);
    // a step of which the width is not so little: the wide pair decides
    const wide = orderingJudge.needs([1, 1, 1], at([0, 0.4, 0.9], [0.5, 0.5, 5]), errors);
    expect(wide[0]!).toBeGreaterThan(10 * near[0]!);
  });

  test("decides with what it asks, of arms of several widths", () => {
    const places = [0, 0.4, 3];
    const question = at(places, [0.5, 0.5, 2]);
    const [needed] = orderingJudge.needs([1, 1, 1], question, errors);
    const groups = (seed: number): readonly Group[] =>
      normals(seed, needed!, [0, 0, 0]).map(({ columns: [column] }, arm) => ({
        columns: [column!.map((z) => places[arm]! + question.known[arm]!.spread * z)],
      }));
    const states = Array.from(
      { length: 100 },
      (_, i) => decide(orderingJudge, question, groups(800 + i), errors).state,
    );
    expect(states.filter((state) => state === "supported").length).toBeGreaterThan(
      100 - mostEvents(100, errors.undecided),
    );
  });
});
