import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { describe, expect, test } from "vitest";
import { type Draws, mostEvents, seededDraws } from "../../../calibration/synthetic/seeded-draws.ts";
import { decide } from "../../decide.ts";
import { lowerRank } from "../../order-statistic-ranks.ts";
import type { Region, SurvivalQuestion } from "../../question.ts";
import { type Group, JudgeError } from "../judge.ts";
import { survivalBand } from "./survival-band.ts";
import { survivalJudge } from "./survival-judge.ts";
import { momentsOf, seenOf } from "./survival-times.ts";

const EVERYWHERE = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** Laws of times: one draw, and P(T > t). */
const LAWS = {
  exponential: { draw: (d: Draws) => d.exponential(), left: (t: number) => Math.exp(-t) },
  "whole steps": {
    draw: (d: Draws) => Math.ceil(2 * d.exponential()),
    left: (t: number) => Math.exp(-Math.floor(t) / 2),
  },
  "a third never": {
    draw: (d: Draws) => (d.uniform() < 1 / 3 ? Number.POSITIVE_INFINITY : d.exponential()),
    left: (t: number) => 1 / 3 + (2 / 3) * Math.exp(-t),
  },
  "two atoms": {
    draw: (d: Draws) => (d.uniform() < 0.4 ? 0.5 : 1.5),
    left: (t: number) => (t < 0.5 ? 1 : t < 1.5 ? 0.6 : 0),
  },
} as const;

const CENSORING = {
  "at random": (d: Draws) => 2.5 * d.uniform(),
  "at whole quarters": (d: Draws) => Math.ceil(10 * d.uniform()) / 4,
  "at one time": () => 1.5,
} as const;

function censoredTimes(draws: Draws, count: number, draw: (d: Draws) => number, censor: (d: Draws) => number): Group {
  const [times, marks] = [new Float64Array(count), new Float64Array(count)];
  for (let i = 0; i < count; i++) {
    const [over, until] = [draw(draws), censor(draws)];
    times[i] = Math.min(over, until);
    marks[i] = until < over ? 1 : 0;
  }
  return { columns: [times, marks] };
}

describe("the band about the curve of censored times holds it at all times together", () => {
  const cases = Object.entries(LAWS).flatMap(([law, one]) =>
    Object.entries(CENSORING).map(([censoring, censor]) => [law, censoring, one, censor] as const),
  );
  const ALPHA = 0.05;
  const TRIALS = 200;
  test.each(cases)("%s, lost %s", (_law, _censoring, { draw, left }, censor) => {
    const draws = seededDraws(7);
    const wrong = { low: 0, high: 0, narrow: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const seen = seenOf("survival", censoredTimes(draws, 60, draw, censor), true);
      const band = survivalBand(momentsOf(seen), seen.length, ALPHA);
      const misses = (side: 1 | -1, curve: typeof band.low) =>
        curve.some(
          ({ time, at, after }, i) =>
            side * (at - left(time)) > 1e-12 ||
            // just before the next time
            side * (after - left(((curve[i + 1]?.time ?? time + 1) + time) / 2)) > 1e-12,
        );
      if (misses(1, band.low)) wrong.low++;
      if (misses(-1, band.high)) wrong.high++;
      // the same band, a third as far away: what the check would say of one that is too narrow
      const third = band.low.map((step, i) => ({ ...step, at: (step.at + 2 * band.high[i]!.at) / 3, after: 0 }));
      if (misses(1, third)) wrong.narrow++;
    }
    expect(wrong.low).toBeLessThanOrEqual(mostEvents(TRIALS, ALPHA));
    expect(wrong.high).toBeLessThanOrEqual(mostEvents(TRIALS, ALPHA));
    expect(wrong.narrow).toBeGreaterThan(mostEvents(TRIALS, ALPHA));
  });
});

test("without losses the band about one time is no more than a third wider than Clopper and Pearson's interval", () => {
  const times = Float64Array.from({ length: 400 }, (_, i) => (i + 0.5) / 200);
  const group = { columns: [times, new Float64Array(400)] };
  const of = (censored: boolean) =>
    survivalJudge.bounds([group], { ...questionOf("fraction-left", censored, EVERYWHERE), limit: 1 }, 1e-5);
  const [band, exact] = [of(true), of(false)];
  expect(band.estimate).toBeCloseTo(0.5, 12);
  expect(exact.estimate).toBe(0.5);
  expect(band.high - band.low).toBeGreaterThan(exact.high - exact.low);
  expect(band.high - band.low).toBeLessThan(1.33 * (exact.high - exact.low));
});

