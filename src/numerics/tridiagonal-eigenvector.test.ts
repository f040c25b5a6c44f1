import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { tridiagonalEigenvalues } from "./tridiagonal-eigenvalues.ts";
import { tridiagonalEigenvector } from "./tridiagonal-eigenvector.ts";

const entry = fc.double({ min: -1e3, max: 1e3, noNaN: true });

/** T v - lambda v, by the definition. */
function residualOf(diagonal: Float64Array, below: Float64Array, value: number, v: Float64Array): number {
  const rest = v.map(
    (x, i) => diagonal[i]! * x + (below[i] ?? 0) * (v[i + 1] ?? 0) + (below[i - 1] ?? 0) * (v[i - 1] ?? 0),
  );
  return Math.hypot(...rest.map((x, i) => x - value * v[i]!));
}

describe("an eigenvector of a tridiagonal matrix", () => {
  test("has norm 1 and, for each eigenvalue, a residual of the order of the rounding", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(entry, entry), { minLength: 1, maxLength: 12 }), (rows) => {
        const diagonal = Float64Array.from(rows, ([on]) => on);
        const below = Float64Array.from(rows.slice(1), ([, off]) => off);
        const size = Math.max(...diagonal.map(Math.abs), ...below.map(Math.abs));
        for (const value of tridiagonalEigenvalues(diagonal, below).eigenvalues) {
          const vector = tridiagonalEigenvector(diagonal, below, value);
          expect(Math.abs(Math.hypot(...vector) - 1)).toBeLessThan(1e-14);
          expect(residualOf(diagonal, below, value, vector)).toBeLessThanOrEqual(
            64 * 2 ** -53 * diagonal.length * size,
          );
        }
      }),
      { endOnFailure: true },
    );
  });

  test("is that of the second difference, a sine", () => {
    const n = 9;
    const value = 2 - 2 * Math.cos((2 * Math.PI) / (n + 1));
    const vector = tridiagonalEigenvector(new Float64Array(n).fill(2), new Float64Array(n - 1).fill(-1), value);
    const sine = Array.from(
      { length: n },
      (_, i) => Math.sqrt(2 / (n + 1)) * Math.sin((2 * Math.PI * (i + 1)) / (n + 1)),
    );
    const sign = Math.sign(vector[0]!);
    for (const [i, x] of vector.entries()) expect(Math.abs(sign * x - sine[i]!)).toBeLessThan(1e-14);
  });

  test("of a matrix of zeros is any", () => {
    expect(tridiagonalEigenvector(new Float64Array(4), new Float64Array(3), 0)).toEqual(new Float64Array(4).fill(0.5));
  });
});
