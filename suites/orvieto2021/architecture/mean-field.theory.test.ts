import { describe, expect, test } from "vitest";
import { tanhFixedPoint } from "./mean-field.theory.ts";

describe("tanhFixedPoint", () => {
  test.each([0.5, 1])("gain %d is ordered or critical: nothing is left of the signal, and chi is the gain", (gain) => {
    expect(tanhFixedPoint(gain)).toEqual({ q: 0, chi: gain });
  });

  // A Riemann sum over 2,001 points and 2,000 iterations, in a program of its own.
  test.each([
    [1.5, 0.2868942, 1.0405676],
    [2.25, 0.793354, 1.1393232],
    [4, 2.1214736, 1.3626733],
  ])("gain %d has q %d and chi %d", (gain, q, chi) => {
    const seen = tanhFixedPoint(gain);
    expect(seen.q).toBeCloseTo(q, 6);
    expect(seen.chi).toBeCloseTo(chi, 6);
  });
});
