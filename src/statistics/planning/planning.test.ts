import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { type AnyQuestion, kindOf } from "../../predictions/kinds.ts";
import { decide } from "../decide.ts";
import type { Group, Judge, PlanningErrors } from "../judges/judge.ts";
import type { Known, Region } from "../question.ts";

const ERRORS: PlanningErrors = { support: 1e-2, refute: 5e-3, undecided: 0.05 };
const NORMAL = { skewness: 0, excessKurtosis: 0 };

type Draw = (draws: Draws, count: number) => Float64Array;
const normal: Draw = (draws, n) => draws.normals(n);
const exponential: Draw = (draws, n) => draws.sample(n, draws.exponential);
const coin =
  (p: number): Draw =>
  (draws, n) =>
    draws.sample(n, () => (draws.uniform() < p ? 1 : 0));

function knownAs(value: number, counts = 1, spread = 1): readonly Known[] {
  return [{ value, spread, counts }];
}

function within(low: number, high: number): { readonly region: Region; readonly rivals: readonly number[] } {
  return { region: { low, high }, rivals: [] };
}

const STANDARD = { name: "normal", mean: 0, standardDeviation: 1 } as const;
const AT_MOST = Number.NEGATIVE_INFINITY;
const CASES: readonly (readonly [string, AnyQuestion, Draw, state: string, trials: number])[] = [
  [
    "mean at the centre",
    { statistic: "mean", ...within(-0.3, 0.3), families: [NORMAL], known: knownAs(0) },
    normal,
    "supported",
    1000,
  ],
  [
    "mean off the centre, a fifth excluded",
    { statistic: "mean", ...within(-0.4, 0.2), families: [NORMAL], known: knownAs(0, 0.8) },
    normal,
    "supported",
    1000,
  ],
  [
    "skewed mean",
    {
      statistic: "mean",
      ...within(0.8, 1.2),
      families: [{ skewness: 2, excessKurtosis: 6 }],
      known: knownAs(1),
    },
    exponential,
    "supported",
    1000,
  ],
  [
    "mean of a control",
    { statistic: "mean", ...within(-1, -0.3), families: [NORMAL], known: knownAs(0) },
    normal,
    "refuted",
    1000,
  ],
  ["median at the centre", { statistic: "median", ...within(-0.3, 0.3), known: knownAs(0) }, normal, "supported", 1000],
  [
    "median at most",
    { statistic: "median", ...within(AT_MOST, 0.2), known: knownAs(0, 0.7) },
    normal,
    "supported",
    1000,
  ],
  ["median of a control", { statistic: "median", ...within(0.3, 1), known: knownAs(0) }, normal, "refuted", 1000],
  [
    "variance",
    { statistic: "variance", ...within(0.7, 1.3), families: [NORMAL], known: knownAs(1) },
    normal,
    "supported",
    1000,
  ],
  [
    "variance of a control",
    { statistic: "variance", ...within(1.5, 2.5), families: [NORMAL], known: knownAs(1) },
    normal,
    "refuted",
    1000,
  ],
  [
    "skewness",
    { statistic: "standardised-moment", order: 3, ...within(-0.3, 0.3), families: [NORMAL], known: knownAs(0) },
    normal,
    "supported",
    400,
  ],
  ["proportion", { statistic: "proportion", ...within(0.2, 0.4), known: knownAs(0.3) }, coin(0.3), "supported", 1000],
  [
    "proportion at most, half excluded",
    { statistic: "proportion", ...within(AT_MOST, 0.1), known: knownAs(0.03, 0.5) },
    coin(0.03),
    "supported",
    1000,
  ],
  [
    "proportion of a control",
    { statistic: "proportion", ...within(0, 0.1), known: knownAs(0.2) },
    coin(0.2),
    "refuted",
    1000,
  ],
  ["law", { statistic: "law", law: STANDARD, ...within(0, 0.15), known: knownAs(0) }, normal, "supported", 1000],
];

/** Share of trials, each with its own exclusions, that end in another state than planned. */
function undecidedShare(question: AnyQuestion, draw: Draw, state: string, replicates: number, trials: number): number {
  const draws = seededDraws(22);
  const { counts } = question.known![0]!;
  let missed = 0;
  for (let trial = 0; trial < trials; trial++) {
    let counted = replicates;
    if (counts < 1) for (let i = 0; i < replicates; i++) if (draws.uniform() >= counts) counted--;
    const groups: readonly Group[] = [{ columns: [draw(draws, counted)] }];
    if (stateOf(question, groups) !== state) missed++;
  }
  return missed / trials;
}

/** A judge that refuses too few values has not decided. */
function stateOf(question: AnyQuestion, groups: readonly Group[]): string {
  try {
    return decide(kindOf(question).judge, question, groups, ERRORS).state;
  } catch {
    return "refused";
  }
}

