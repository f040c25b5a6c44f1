import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clopperPearson } from "../../judges/proportion-judge.ts";
import { comparisonBounds, comparisonReach } from "./binomial-comparison.ts";

/** The comparison written plainly: all whole c, all terms. */
function plainTail(x: number, n: number, chance: number): number {
  const upper = Array.from({ length: n + 2 }, (_, j) => (j === 0 ? 1 : binomialCdf(n - j, n, 1 - chance)));
  let least = 1;
  for (let c = 0; c < x; c++) {
    const excess = upper.slice(c + 1, n + 1).reduce((sum, p) => sum + p, 0);
    least = Math.min(least, excess / (x - c));
  }
  return least;
}

describe("bounds by comparison with a binomial", () => {
  test.each([
    [0.8, 40, 1e-3],
    [0.55, 200, 1e-5],
    [0.9925, 60, 1e-5],
    [0.03, 33, 1e-2],
  ])("of an average of %d over %i trials at %d, the plain sum is the level at both ends", (estimate, n, alpha) => {
    const { low, high } = comparisonBounds(estimate, n, alpha);
    if (low > 0) expect(plainTail(n * estimate, n, low) / alpha).toBeCloseTo(1, 6);
    expect(plainTail(n * (1 - estimate), n, 1 - high) / alpha).toBeCloseTo(1, 6);
  });

  test("lie outside Clopper and Pearson's and inside theirs at alpha / e", () => {
    for (const [ones, n, alpha] of [
      [31, 40, 1e-3],
      [150, 200, 1e-5],
      [1, 60, 1e-3],
      [60, 60, 1e-5],
    ] as const) {
      const exact = clopperPearson(ones, n, alpha);
      const wider = clopperPearson(ones, n, alpha / Math.E);
      const { low, high } = comparisonBounds(ones / n, n, alpha);
      expect(low).toBeLessThanOrEqual(exact.low + 1e-12);
      expect(high).toBeGreaterThanOrEqual(exact.high - 1e-12);
      expect(low).toBeGreaterThanOrEqual(wider.low - 1e-9);
      expect(high).toBeLessThanOrEqual(wider.high + 1e-9);
    }
  });

  test("all ones give what no other bound can better: alpha^(1/n)", () => {
    expect(comparisonBounds(1, 20, 1e-5)).toEqual({ low: expect.closeTo(1e-5 ** (1 / 20), 10), high: 1 });
  });

  test("are within Hoeffding's, and narrow with the trials", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 1, max: 3000 }), (estimate, n) => {
        const { low, high } = comparisonBounds(estimate, n, 1e-4);
        const reach = Math.sqrt(-Math.log(1e-4) / (2 * n));
        expect(low).toBeGreaterThanOrEqual(Math.max(0, estimate - reach) - 1e-9);
        expect(high).toBeLessThanOrEqual(Math.min(1, estimate + reach) + 1e-9);
        expect(low).toBeLessThanOrEqual(estimate);
        expect(high).toBeGreaterThanOrEqual(estimate);
      }),
      { numRuns: 100 },
    );
  });

  test("a reach covers the bounds of all but so many binomials", () => {
    const [n, p, alpha, undecided] = [120, 0.8, 1e-4, 0.02];
    const reach = comparisonReach(p, n, alpha, undecided);
    let [below, above] = [0, 0];
    for (let ones = 0; ones <= n; ones++) {
      const chance = binomialCdf(ones, n, p) - (ones === 0 ? 0 : binomialCdf(ones - 1, n, p));
      const { low, high } = comparisonBounds(ones / n, n, alpha);
      if (low < p - reach) below += chance;
      if (high > p + reach) above += chance;
    }
    expect(Math.max(below, above)).toBeLessThanOrEqual(undecided);
    expect(Math.max(below, above)).toBeGreaterThan(undecided / 20);
    expect(comparisonReach(Number.NaN, n, alpha, undecided)).toBe(Number.POSITIVE_INFINITY);
  });
});
