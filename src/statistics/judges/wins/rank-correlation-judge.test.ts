import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/kendall.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { RankCorrelationQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { rankCorrelationJudge } from "./rank-correlation-judge.ts";

const EVERYWHERE = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
const QUESTION: RankCorrelationQuestion = { statistic: "rank-correlation", ...EVERYWHERE };
const groupsOf = (first: ArrayLike<number>, second: ArrayLike<number>): readonly Group[] => [
  { columns: [Float64Array.from(first), Float64Array.from(second)] },
];
/** Normal pairs of this tau: their correlation is sin(pi tau / 2). */
const normalPairs = (seed: number, count: number, tau: number) => {
  const draws = seededDraws(seed);
  const rho = Math.sin((Math.PI * tau) / 2);
  const [first, noise] = [draws.normals(count), draws.normals(count)];
  return groupsOf(
    first,
    first.map((x, i) => rho * x + Math.sqrt(1 - rho * rho) * noise[i]!),
  );
};

describe(`against SciPy ${oracle.versions.scipy}`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))("data set %i", (_, { first, second, tau, interval }) => {
    const found = rankCorrelationJudge.bounds(groupsOf(first, second), QUESTION, oracle.alpha);
    expect(found.estimate).toBeCloseTo(tau, 12);
    expect(found.low).toBeLessThanOrEqual(Math.max(-1, interval[0]!));
    if (interval[1]! < 1) expect(found.high).toBeGreaterThanOrEqual(interval[1]!);
  });
});

describe.each([1e-3, 1e-5])("at alpha %d", (alpha) => {
  test.each([
    ["supports .4 where tau is .8", 0.8, 400, "supported"],
    ["refutes it where tau is -.3", -0.3, 400, "refuted"],
    ["leaves it undecided where tau is .45", 0.45, 400, "inconclusive"],
    ["leaves it undecided on too few", 0.8, 16, "inconclusive"],
  ] as const)("it %s", (_, tau, count, state) => {
    const asked = { ...QUESTION, region: { low: 0.4, high: Number.POSITIVE_INFINITY } };
    const levels = { support: alpha, refute: alpha / 2 };
    expect(decide(rankCorrelationJudge, asked, normalPairs(5, count, tau), levels).state).toBe(state);
  });
});

describe("each bound errs no more often than its level", () => {
  const [alpha, TRIALS, COUNT] = [0.05, 2000, 40];
  test.each([
    ["normal, tau 0", 0, (trial: number) => normalPairs(trial, COUNT, 0)],
    ["normal, tau .6", 0.6, (trial: number) => normalPairs(trial, COUNT, 0.6)],
    [
      "one value in ten apart in both measures, tau .18",
      0.18,
      (trial: number) => {
        const draws = seededDraws(trial);
        const shared = draws.sample(COUNT, () => (draws.uniform() < 0.1 ? 1 : 0));
        return groupsOf(shared, shared);
      },
    ],
  ] as const)("%s", (_, tau, draw) => {
    let [low, high] = [0, 0];
    for (let trial = 0; trial < TRIALS; trial++) {
      const found = rankCorrelationJudge.bounds(draw(trial), QUESTION, alpha);
      if (found.low > tau) low++;
      if (found.high < tau) high++;
    }
    expect(low).toBeLessThan(mostEvents(TRIALS, alpha));
    expect(high).toBeLessThan(mostEvents(TRIALS, alpha));
  });
});

test.each([
  [[{ columns: [new Float64Array(3)] }], "rank correlation requires two columns, got 1"],
  [groupsOf([1, Number.NaN], [1, 2]), "rank correlation requires values with a rank, got NaN at replicate 1"],
  [groupsOf([1], [2]), "rank correlation requires at least two replicates, got 1"],
])("what is no sample of pairs is refused", (groups, message) => {
  expect(() => rankCorrelationJudge.bounds(groups, QUESTION, 1e-3)).toThrow(message);
});

test("plans for what it takes", () => {
  const known = [{ value: 0.7, spread: 1, counts: 1 }];
  const asked = { ...QUESTION, region: { low: 0.4, high: 1 }, known };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = rankCorrelationJudge.needs([1], asked, errors);
  const states = Array.from(
    { length: 100 },
    (_, i) => decide(rankCorrelationJudge, asked, normalPairs(50 + i, needed!, 0.7), errors).state,
  );
  expect(states.filter((state) => state === "supported").length).toBeGreaterThan(
    100 - mostEvents(100, errors.undecided),
  );
});
