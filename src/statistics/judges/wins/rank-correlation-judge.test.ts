import { describe, expect, test } from "vitest";
import oracle from "../../../../test/oracles/kendall.json" with { type: "json" };
import { mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import type { RankCorrelationQuestion } from "../../question.ts";
import type { Group } from "../judge.ts";
import { rankCorrelationJudge, spearmanRho } from "./rank-correlation-judge.ts";

const EVERYWHERE = { region: { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }, rivals: [] };
type Of = RankCorrelationQuestion["of"];
const asking = (of: Of): RankCorrelationQuestion => ({ statistic: "rank-correlation", of, ...EVERYWHERE });
const BOTH: readonly Of[] = ["kendall-tau", "spearman-rho"];
const groupsOf = (first: ArrayLike<number>, second: ArrayLike<number>): readonly Group[] => [
  { columns: [Float64Array.from(first), Float64Array.from(second)] },
];
/** Normal pairs of this rank correlation: their own is sin(pi tau / 2), or 2 sin(pi rho / 6). */
const normalPairs = (seed: number, count: number, of: Of, value: number) => {
  const draws = seededDraws(seed);
  const r = of === "kendall-tau" ? Math.sin((Math.PI * value) / 2) : 2 * Math.sin((Math.PI * value) / 6);
  const [first, noise] = [draws.normals(count), draws.normals(count)];
  return groupsOf(
    first,
    first.map((x, i) => r * x + Math.sqrt(1 - r * r) * noise[i]!),
  );
};

describe(`against SciPy ${oracle.versions.scipy}`, () => {
  test.each(oracle.sets.map((data, i) => [i, data] as const))(
    "data set %i",
    (_, { first, second, tau, interval, rho, rhoInterval }) => {
      for (const [of, value, [low, high]] of [
        ["kendall-tau", tau, interval],
        ["spearman-rho", rho, rhoInterval],
      ] as const) {
        const found = rankCorrelationJudge.bounds(groupsOf(first, second), asking(of), oracle.alpha);
        expect(found.estimate).toBeCloseTo(value, 12);
        if (low! > -1) expect(found.low).toBeLessThanOrEqual(low!);
        if (high! < 1) expect(found.high).toBeGreaterThanOrEqual(high!);
      }
    },
  );
});

test("the kernel of three replicates lies from -1 to 1 in every order that they may have, ties included", () => {
  const orders = [0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => [a, b, c])));
  const plain = (x: readonly number[], y: readonly number[]) => {
    let sum = 0;
    for (const i of [0, 1, 2])
      for (const j of [0, 1, 2])
        for (const k of [0, 1, 2])
          if (i !== j && i !== k && j !== k) sum += Math.sign(x[i]! - x[j]!) * Math.sign(y[i]! - y[k]!);
    return (3 * sum) / 6;
  };
  for (const x of orders) {
    for (const y of orders) {
      expect(Math.abs(plain(x, y))).toBeLessThanOrEqual(1);
      expect(spearmanRho(Float64Array.from(x), Float64Array.from(y))).toBeCloseTo(plain(x, y), 14);
    }
  }
});

describe.each(BOTH.flatMap((of) => [1e-3, 1e-5].map((alpha) => [of, alpha] as const)))(
  "%s at alpha %d",
  (of, alpha) => {
    test.each([
      ["supports .4 where it is .8", 0.8, 600, "supported"],
      ["refutes it where it is -.3", -0.3, 600, "refuted"],
      ["leaves it undecided where it is .45", 0.45, 600, "inconclusive"],
      ["leaves it undecided on too few", 0.8, 16, "inconclusive"],
    ] as const)("%s", (_, value, count, state) => {
      const question = { ...asking(of), region: { low: 0.4, high: Number.POSITIVE_INFINITY } };
      const levels = { support: alpha, refute: alpha / 2 };
      expect(decide(rankCorrelationJudge, question, normalPairs(5, count, of, value), levels).state).toBe(state);
    });
  },
);

describe.each(BOTH)("each bound on %s errs no more often than its level", (of) => {
  const [alpha, TRIALS, COUNT] = [0.05, 2000, 40];
  const tau = of === "kendall-tau";
  test.each([
    ["normal, 0", 0, (trial: number) => normalPairs(trial, COUNT, of, 0)],
    ["normal, .6", 0.6, (trial: number) => normalPairs(trial, COUNT, of, 0.6)],
    [
      "one value in ten apart in both measures",
      (tau ? 2 : 3) * 0.09,
      (trial: number) => {
        const draws = seededDraws(trial);
        const shared = draws.sample(COUNT, () => (draws.uniform() < 0.1 ? 1 : 0));
        return groupsOf(shared, shared);
      },
    ],
    [
      "two crossed diagonals",
      0,
      (trial: number) => {
        const draws = seededDraws(trial);
        const first = draws.sample(COUNT, () => 2 * draws.uniform() - 1);
        return groupsOf(
          first,
          first.map((x) => (draws.uniform() < 0.5 ? x : -x)),
        );
      },
    ],
  ] as const)("%s", (_, truth, draw) => {
    let [low, high] = [0, 0];
    for (let trial = 0; trial < TRIALS; trial++) {
      const found = rankCorrelationJudge.bounds(draw(trial), asking(of), alpha);
      if (found.low > truth) low++;
      if (found.high < truth) high++;
    }
    expect(low).toBeLessThan(mostEvents(TRIALS, alpha));
    expect(high).toBeLessThan(mostEvents(TRIALS, alpha));
  });
});

test.each([
  [[{ columns: [new Float64Array(3)] }], "rank correlation requires two columns, got 1"],
  [groupsOf([1, Number.NaN], [1, 2]), "rank correlation requires values with a rank, got NaN at replicate 1"],
  [groupsOf([1], [2]), "Kendall's tau requires at least 2 replicates, got 1"],
])("what is no sample of pairs is refused", (groups, message) => {
  expect(() => rankCorrelationJudge.bounds(groups, asking("kendall-tau"), 1e-3)).toThrow(message);
});

test("two replicates are too few for Spearman's rho", () => {
  expect(() => rankCorrelationJudge.bounds(groupsOf([1, 2], [2, 1]), asking("spearman-rho"), 1e-3)).toThrow(
    "Spearman's rho requires at least 3 replicates, got 2",
  );
});

test.each(BOTH)("plans for what %s takes", (of) => {
  const known = [{ value: 0.7, spread: 1, counts: 1 }];
  const asked = { ...asking(of), region: { low: 0.4, high: 1 }, known };
  const errors = { support: 1e-3, refute: 5e-4, undecided: 0.05 };
  const [needed] = rankCorrelationJudge.needs([1], asked, errors);
  const states = Array.from(
    { length: 100 },
    (_, i) => decide(rankCorrelationJudge, asked, normalPairs(50 + i, needed!, of, 0.7), errors).state,
  );
  expect(states.filter((state) => state === "supported").length).toBeGreaterThan(
    100 - mostEvents(100, errors.undecided),
  );
});
