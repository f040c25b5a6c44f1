import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { softRoot, softSum } from "./soft-sum.ts";

const psi = (x: number): number => Math.sign(x) * Math.log(1 + Math.abs(x) + (x * x) / 2);

test("exp(psi(x)) is at most 1 + x + x^2 / 2, on which every proof stands", () => {
  fc.assert(
    fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (x) => {
      const { sum } = softSum({ a: Float64Array.of(x), b: Float64Array.of(0) }, 0);
      expect(sum).toBeCloseTo(psi(x), 9);
      expect(Math.exp(sum)).toBeLessThanOrEqual((1 + x + (x * x) / 2) * (1 + 1e-12));
    }),
  );
});

describe("the sum", () => {
  const reals = fc.double({ min: -50, max: 50, noNaN: true });
  const terms = fc.array(fc.tuple(reals, fc.double({ min: 0.01, max: 5, noNaN: true })), {
    minLength: 1,
    maxLength: 40,
  });

  test("is that of its terms one by one, far values included, and its slope a difference quotient", () => {
    fc.assert(
      fc.property(terms, reals, (pairs, t) => {
        const [a, b] = [Float64Array.from(pairs, ([x]) => 1e4 * x), Float64Array.from(pairs, ([, y]) => y)];
        const plain = (at: number) => pairs.reduce((sum, _, i) => sum + psi(a[i]! - b[i]! * at), 0);
        const found = softSum({ a, b }, t);
        expect(found.sum).toBeCloseTo(plain(t), 7);
        expect(found.slope).toBeCloseTo((plain(t + 1e-4) - plain(t - 1e-4)) / 2e-4, 3);
      }),
    );
  });

  test("is the target at its root, near and far", () => {
    fc.assert(
      fc.property(terms, fc.double({ min: -30, max: 30, noNaN: true }), (pairs, target) => {
        const made = { a: Float64Array.from(pairs, ([x]) => x), b: Float64Array.from(pairs, ([, y]) => y) };
        expect(softSum(made, softRoot(made, target)).sum).toBeCloseTo(target, 6);
      }),
    );
  });
});