describe("the replicates needed decide with the probability planned, and half of them do not", () => {
  test.each(CASES)("%s", (_name, question, draw, state, trials) => {
    const judge: Judge<AnyQuestion> = kindOf(question).judge;
    const [needed] = judge.needs([1], question, ERRORS);
    expect(needed).toBeLessThan(1e4);
    const missed = undecidedShare(question, draw, state, needed!, trials);
    expect(missed * trials).toBeLessThan(mostEvents(trials, ERRORS.undecided));
    expect(undecidedShare(question, draw, state, Math.floor(needed! / 2), trials)).toBeGreaterThan(
      4 * ERRORS.undecided,
    );
  });
});

describe("the smallest margin is the one for which these replicates are needed", () => {
  test.each(CASES.filter(([, , , state]) => state === "supported"))("%s", (_name, question) => {
    const judge: Judge<AnyQuestion> = kindOf(question).judge;
    const { value } = question.known![0]!;
    const margin = judge.detects([5000], question, ERRORS);
    const asked = (wide: number): AnyQuestion => ({ ...question, region: { low: value - wide, high: value + wide } });
    expect(judge.needs([1], asked(margin * 1.001), ERRORS)[0]).toBeLessThanOrEqual(5000);
    expect(judge.needs([1], asked(margin * 0.98), ERRORS)[0]).toBeGreaterThan(5000);
  });
});

describe("closed forms", () => {
  test("a mean's replicates are those of the normal formula when they are many", () => {
    // ((sqrt(2 ln 1e5) + z_(undecided / 2)) / margin)^2 = ((4.7985 + 3.8906) / .01)^2.
    const question: AnyQuestion = {
      statistic: "mean",
      ...within(-0.01, 0.01),
      families: [{ ...NORMAL, deviation: 1 }],
      known: knownAs(0),
    };
    const [needed] = kindOf(question).judge.needs([1], question, { support: 1e-5, refute: 1e-6, undecided: 1e-4 });
    expect(needed! / ((4.7985 + 3.8906) / 0.01) ** 2).toBeCloseTo(1, 1);
  });

  test("a law's replicates are those of two bands", () => {
    const question: AnyQuestion = { statistic: "law", law: STANDARD, ...within(0, 0.015), known: knownAs(0) };
    const [needed] = kindOf(question).judge.needs([1], question, { support: 1e-5, refute: 1e-6, undecided: 1e-4 });
    const expected = ((Math.sqrt(Math.log(2e5) / 2) + Math.sqrt(Math.log(2e4) / 2)) / 0.015) ** 2;
    expect(needed).toBe(Math.ceil(expected));
  });

  test("two samples' replicates keep the proportions given", () => {
    const known = [...knownAs(0), ...knownAs(0)];
    const question: AnyQuestion = { statistic: "same-law", ...within(0, 0.1), known };
    const [first, second] = kindOf(question).judge.needs([1, 3], question, ERRORS);
    expect(second).toBe(3 * first!);
    const draws = seededDraws(23);
    let missed = 0;
    for (let trial = 0; trial < 300; trial++) {
      const groups = [{ columns: [draws.normals(first!)] }, { columns: [draws.normals(second!)] }];
      if (decide(kindOf(question).judge, question, groups, ERRORS).state !== "supported") missed++;
    }
    expect(missed).toBeLessThan(mostEvents(300, ERRORS.undecided));
  });
});

test("no number of replicates decides a known value on the edge", () => {
  for (const [, question] of CASES) {
    const { value } = question.known![0]!;
    const edge: AnyQuestion = { ...question, region: { low: AT_MOST, high: value } };
    expect(kindOf(edge).judge.needs([1], edge, ERRORS)).toEqual([Number.POSITIVE_INFINITY]);
  }
});

describe("planning refuses", () => {
  const asked = (known?: readonly Known[]): AnyQuestion => ({
    statistic: "median",
    ...within(-1, 1),
    ...(known ? { known } : {}),
  });
  test.each<[string, AnyQuestion, readonly number[], string]>([
    ["what is not known", asked(), [10], "1 known groups, got 0"],
    ["an unknown value", asked(knownAs(Number.NaN)), [10], "finite known value, got NaN"],
    ["an unknown spread", asked(knownAs(0, 1, Number.NaN)), [10], "known spread of at least 0, got NaN"],
    ["replicates none of which counts", asked(knownAs(0, 0)), [10], "counts in (0, 1], got 0"],
    ["groups that do not exist", asked(knownAs(0)), [10, 10], "1 positive numbers of replicates, got [10, 10]"],
    ["no replicates", asked(knownAs(0)), [0], "positive numbers of replicates, got [0]"],
  ])("%s", (_name, question, replicates, message) => {
    expect(() => kindOf(question).judge.needs(replicates, question, ERRORS)).toThrow(message);
    expect(() => kindOf(question).judge.detects(replicates, question, ERRORS)).toThrow(message);
  });
});
