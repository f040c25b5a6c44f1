import { describe, expect, test } from "vitest";
import oracle from "../../test/oracles/isotonic.json" with { type: "json" };
import { isotonicFit } from "./isotonic.ts";
import { largestViolation } from "./judges/orders/monotone-judge.ts";
import type { MonotoneQuestion } from "./question.ts";

describe(`against SciPy ${oracle.madeBy.scipy}`, () => {
  test.each(oracle.sets.map((set, i) => [i, set] as const))(
    "the fit of set %d rises, or falls, as its own",
    (_, set) => {
      for (const order of ["ascending", "descending"] as const) {
        const fit = isotonicFit(set.values, set.weights, order);
        expect(fit).toHaveLength(set.values.length);
        fit.forEach((value, i) => {
          expect(value).toBeCloseTo(set[order][i]!, 10);
        });
      }
    },
  );

  test.each(oracle.sets.map((set, i) => [i, set] as const))(
    "the largest violation of set %d is twice the distance to the nearest rising curve, by a linear program",
    (_, { values, distance }) => {
      const question: MonotoneQuestion = {
        statistic: "monotone",
        through: "mean",
        order: "ascending",
        names: values.map(String),
        region: { low: 0, high: 1 },
        rivals: [],
        known: values.map((value) => ({ value, spread: 1, counts: 1 })),
      };
      expect(largestViolation(question)).toBeCloseTo(2 * distance, 8);
    },
  );

  test("are 24 sets", () => expect(oracle.sets).toHaveLength(24));
});

test("what rises already stays, and equal weights of a falling pair meet half way", () => {
  expect(isotonicFit([1, 2, 2, 5], [1, 1, 1, 1], "ascending")).toEqual([1, 2, 2, 5]);
  expect(isotonicFit([3, 1], [1, 1], "ascending")).toEqual([2, 2]);
  expect(isotonicFit([3, 1], [1, 3], "ascending")).toEqual([1.5, 1.5]);
  expect(isotonicFit([0, 0], [1, 1], "descending")).toEqual([0, 0]);
});
