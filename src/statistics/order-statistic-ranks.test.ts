import { describe, expect, test } from "vitest";
import { logGamma } from "../numerics/special-functions.ts";
import { lowerRank, smallestCountForMedian } from "./order-statistic-ranks.ts";

/** P(Bin(n, 1/2) <= k) term by term, from logarithms of factorials: the slow oracle. */
function lowerTail(k: number, n: number): number {
  let sum = 0;
  for (let i = 0; i <= k; i++) {
    sum += Math.exp(logGamma(n + 1) - logGamma(i + 1) - logGamma(n - i + 1) - n * Math.LN2);
  }
  return sum;
}

describe("ranks agree with published ones", () => {
  // 99 % intervals, two-sided, by exact binomial sums; the last by SciPy 1.17.1, stats.binom.cdf.
  test.each([
    [51, 0.005, 16],
    [101, 0.005, 38],
    [201, 0.005, 82],
    [401, 0.005, 175],
    [1001, 0.005, 460],
    [1e6, 1e-5, 497868],
  ])("n = %i, level %f", (count, alpha, rank) => {
    expect(lowerRank(count, alpha)).toBe(rank);
  });
});

test("the rank is the largest whose exact error is at most alpha, for every n to 300 and levels to 1e-9", () => {
  for (const alpha of [0.05, 1e-2, 1e-5, 1e-9]) {
    for (let count = 2; count <= 300; count += 1 + Math.floor(count / 20)) {
      const rank = lowerRank(count, alpha);
      // 1e-9: what the two ways to compute a tail may differ by.
      if (rank > 0) expect(lowerTail(rank - 1, count)).toBeLessThanOrEqual(alpha * (1 + 1e-9));
      expect(lowerTail(rank, count)).toBeGreaterThan(alpha * (1 - 1e-9));
    }
  }
});

test("the smallest count is the first with a rank", () => {
  for (const alpha of [0.25, 0.05, 1e-2, 1e-5, 1e-7]) {
    const count = smallestCountForMedian(alpha);
    expect(lowerRank(count, alpha)).toBeGreaterThan(0);
    if (count > 2) expect(lowerRank(count - 1, alpha)).toBe(0);
  }
});