/** Of exponential times, a third lost; with true values .368 left at 1, median .693, mean until 1 .632. */
const TRUTHS = { "fraction-left": Math.exp(-1), "median-time": Math.LN2, "restricted-mean-time": 1 - Math.exp(-1) };

describe.each([true, false])("times with censoring %s", (censored) => {
  const draws = seededDraws(censored ? 11 : 12);
  const half = (d: Draws) => 2 * d.exponential();
  const group = censored
    ? censoredTimes(draws, 4000, LAWS.exponential.draw, half)
    : { columns: [draws.sample(4000, draws.exponential)] };
  describe.each([1e-3, 1e-5])("at level %s", (alpha) => {
    test.each(Object.entries(TRUTHS) as [SurvivalQuestion["of"], number][])(
      "%s: a true claim is supported, a false one refuted, and one closer than the values can tell is undecided",
      (of, truth) => {
        const state = (region: Region) =>
          decide(survivalJudge, questionOf(of, censored, region), [group], { support: alpha, refute: alpha }).state;
        expect(state({ low: truth - 0.15, high: truth + 0.15 })).toBe("supported");
        expect(state({ low: truth - 0.15, high: Number.POSITIVE_INFINITY })).toBe("supported");
        expect(state({ low: truth + 0.15, high: truth + 0.5 })).toBe("refuted");
        expect(state({ low: Number.NEGATIVE_INFINITY, high: truth - 0.15 })).toBe("refuted");
        expect(state({ low: truth - 0.002, high: truth + 0.002 })).toBe("inconclusive");
      },
    );
  });
});

describe("planning", () => {
  const spreads = { "fraction-left": Number.NaN, "median-time": 1.13, "restricted-mean-time": 0.38 };
  test.each(Object.entries(TRUTHS) as [SurvivalQuestion["of"], number][])(
    "of censored times, %s: as many as it asks for are seldom undecided",
    (of, truth) => {
      const errors = { support: 1e-5, refute: 1e-5, undecided: 0.02 };
      const known = [{ value: truth, spread: 1.2 * spreads[of], counts: 1 }];
      const question = { ...questionOf(of, true, { low: truth - 0.2, high: truth + 0.2 }), known };
      const [needed] = survivalJudge.needs([1], question, errors);
      expect(needed).toBeGreaterThan(30);
      expect(survivalJudge.detects([needed!], question, errors)).toBeLessThanOrEqual(0.2);
      const draws = seededDraws(13);
      let undecided = 0;
      for (let trial = 0; trial < 150; trial++) {
        const group = censoredTimes(draws, needed!, LAWS.exponential.draw, (d) => 2 * d.exponential());
        if (decide(survivalJudge, question, [group], errors).state !== "supported") undecided++;
      }
      expect(undecided).toBeLessThanOrEqual(mostEvents(150, 0.02));
    },
  );
});

test("censored times decide about their mean until a limit at the distance that their plan takes", () => {
  const [count, trials, draws] = [800, 100, seededDraws(17)];
  const errors = { support: 1e-5, refute: 1e-5, undecided: 0.02 };
  const truth = TRUTHS["restricted-mean-time"];
  // Greenwood's variance: the integral from 0 to 1 of (area left under the curve)^2 over the part at risk, exp(-3 t / 2)
  const variance =
    2 * (1 - Math.exp(-0.5)) - 4 * (Math.exp(-0.5) - Math.exp(-1)) + (Math.exp(-0.5) - Math.exp(-2)) / 1.5;
  const known = [{ value: truth, spread: Math.sqrt(variance), counts: 1 }];
  const asked = (within: number) =>
    questionOf("restricted-mean-time", true, { low: truth - within, high: truth + within });
  const question = asked(survivalJudge.detects([count], { ...asked(1), known }, errors));
  let undecided = 0;
  for (let trial = 0; trial < trials; trial++) {
    const group = censoredTimes(draws, count, LAWS.exponential.draw, (d) => 2 * d.exponential());
    if (decide(survivalJudge, question, [group], errors).state !== "supported") undecided++;
  }
  expect(undecided).toBeLessThanOrEqual(mostEvents(trials, errors.undecided));
});

