import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jointBudget, leastTotal, type Offers } from "./joint-bound.ts";

describe("jointBudget", () => {
  // scipy.optimize.brentq of sum_j comb(k, j) / 2**k * scipy.stats.chi2.sf(q, j) - alpha (SciPy 1.17).
  test.each([
    [0.01, 1, 5.411894431054345],
    [1e-5, 1, 18.18929348408766],
    [1e-7, 2, 29.96145058815117],
    [1e-5, 4, 24.6712599766234],
    [1e-7, 7, 39.35554443779935],
  ])("of level %f and %i groups is the chi-bar-square quantile, never below it", (alpha, groups, expected) => {
    const budget = jointBudget(alpha, groups);
    expect(budget).toBeGreaterThanOrEqual(expected * (1 - 1e-12));
    // What 24 halvings of an interval below 64 leave.
    expect(budget - expected).toBeLessThan(64 / 2 ** 24);
  });
});

describe("leastTotal", () => {
  const offers = fc
    .array(
      fc.record({
        price: fc.double({ min: 0, max: 9, noNaN: true }),
        value: fc.double({ min: -5, max: 5, noNaN: true }),
      }),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((list): Offers => {
      const sorted = [{ price: 0, value: 5 }, ...list];
      return { prices: Float64Array.from(sorted, (o) => o.price), values: Float64Array.from(sorted, (o) => o.value) };
    });

  test("is never above the least total found by trying every choice", () => {
    fc.assert(
      fc.property(
        fc.array(offers, { minLength: 1, maxLength: 4 }),
        fc.double({ min: 0.5, max: 20, noNaN: true }),
        (groups, budget) => {
          expect(leastTotal(groups, budget)).toBeLessThanOrEqual(tryAll(groups, budget) + 1e-9);
        },
      ),
    );
  });

  test("is the least total, to a grid step, of smooth convex offers", () => {
    // value -w d at price d^2: the least total is -sqrt(budget sum w^2), by Cauchy and Schwarz.
    const step = 0.01;
    const groups = [1, 2, 0.5].map((weight): Offers => {
      const d = Float64Array.from({ length: 500 }, (_, i) => i * step);
      return { prices: d.map((x) => x * x), values: d.map((x) => -weight * x) };
    });
    const exact = -Math.sqrt(9 * (1 + 4 + 0.25));
    expect(leastTotal(groups, 9)).toBeLessThanOrEqual(exact + 3.5 * step);
    expect(leastTotal(groups, 9)).toBeGreaterThan(exact - 3.5 * step);
  });

  test("is minus infinity where an affordable offer is", () => {
    const group = { prices: Float64Array.of(0, 4), values: Float64Array.of(1, Number.NEGATIVE_INFINITY) };
    expect(leastTotal([group], 5)).toBe(Number.NEGATIVE_INFINITY);
    expect(leastTotal([group], 3)).toBe(1);
  });
});

function tryAll(groups: readonly Offers[], budget: number): number {
  const [first, ...rest] = groups;
  if (first === undefined) return budget >= 0 ? 0 : Number.POSITIVE_INFINITY;
  return Math.min(
    ...Array.from(first.prices, (price, i) =>
      price > budget ? Number.POSITIVE_INFINITY : first.values[i]! + tryAll(rest, budget - price),
    ),
  );
}
