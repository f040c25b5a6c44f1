import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jacobiEigenvalues } from "../../test/jacobi-eigenvalues.ts";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";

function dense(diagonal: readonly number[], subdiagonal: readonly number[]): Float64Array {
  const n = diagonal.length;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    matrix[i * n + i] = diagonal[i]!;
    if (i + 1 < n) {
      matrix[(i + 1) * n + i] = subdiagonal[i]!;
      matrix[i * n + i + 1] = subdiagonal[i]!;
    }
  }
  return matrix;
}

describe("tridiagonalEigenvalues", () => {
  test("the second difference: eigenvalues and components in closed form", () => {
    const n = 9;
    const { eigenvalues, lastComponents } = tridiagonalEigenvalues(
      new Float64Array(n).fill(2),
      new Float64Array(n - 1).fill(-1),
    );
    for (let k = 1; k <= n; k++) {
      const angle = (k * Math.PI) / (n + 1);
      // A rounding for each of about 2 sweeps an eigenvalue of 9 rotations, on numbers up to 4.
      expect(Math.abs(eigenvalues[k - 1]! - (2 - 2 * Math.cos(angle)))).toBeLessThan(4 * 18 * 2 ** -52);
      const component = Math.sqrt(2 / (n + 1)) * Math.abs(Math.sin(n * angle));
      // Gaps are at least 0.09, by which the error of the matrix is divided.
      expect(Math.abs(Math.abs(lastComponents[k - 1]!) - component)).toBeLessThan((4 * 18 * 2 ** -52) / 0.09);
    }
  });

  test("any matrix has the eigenvalues of the dense solver, and last components of total square 1", () => {
    const entry = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 12 }), (entries) => {
        const diagonal = entries.map(([d]) => d);
        const subdiagonal = entries.slice(1).map(([, e]) => e);
        const { eigenvalues, lastComponents } = tridiagonalEigenvalues(
          Float64Array.from(diagonal),
          Float64Array.from(subdiagonal),
        );
        const expected = jacobiEigenvalues(dense(diagonal, subdiagonal), diagonal.length);
        // Both err by a rounding for each of about 24 sweeps of 12 rotations, on a norm of at most 3.
        eigenvalues.forEach((value, i) => {
          expect(Math.abs(value - expected[i]!)).toBeLessThan(3 * 576 * 2 ** -52);
        });
        const total = lastComponents.reduce((sum, x) => sum + x * x, 0);
        expect(Math.abs(total - 1)).toBeLessThan(576 * 2 ** -52);
      }),
    );
  });

  test("scale does not matter, however small or large", () => {
    const plain = tridiagonalEigenvalues(Float64Array.of(1, 2, 3), Float64Array.of(0.5, 0.25));
    for (const scale of [2 ** -900, 2 ** 900]) {
      const { eigenvalues } = tridiagonalEigenvalues(
        Float64Array.of(scale, 2 * scale, 3 * scale),
        Float64Array.of(0.5 * scale, 0.25 * scale),
      );
      expect(eigenvalues).toEqual(plain.eigenvalues.map((value) => value * scale));
    }
  });

  test("couplings whose squares underflow beside zeros", () => {
    const { eigenvalues } = tridiagonalEigenvalues(new Float64Array(4), Float64Array.of(1, 1e-163, 1e-162));
    // What 2^-200 of the largest entry may hide.
    [-1, 0, 0, 1].forEach((value, i) => {
      expect(Math.abs(eigenvalues[i]! - value)).toBeLessThan(2 ** -50);
    });
  });

  test("zeros, one entry, none, and NaN", () => {
    expect(tridiagonalEigenvalues(new Float64Array(3), new Float64Array(2)).eigenvalues).toEqual(new Float64Array(3));
    expect(tridiagonalEigenvalues(Float64Array.of(-7), new Float64Array(0))).toEqual({
      eigenvalues: Float64Array.of(-7),
      lastComponents: Float64Array.of(1),
    });
    expect(tridiagonalEigenvalues(new Float64Array(0), new Float64Array(0)).eigenvalues).toHaveLength(0);
    const { eigenvalues } = tridiagonalEigenvalues(Float64Array.of(1, Number.NaN), Float64Array.of(1));
    expect(eigenvalues).toEqual(Float64Array.of(Number.NaN, Number.NaN));
  });
});
