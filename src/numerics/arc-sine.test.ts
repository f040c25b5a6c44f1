import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { arcSine } from "./arc-sine.ts";

describe("arcSine", () => {
  test("agrees with the platform's asin to a few ulp on [0, 1]", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (x) => {
        // Three halvings of five roundings of half an ulp each: 8 ulp, or 8 units of the subnormal range, bound both errors.
        expect(Math.abs(arcSine(x) - Math.asin(x))).toBeLessThanOrEqual(
          8 * Number.EPSILON * Math.asin(x) + 8 * Number.MIN_VALUE,
        );
      }),
    );
  });

  test.each([
    [0, 0],
    [1, Math.PI / 2],
    [0.5, Math.PI / 6],
  ])("asin(%d) is %d", (x, expected) => {
    expect(arcSine(x)).toBeCloseTo(expected, 15);
  });

  test.each([-0.1, 1.1, Number.NaN])("asin(%d) is NaN", (x) => expect(arcSine(x)).toBeNaN());
});
