import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Part, shapeOf } from "../../predictions/synthetic/rare-law.ts";
import { gammaQuadrature } from "./gamma-quadrature.ts";
import { lawsWithin } from "./laws-within.ts";
import { threePointLaw } from "./three-point-law.ts";

const momentOf = (points: readonly Part[], order: number) =>
  points.reduce((sum, { weight, mean }) => sum + weight * mean ** order, 0);

test("three points have the mean, variance, skewness and kurtosis asked, wherever the third one is put", () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(-3, 3), number(0.01, 100), number(-40, 40), (skewness, beyond, third) => {
      const excessKurtosis = skewness ** 2 - 2 + beyond;
      const points = threePointLaw(skewness, excessKurtosis, third);
      expect(points.every(({ weight }) => weight > -1e-9)).toBe(true);
      [1, 0, 1, skewness, excessKurtosis + 3].forEach((value, order) => {
        expect(Math.abs(momentOf(points, order) - value)).toBeLessThan(1e-6 * (1 + Math.abs(value)));
      });
    }),
  );
});

test("two points are all that the least kurtosis leaves", () => {
  const points = threePointLaw(1, -1, 5);
  expect(points).toHaveLength(2);
  expect(shapeOf(points).skewness).toBeCloseTo(1, 9);
});

test.each([0, 0.3, 1])("five points have the first nine moments of a gamma law of heaviness %f", (theta) => {
  // Cumulants (r - 1)! theta^(r - 2), and moments from them: m_r = sum_j C(r - 1, j - 1) k_j m_(r - j).
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const moments = [1];
  for (let r = 1; r <= 9; r++) {
    moments[r] = Array.from({ length: r }, (_, i) => i + 1).reduce((sum, j) => {
      const cumulant = j === 1 ? 0 : factorial(j - 1) * theta ** (j - 2);
      return sum + (factorial(r - 1) / factorial(j - 1) / factorial(r - j)) * cumulant * moments[r - j]!;
    }, 0);
  }
  const points = gammaQuadrature(theta);
  moments.forEach((value, order) => {
    expect(Math.abs(momentOf(points, order) - value)).toBeLessThan(1e-8 * (1 + Math.abs(value)));
  });
});

describe.each(["value", "square"] as const)("laws of a family, tilted in the %s", (tiltedIn) => {
  const family = { skewness: 1.54, excessKurtosis: 4.01 };
  const laws = lawsWithin(family, tiltedIn);

  test("are many, and inside it", () => {
    expect(laws.length).toBeGreaterThan(25);
    for (const { skewness, excessKurtosis } of laws) {
      expect(Math.abs(skewness)).toBeLessThan(1.5401);
      expect(excessKurtosis).toBeLessThan(4.0101);
    }
  });

  test.each(laws.map((law) => [law.name, law] as const))(
    "%s: the mean under a tilt is the cumulant's derivative",
    (_, law) => {
      for (const h of [-0.3, 0, 0.2]) {
        const derivative = (law.cumulant(h + 1e-5) - law.cumulant(h - 1e-5)) / 2e-5;
        expect(law.mean(h)).toBeCloseTo(derivative, 5);
      }
      expect(law.cumulant(0)).toBeCloseTo(0, 9);
      expect(law.mean(0)).toBeCloseTo(0, 6);
      // The variance of what is tilted is 1.
      expect((law.mean(1e-4) - law.mean(-1e-4)) / 2e-4).toBeCloseTo(1, 3);
    },
  );
});
