import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import { describe, expect, test } from "vitest";
import { normalUpperTail } from "../quantiles.ts";
import { skewedUpperTail } from "./skewed-tail.ts";

describe("skewedUpperTail", () => {
  test.each([0.5, 2, 5, 10])("is the normal tail at %d for no skewness", (x) => {
    expect(skewedUpperTail(x, 0) / normalUpperTail(x)).toBeCloseTo(1, 6);
  });

  test.each([
    [1, 100],
    [3, 100],
    [5, 100],
    [3, 20],
  ])("is the tail of a standardised gamma law within 30 percent at %d deviations, shape %d", (x, shape) => {
    const exact = 1 - gammaCdf(shape + x * Math.sqrt(shape), shape, 1);
    const ratio = skewedUpperTail(x, 2 / Math.sqrt(shape)) / exact;
    expect(ratio).toBeGreaterThan(0.7);
    expect(ratio).toBeLessThan(1.3);
  });

  test.each([0, 0.1, 1, 4])("falls from 1 to 0 at skewness %d, without end", (skewness) => {
    const tails = [0, 1, 3, 10, 29.9, 30.1, 100, 1e4, 1e9, Number.POSITIVE_INFINITY].map((x) =>
      skewedUpperTail(x, skewness),
    );
    expect(tails).toEqual(tails.toSorted((a, b) => b - a));
    expect([tails[0], tails.at(-1)]).toEqual([1, 0]);
  });
});
