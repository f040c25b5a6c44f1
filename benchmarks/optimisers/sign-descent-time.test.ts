import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stepsToHalf } from "../../test/conformance/engines/naive/chains.ts";
import { signDescentTime } from "./sign-descent-time.ts";

describe("signDescentTime", () => {
  test.each([
    // (1/2 + s)^2 = 1/2
    ["a positive product", [0.5, 0.5], Math.SQRT1_2 - 0.5],
    ["two negative weights, a positive product", [-0.5, -0.5], Math.SQRT1_2 - 0.5],
    // (0.1 + s)(0.5 + s) = 1/2 at s = (-0.6 + sqrt(0.36 + 1.8)) / 2, and twice 0.1 to pass zero
    ["a negative product", [-0.1, 0.5], (Math.sqrt(2.16) - 0.6) / 2 + 0.2],
    ["one negative weight alone: from -1 to 1/2", [-1], 1.5],
    // |w| + s may lie below 0.5: (2 + s)(1 + s) = 1/2 at s = (-3 + sqrt(3)) / 2
    ["a negative product of large weights", [-2, 1], (Math.sqrt(3) - 3) / 2 + 2],
    ["a product above the target", [1, 1], 0],
    ["a zero", [0, 1], (Math.sqrt(3) - 1) / 2],
  ])("%s", (_name, weights, time) => {
    expect(signDescentTime(Float64Array.from(weights), 0.5)).toBeCloseTo(time, 12);
  });

  test("is a naive loop's time to within a few steps, of weights that lie apart", () => {
    const rate = 1e-3;
    const weight = fc.double({ min: 0.01, max: 1.7, noNaN: true });
    fc.assert(
      fc.property(fc.array(weight, { minLength: 2, maxLength: 8 }), fc.nat(255), (sizes, signs) => {
        // Apart by ten steps, so that no two pass zero in one step.
        const apart = [...sizes].sort((a, b) => a - b).map((size, at) => size + 10 * rate * at);
        const weights = apart.map((size, at) => ((signs >> at) & 1 ? -size : size));
        const steps = stepsToHalf(weights, { name: "sign-descent", rate }, 10_000);
        expect(Math.abs(steps * rate - signDescentTime(Float64Array.from(weights), 0.5))).toBeLessThan(4 * rate);
      }),
      { numRuns: 60, seed: 5 },
    );
  });
});
