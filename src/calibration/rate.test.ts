import { describe, expect, test } from "vitest";
import { chanceOfAsMany, countedRate, exceeds } from "./rate.ts";

/** P(Bin(n, p) <= k), term by term. */
function atMost(k: number, n: number, p: number): number {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
}

describe("countedRate", () => {
  // With no event, and with nothing but events, the ends are powers.
  test.each([
    [0, 10, 0, 1 - 0.005 ** 0.1],
    [10, 10, 0.005 ** 0.1, 1],
  ])("%i of %i lies between %d and %d", (events, trials, low, high) => {
    const rate = countedRate(events, trials);
    expect(rate.low).toBeCloseTo(low, 9);
    expect(rate.high).toBeCloseTo(high, 9);
  });

  test("has ends at which so many events, and so few, have probability .005", () => {
    const { low, high } = countedRate(3, 100);
    expect(1 - atMost(2, 100, low)).toBeCloseTo(0.005, 9);
    expect(atMost(3, 100, high)).toBeCloseTo(0.005, 9);
  });

  test("more events than trials are refused", () => {
    expect(() => countedRate(2, 1)).toThrow(
      "countedRate requires 0 to trials events in at least one trial, got 2 in 1",
    );
  });
});

describe("a promise", () => {
  test("of 1% that is broken once in ten trials is not yet unbelievable", () => {
    // 1 - .99^10
    expect(chanceOfAsMany(countedRate(1, 10), 0.01)).toBeCloseTo(1 - 0.99 ** 10, 12);
    expect(exceeds(countedRate(1, 10), 0.01, 1e-6)).toBe(false);
  });

  test("of 1% that is broken in 5% of a thousand trials is", () => {
    expect(exceeds(countedRate(50, 1000), 0.01, 1e-6)).toBe(true);
  });

  test("is kept without any event", () => {
    expect(chanceOfAsMany(countedRate(0, 10), 0.01)).toBe(1);
  });
});
