import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { lowerRank } from "../order-statistic-ranks.ts";
import { medianContrastBounds } from "./median-contrast.ts";

describe("medianContrastBounds", () => {
  test.each([
    [20, 0.01],
    [101, 1e-3],
    [400, 1e-5],
    [5000, 1e-7],
  ])("of one group of %i values at level %f are the exact order statistics", (n, alpha) => {
    const ranks = Float64Array.from({ length: n }, (_, i) => i + 1);
    const rank = lowerRank(n, alpha);
    const { low, high } = medianContrastBounds("median", [ranks], [1], alpha);
    // A rank whose p-value is just below alpha is refused, the next one kept: the bound is x_(k) with P(Bin <= k - 1) <= alpha.
    expect([low, high]).toEqual([rank, n + 1 - rank]);
  });

  test("are narrower than the bounds of the groups at levels alpha / k added up", () => {
    const ranks = Float64Array.from({ length: 1000 }, (_, i) => i);
    const weights = [-0.3, -0.1, 0.1, 0.3];
    const { low, high } = medianContrastBounds("median", [ranks, ranks, ranks, ranks], weights, 1e-5);
    const alone = 1000 + 1 - 2 * lowerRank(1000, 1e-5 / 4);
    // Equal densities: root mean square of the weights (.224) against their mean (.2), at deviates 4.97 against 4.56.
    expect((high - low) / (0.8 * alone)).toBeCloseTo((Math.sqrt(0.2) * 4.967) / (0.8 * 4.564), 1);
  });

  test("shift and scale with the values, and turn over with the weights", () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(
        values,
        values,
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        (a, b, shift, scale) => {
          const sorted = (list: number[]): Float64Array => Float64Array.from(list).sort();
          const plain = medianContrastBounds("x", [sorted(a), sorted(b)], [1, -1], 1e-3);
          const moved = [sorted(a.map((x) => scale * x + shift)), sorted(b.map((x) => scale * x))];
          const affine = medianContrastBounds("x", moved, [1, -1], 1e-3);
          // The dual multiplier is found to 2^-40 of its range; values reach 2000.
          expect(affine.low).toBeCloseTo(scale * plain.low + shift, 4);
          expect(affine.high).toBeCloseTo(scale * plain.high + shift, 4);
          const turned = medianContrastBounds("x", [sorted(b), sorted(a)], [1, -1], 1e-3);
          expect(turned.low).toBeCloseTo(-plain.high, 4);
        },
      ),
      { numRuns: 40 },
    );
  });

  test("rank minus infinity lowest: it moves a bound only where it is reached", () => {
    const dead = (count: number): Float64Array =>
      Float64Array.from({ length: 200 }, (_, i) => (i < count ? Number.NEGATIVE_INFINITY : i));
    const whole = medianContrastBounds("x", [dead(0), dead(0)], [1, -1], 1e-3);
    expect(medianContrastBounds("x", [dead(40), dead(20)], [1, -1], 1e-3)).toEqual(whole);
    expect(medianContrastBounds("x", [dead(90), dead(0)], [1, -1], 1e-3).low).toBe(Number.NEGATIVE_INFINITY);
    expect(() => medianContrastBounds("x", [dead(150), dead(150)], [1, -1], 1e-3)).toThrow("medians that combine");
  });
});