test("what never comes keeps its place above all times, and a median that was not reached has no upper bound", () => {
  const times = Float64Array.from({ length: 100 }, (_, i) => (i < 30 ? i + 1 : Number.POSITIVE_INFINITY));
  for (const columns of [[times], [times, new Float64Array(100)]]) {
    const of = (statistic: SurvivalQuestion["of"]) =>
      survivalJudge.bounds(
        [{ columns }],
        { ...questionOf(statistic, columns.length > 1, EVERYWHERE), limit: 40 },
        1e-3,
      );
    expect(of("median-time").estimate).toBe(Number.POSITIVE_INFINITY);
    expect(of("median-time").high).toBe(Number.POSITIVE_INFINITY);
    expect(of("fraction-left").estimate).toBeCloseTo(0.7, 12);
    expect(of("restricted-mean-time").estimate).toBeCloseTo(0.3 * 15.5 + 0.7 * 40, 10);
  }
});

test("all lost before the time asked about leaves nothing to bound it from below", () => {
  const times = Float64Array.from({ length: 50 }, (_, i) => i / 50);
  const { low, high } = survivalJudge.bounds(
    [{ columns: [times, new Float64Array(50).fill(1)] }],
    questionOf("fraction-left", true, EVERYWHERE),
    1e-3,
  );
  expect([low, high]).toEqual([0, 1]);
});

test.each([
  [30, 1e-2],
  [200, 1e-2],
  [200, 1e-3],
  [1000, 1e-5],
])("%i exponential times keep the plan of their median at level %f, exactly", (count, alpha) => {
  // Median 1; the deviation of the normal law of its density there, ln 2 / 2.
  const known = [{ value: 1, spread: Math.SQRT2 / (Math.LN2 * Math.sqrt(Math.PI)), counts: 1 }];
  const question = { ...questionOf("median-time", false, EVERYWHERE), known };
  const errors = { support: alpha, refute: alpha / 2, undecided: 0.01 };
  const within = survivalJudge.detects([count], question, errors);
  const rank = lowerRank(count, alpha);
  const longer = (time: number) => 2 ** -Math.max(0, time);
  const atLeast = (k: number, p: number) => binomialCdf(count - k, count, 1 - p);
  const missed = atLeast(rank, longer(1 + within)) + atLeast(rank, 1 - longer(1 - within));
  expect(missed).toBeLessThanOrEqual(errors.undecided);
  expect(missed).toBeGreaterThan(errors.undecided / 20);
});

describe("what is no times is refused", () => {
  const times = Float64Array.of(1, 2, 3);
  test.each<readonly [string, readonly Float64Array[], Partial<SurvivalQuestion>, RegExp]>([
    [
      "a negative time",
      [Float64Array.of(1, -2), new Float64Array(2)],
      {},
      /requires times from 0, got -2 at replicate 1/,
    ],
    ["another mark", [times, Float64Array.of(0, 0.5, 1)], {}, /requires 1 \(censored\) or 0 \(over\) .* got 0.5 at/],
    [
      "a loss at Infinity",
      [Float64Array.of(Infinity, 1), Float64Array.of(1, 0)],
      {},
      /what never comes is Infinity with 0/,
    ],
    ["no column of marks", [times], {}, /one of censoring, got 1 columns/],
    ["one time", [Float64Array.of(1), Float64Array.of(0)], {}, /at least two times, got 1/],
    ["no limit", [times, new Float64Array(3)], { limit: 0 }, /requires a positive time until which it is asked, got 0/],
  ])("%s", (_, columns, more, message) => {
    const question = { ...questionOf("fraction-left", true, EVERYWHERE), ...more };
    expect(() => survivalJudge.bounds([{ columns }], question, 1e-3)).toThrow(message);
    expect(() => survivalJudge.bounds([{ columns }], question, 1e-3)).toThrow(JudgeError);
  });
});

function questionOf(of: SurvivalQuestion["of"], censored: boolean, region: Region): SurvivalQuestion {
  return { statistic: "survival", of, censored, region, rivals: [], limit: 1, horizon: 4000 };
}
