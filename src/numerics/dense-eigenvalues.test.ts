import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jacobiEigenvalues } from "../../test/jacobi-eigenvalues.ts";
import { denseEigenvalues, rowStart, updateAndMultiply, workspaceOf } from "./dense-eigenvalues.ts";
import { fillHaar } from "./haar.ts";
import { fillGaussian, openStream } from "./random.ts";
import { squareRootFreeQl } from "./square-root-free-ql.ts";
import type { StreamKey } from "./stream.ts";

const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
/** Backward error in units of dimension * 2^-53 * norm; 8 leaves room for the constants of two stages of reflections. */
const allowed = (dimension: number, norm: number) => 8 * dimension * 2 ** -53 * norm;

describe("denseEigenvalues", () => {
  test.each([
    ["a row of zeros at the end", [0, 0, 0, 0, 2, 0, 0, 0, 3], [0, 2, 3]],
    ["a couple without diagonal", [0, 1, 1, 0], [-1, 1]],
    ["a matrix of ones", [1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 3]],
    ["the Rosser-like block", [6, 4, 4, 1, 4, 6, 1, 4, 4, 1, 6, 4, 1, 4, 4, 6], [-1, 5, 5, 15]],
    ["one number", [-3], [-3]],
    ["nothing", [], []],
    ["zeros", [0, 0, 0, 0], [0, 0]],
  ])("knows %s", (_name, entries, expected) => {
    const found = eigenvaluesOf(Float64Array.from(entries), expected.length);
    for (const [i, value] of found.entries()) {
      expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(allowed(expected.length, 15));
    }
    expect(found.length).toBe(expected.length);
  });

  test("finds 4 sin^2(k pi / (2 (n + 1))) for the second difference", () => {
    const n = 100;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      matrix[i * n + i] = 2;
      if (i > 0) matrix[i * n + i - 1] = -1;
    }
    eigenvaluesOf(matrix, n).forEach((value, i) => {
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
    eigenvaluesOf(matrix, n).forEach((value, i) => {
      expect(Math.abs(value - spectrum[i]!)).toBeLessThan(allowed(n, 12));
    });
  });

  test("agrees with Jacobi rotations at every scale, down to subnormal numbers", () => {
    const scale = fc.constantFrom(-300, -200, -100, -30, 0, 30, 100, 200, 300);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 }), fc.nat({ max: 1000 }), scale, (n, replicate, decimal) => {
        const matrix = randomSymmetric(n, replicate).map((x) => x * 10 ** decimal);
        const norm = Math.hypot(...matrix.map((x) => x / 10 ** decimal)) * 10 ** decimal;
        const expected = jacobiEigenvalues(matrix, n);
        // Two solvers, each with its error; 5e-324 is the rounding of the entries themselves at the smallest scale.
        const bound = 2 * allowed(n, norm) + n * 5e-324;
        eigenvaluesOf(matrix, n).forEach((value, i) => {
          expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(bound);
        });
      }),
      { numRuns: 100 },
    );
  });

  test("takes rows that differ by hundreds of orders of magnitude", () => {
    const sizes = [1, 1e-60, 1e-120, 1e-180, 0];
    const n = sizes.length;
    const matrix = Float64Array.from({ length: n * n }, (_, at) => sizes[Math.floor(at / n)]! * sizes[at % n]!);
    const found = eigenvaluesOf(matrix, n);
    expect(Math.abs(found[n - 1]! - 1)).toBeLessThan(allowed(n, 1));
    for (const value of found.subarray(0, n - 1)) expect(Math.abs(value)).toBeLessThan(allowed(n, 1));
  });

  test("reads the lower triangle only", () => {
    expect(eigenvaluesOf(Float64Array.of(2, Number.NaN, 1, 2), 2)[0]).toBeCloseTo(1, 15);
  });

  test.each([Number.NaN, Infinity, -Infinity])("refuses %d", (entry) => {
    expect(() => eigenvaluesOf(Float64Array.of(1, 0, entry, 2), 2)).toThrow(
      `eigenvalues require finite entries, got ${entry} in row 1`,
    );
  });
});

test("packed rows of a lower triangle do not overlap, move down only, and fit into the square from 8 rows on", () => {
  for (let n = 8; n <= 300; n++) {
    for (let row = 1; row < n; row++) {
      expect(rowStart(row)).toBeGreaterThanOrEqual(rowStart(row - 1) + row);
      expect(rowStart(row)).toBeLessThanOrEqual(row * n);
    }
    expect(rowStart(n - 1) + n).toBeLessThanOrEqual(n * n);
  }
});

describe("squareRootFreeQl", () => {
  test("finds the pairs of Wilkinson's W21+, nearly equal at the top", () => {
    const diagonal = Float64Array.from({ length: 21 }, (_, i) => Math.abs(i - 10));
    squareRootFreeQl(diagonal, new Float64Array(20).fill(1));
    // By LAPACK (dsyevd); the largest two agree to 13 decimals.
    expect(diagonal[20]).toBeCloseTo(10.746194182903393, 12);
    expect(diagonal[19]).toBeCloseTo(10.746194182903322, 12);
    expect(diagonal[0]).toBeCloseTo(-1.125441522119984, 12);
  });

  test("of a diagonal sorts it, couplings of zero notwithstanding", () => {
    const diagonal = Float64Array.of(3, -1, 2);
    squareRootFreeQl(diagonal, new Float64Array(2));
    expect([...diagonal]).toEqual([-1, 2, 3]);
  });

  test("takes equal diagonals and couplings near the smallest squares", () => {
    const diagonal = new Float64Array(40);
    const squares = Float64Array.from({ length: 39 }, (_, i) => 10 ** (-7 * i));
    squareRootFreeQl(diagonal, squares);
    expect(diagonal.every(Number.isFinite)).toBe(true);
    // The couplings fall off: the first two rows hold the norm, their eigenvalues are +-1 up to the third's coupling squared.
    expect(Math.abs(diagonal[39]! - 1)).toBeLessThan(1e-7);
    expect(Math.abs(diagonal[0]! + 1)).toBeLessThan(1e-7);
  });
});

function eigenvaluesOf(matrix: Float64Array, n: number): Float64Array {
  const memory = new Float64Array(n * n + workspaceOf(n) + n);
  memory.set(matrix);
  denseEigenvalues(memory, n, 0, n * n, memory.length - n, updateAndMultiply(memory));
  return memory.slice(memory.length - n);
}

function randomSymmetric(n: number, replicate: number): Float64Array {
  const matrix = new Float64Array(n * n);
  fillGaussian(openStream(KEY, replicate, 1), matrix, 0, n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[j * n + i] = matrix[i * n + j]!;
  return matrix;
}
