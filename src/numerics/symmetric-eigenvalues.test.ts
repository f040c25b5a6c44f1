import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fillHaar } from "./haar.ts";
import { fillGaussian, openStream } from "./random.ts";
import type { StreamKey } from "./stream.ts";
import { symmetricEigenvalues } from "./symmetric-eigenvalues.ts";

const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
/** Backward error in units of dimension * 2^-53 * norm; 8 leaves room for the constants of two stages of reflections. */
const allowed = (dimension: number, norm: number) => 8 * dimension * 2 ** -53 * norm;

describe("symmetricEigenvalues", () => {
  test.each([
    ["1 x 1", [[-3]], [-3]],
    [
      "2 x 2",
      [
        [2, 1],
        [1, 2],
      ],
      [1, 3],
    ],
    [
      "Wilkinson's W3+",
      [
        [1, 1, 0],
        [1, 0, 1],
        [0, 1, 1],
      ],
      [-1, 1, 2],
    ],
    [
      "a matrix of ones",
      [
        [1, 1, 1],
        [1, 1, 1],
        [1, 1, 1],
      ],
      [0, 0, 3],
    ],
    [
      "the Rosser-like block",
      [
        [6, 4, 4, 1],
        [4, 6, 1, 4],
        [4, 1, 6, 4],
        [1, 4, 4, 6],
      ],
      [-1, 5, 5, 15],
    ],
  ])("knows %s", (_name, rows, expected) => {
    const eigenvalues = symmetricEigenvalues(Float64Array.from(rows.flat()), rows.length);
    eigenvalues.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(allowed(rows.length, 15));
    });
  });

  test("finds 4 sin^2(k pi / (2 (n + 1))) for the second difference", () => {
    const n = 100;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = matrix[(i - 1) * n + i] = -1;
    }
    symmetricEigenvalues(matrix, n).forEach((value, i) => {
      expect(Math.abs(value - 4 * Math.sin(((i + 1) * Math.PI) / (2 * (n + 1))) ** 2)).toBeLessThan(allowed(n, 4));
    });
  });

  test("finds a prescribed spectrum under a random rotation, clusters and zeros included", () => {
    const n = 60;
    const spectrum = Float64Array.from({ length: n }, (_, i) => Math.floor(i / 3) - 7).sort();
    const q = new Float64Array(n * n);
    fillHaar(openStream(KEY, 0, 0), q, n);
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) matrix[i * n + j]! += q[i * n + k]! * spectrum[k]! * q[j * n + k]!;
      }
    }
    symmetricEigenvalues(matrix, n).forEach((value, i) => {
      expect(Math.abs(value - spectrum[i]!)).toBeLessThan(allowed(n, 12));
    });
  });

  test("keeps trace and Frobenius norm, at every scale", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 25 }),
        fc.nat({ max: 1000 }),
        fc.integer({ min: -280, max: 280 }),
        (n, r, k) => {
          const matrix = randomSymmetric(n, r).map((x) => x * 10 ** k);
          const unit = Math.max(...matrix.map(Math.abs));
          const eigenvalues = symmetricEigenvalues(matrix, n).map((value) => value / unit);
          const trace = sum(Array.from({ length: n }, (_, i) => matrix[i * n + i]! / unit));
          const squares = sum([...matrix].map((x) => (x / unit) ** 2));
          expect(Math.abs(sum([...eigenvalues]) - trace)).toBeLessThan(n * allowed(n, n));
          expect(Math.abs(sum([...eigenvalues].map((x) => x * x)) - squares)).toBeLessThan(n * n * allowed(n, n));
          expect([...eigenvalues]).toEqual([...eigenvalues].sort((a, b) => a - b));
        },
      ),
      { seed: 4, numRuns: 100 },
    );
  });

  test("leaves its argument and reads its lower triangle only", () => {
    const matrix = Float64Array.of(2, 99, 1, 2);
    expect(symmetricEigenvalues(matrix, 2)[0]).toBeCloseTo(1, 15);
    expect([...matrix]).toEqual([2, 99, 1, 2]);
  });

  test("of nothing is nothing, of zeros is zeros", () => {
    expect(symmetricEigenvalues(new Float64Array(0), 0)).toEqual(new Float64Array(0));
    expect(symmetricEigenvalues(new Float64Array(9), 3)).toEqual(new Float64Array(3));
  });

  test.each([
    [[1, 2, 3], 2, "symmetricEigenvalues requires 4 entries, got 3"],
    [[Number.NaN], 1, "symmetricEigenvalues requires finite entries, got one that is not"],
    [[1, 0, 0, Infinity], 2, "symmetricEigenvalues requires finite entries, got one that is not"],
  ])("refuses %j as %d rows", (entries, dimension, message) => {
    expect(() => symmetricEigenvalues(Float64Array.from(entries), dimension)).toThrow(message);
  });
});

function randomSymmetric(n: number, replicate: number): Float64Array {
  const matrix = new Float64Array(n * n);
  fillGaussian(openStream(KEY, replicate, 1), matrix, 0, n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j]!;
  return matrix;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
