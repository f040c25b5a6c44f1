import { describe, expect, test } from "vitest";
import { largestCount } from "./largest-count.ts";

/** P(X > k) by adding up the binomial law itself. */
function upperTail(k: number, count: number, rate: number): number {
  let term = (1 - rate) ** count;
  let tail = 0;
  for (let events = 1; events <= count; events++) {
    term *= ((count - events + 1) / events) * (rate / (1 - rate));
    if (events > k) tail += term;
  }
  return tail;
}

describe("the largest count that is chance", () => {
  test.each([
    [512, 0.01, 1e-5],
    [512, 0.01, 0.01],
    [64, 0.3, 1e-6],
    [4096, 1e-4, 1e-6],
    [10, 0.5, 0.2],
  ])("of %i at rate %d and alarm %d is the smallest with that tail", (count, rate, alarm) => {
    const most = largestCount(count, rate, alarm);
    expect(upperTail(most, count, rate)).toBeLessThanOrEqual(alarm);
    expect(upperTail(most - 1, count, rate)).toBeGreaterThan(alarm);
  });

  test("is none at a rate of 0, and all at 1", () => {
    expect([largestCount(100, 0, 1e-6), largestCount(100, 1, 1e-6)]).toEqual([0, 100]);
  });

  test("has no meaning for a rate that is no probability", () => {
    expect(() => largestCount(1, 1.5, 0.1)).toThrow("requires a rate from 0 to 1, got 1.5");
  });
});
