import { describe, expect, test } from "vitest";
import { medianJudge } from "../../statistics/judges/median-judge.ts";
import { proportionJudge } from "../../statistics/judges/proportion-judge.ts";
import type { MedianQuestion, ProportionQuestion } from "../../statistics/question.ts";
import type { Instrument } from "../judges/judge-case.ts";
import { exactWorst } from "./exact-worst.ts";

const asked = { region: { low: 0, high: 1 }, rivals: [] };
const proportion: ProportionQuestion = { statistic: "proportion", ...asked };
const median: MedianQuestion = { statistic: "median", ...asked };
const OF_PROPORTIONS = proportionJudge as Instrument;
const OF_MEDIANS = medianJudge as Instrument;

/** Binomial chances of every count by their recurrence, apart from the library that judge and search use. */
function chances(count: number, p: number): readonly number[] {
  const found = [(1 - p) ** count];
  for (let k = 0; k < count; k++) found.push((((found[k]! * (count - k)) / (k + 1)) * p) / (1 - p));
  return found;
}

describe("of a proportion", () => {
  test("the worst error is the largest on a fine grid of probabilities, each by summing the counts that err", () => {
    const [count, alpha] = [30, 0.02];
    const bounds = Array.from({ length: count + 1 }, (_, ones) =>
      OF_PROPORTIONS.bounds([{ columns: [new Float64Array(count).fill(1, 0, ones)] }], proportion, alpha),
    );
    let grid = 0;
    for (let i = 1; i < 20_000; i++) {
      const p = i / 20_000;
      const chance = chances(count, p);
      const errors = (errs: (k: number) => boolean) => chance.reduce((sum, each, k) => sum + (errs(k) ? each : 0), 0);
      grid = Math.max(
        grid,
        errors((k) => bounds[k]!.low > p),
        errors((k) => bounds[k]!.high < p),
      );
    }
    const { rate } = exactWorst(OF_PROPORTIONS, proportion, [count], alpha)!;
    expect(rate).toBeGreaterThanOrEqual(grid);
    expect(rate / grid).toBeLessThan(1.01);
    expect(rate / alpha).toBeCloseTo(1, 9);
  });

  test.each([2, 320, 2048])("it is the level itself at n = %d, up to rounding", (count) => {
    const { rate, standardError } = exactWorst(OF_PROPORTIONS, proportion, [count], 2.5e-5)!;
    expect(Math.abs(rate - 2.5e-5)).toBeLessThan(3 * standardError);
  });

  test("a bound of one count too many is found out", () => {
    const bold: Instrument = {
      bounds: ([group], question, alpha) => {
        const column = group!.columns[0]!.slice();
        const zero = column.indexOf(0);
        if (zero >= 0) column[zero] = 1;
        return OF_PROPORTIONS.bounds([{ columns: [column] }], question, alpha);
      },
    };
    expect(exactWorst(bold, proportion, [200], 1e-4)!.rate).toBeGreaterThan(1.5e-4);
  });
});

describe("of a median", () => {
  test.each([
    // P(Bin(11, 1/2) = 0) = 2^-11; P(Bin(20, 1/2) <= 2) = 211 / 2^20, and <= 3 is beyond 1e-3.
    [11, 1e-3, 2 ** -11],
    [20, 1e-3, 211 / 2 ** 20],
  ])("of %d values at %d it is a sum of binomial coefficients", (count, alpha, exact) => {
    expect(exactWorst(OF_MEDIANS, median, [count], alpha)!.rate).toBeCloseTo(exact, 12);
  });

  test("a rank too near is found out", () => {
    const bold: Instrument = {
      bounds: (groups, question, alpha) => {
        const found = OF_MEDIANS.bounds(groups, question, alpha);
        return { ...found, low: found.low + 1 };
      },
    };
    expect(exactWorst(bold, median, [101], 1e-3)!.rate).toBeGreaterThan(1e-3);
  });
});

test("other questions have no such answer, and a sample too small for any bound no error", () => {
  const question = { statistic: "mean" as const, ...asked };
  expect(exactWorst(OF_MEDIANS, question, [10], 1e-3)).toBeUndefined();
  expect(exactWorst(OF_MEDIANS, median, [5], 1e-3)!.rate).toBe(0);
});
