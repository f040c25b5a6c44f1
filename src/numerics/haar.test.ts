import { describe, expect, test } from "vitest";
import { applyHaar, fillHaar } from "./haar.ts";
import { openStream, type Stream } from "./random.ts";
import type { StreamKey } from "./stream.ts";

/** The digits of pi: an address that nobody chose for its outcome. */
const KEY: StreamKey = [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344];
const ROUNDING = 2 ** -53;
/** A seeded test cannot flake; five standard errors say what a wrong law would have to hide under. */
const ERRORS = 5;
/** sup |F_n - F| sqrt(n) exceeds 1.95 with probability 1e-3 (Kolmogorov's law). */
const KOLMOGOROV = 1.95;

describe("fillHaar", () => {
  test.each([1, 2, 3, 10, 64, 150])("makes rows and columns orthonormal to rounding at dimension %d", (dimension) => {
    const q = haar(openStream(KEY, dimension, 0), dimension);
    // Each of `dimension` reflections perturbs a row by a few roundings of sums of `dimension` terms, at random.
    const allowed = 8 * dimension * ROUNDING;
    expect(furthestFromIdentity(dimension, (i, j, k) => q[i * dimension + k]! * q[j * dimension + k]!)).toBeLessThan(
      allowed,
    );
    expect(furthestFromIdentity(dimension, (i, j, k) => q[k * dimension + i]! * q[k * dimension + j]!)).toBeLessThan(
      allowed,
    );
  });

  test("at dimension 1 is a fair sign", () => {
    const signs = many(10_000, 1).map((q) => q[0]!);
    expect(signs.every((sign) => sign === 1 || sign === -1)).toBe(true);
    expectMean(signs, 0, 1);
  });

  test("has the moments of the Haar law in every entry", () => {
    const d = 4;
    const matrices = many(20_000, d);
    for (let entry = 0; entry < d * d; entry++) {
      const x = matrices.map((q) => q[entry]!);
      // An entry's square is Beta(1/2, (d-1)/2): E x^2 = 1/d, E x^4 = 3/(d(d+2)), E x^8 = 105/(d(d+2)(d+4)(d+6)).
      expectMean(x, 0, 1 / d);
      expectMean(
        x.map((value) => value ** 2),
        1 / d,
        3 / (d * (d + 2)) - 1 / d ** 2,
      );
      const fourth = 3 / (d * (d + 2));
      expectMean(
        x.map((value) => value ** 4),
        fourth,
        105 / (d * (d + 2) * (d + 4) * (d + 6)) - fourth ** 2,
      );
    }
  });

  test("has trace moments 0, 1, 0, 3 and determinants of both signs, which a missing sign fix spoils", () => {
    const d = 6;
    const matrices = many(20_000, d);
    const traces = matrices.map((q) => trace(q, d));
    // Diaconis and Shahshahani (1994): E (tr Q)^k is the standard normal's for 2k <= d or so; E tr^6 = 15, E tr^8 <= 105.
    expectMean(traces, 0, 1);
    expectMean(
      traces.map((t) => t ** 2),
      1,
      2,
    );
    expectMean(
      traces.map((t) => t ** 3),
      0,
      15,
    );
    expectMean(
      traces.map((t) => t ** 4),
      3,
      105 - 9,
    );
    expectMean(
      matrices.map((q) => Math.sign(determinant(q, d))),
      0,
      1,
    );
  });

  test("has entries whose law is Beta's, by Kolmogorov and Smirnov, in the first and the last place", () => {
    const d = 5;
    const matrices = many(4000, d);
    for (const entry of [0, d * d - 1]) {
      expect(
        distance(
          matrices.map((q) => q[entry]! ** 2),
          betaOfFive,
        ),
      ).toBeLessThan(KOLMOGOROV / Math.sqrt(4000));
    }
  });

  test("correlates no two entries, nor their squares beyond what orthogonality demands", () => {
    const d = 4;
    const matrices = many(20_000, d);
    expectMean(
      matrices.map((q) => q[0]! * q[5]!),
      0,
      1 / d ** 2,
    );
    // Weingarten: E q11^2 q22^2 = (d+1) / (d (d-1) (d+2)), E q11^2 q12^2 = 1 / (d (d+2)), E q11 q22 q12 q21 = -1 / (d (d-1) (d+2)).
    // Each product is at most 1/4 in size (two unit rows), hence the variances.
    expectMean(
      matrices.map((q) => q[0]! ** 2 * q[5]! ** 2),
      (d + 1) / (d * (d - 1) * (d + 2)),
      1 / 4,
    );
    expectMean(
      matrices.map((q) => q[0]! ** 2 * q[1]! ** 2),
      1 / (d * (d + 2)),
      1 / 16,
    );
    expectMean(
      matrices.map((q) => q[0]! * q[5]! * q[1]! * q[4]!),
      -1 / (d * (d - 1) * (d + 2)),
      1 / 16,
    );
  });
});

describe("applyHaar", () => {
  test("keeps the norm to rounding, and leaves the rest of the array", () => {
    const vector = Float64Array.of(9, 3, 0, 4, 12, 9);
    applyHaar(openStream(KEY, 0, 0), vector, 1, 5);
    expect([vector[0], vector[5]]).toEqual([9, 9]);
    expect(Math.hypot(...vector.slice(1, 5))).toBeCloseTo(13, 13);
  });

  test("keeps a vector of zeros", () => {
    const vector = new Float64Array(4);
    applyHaar(openStream(KEY, 0, 0), vector, 0, 4);
    expect(vector.every((value) => value === 0)).toBe(true);
  });

  test("has the law of a column of fillHaar times the norm, whatever the direction", () => {
    const d = 5;
    for (const start of [
      [2, 0, 0, 0, 0],
      [0.4, -0.8, 1.2, 0.4, -1.2649110640673518],
    ]) {
      const points = Array.from({ length: 4000 }, (_, replicate) => {
        const vector = Float64Array.from(start);
        applyHaar(openStream(KEY, replicate, 1), vector, 0, d);
        return vector;
      });
      for (let i = 0; i < d; i++) {
        expect(
          distance(
            points.map((p) => p[i]! ** 2 / 4),
            betaOfFive,
          ),
        ).toBeLessThan(KOLMOGOROV / Math.sqrt(4000));
        expectMean(
          points.map((p) => p[i]!),
          0,
          4 / d,
        );
      }
      expectMean(
        points.map((p) => p[0]! * p[1]!),
        0,
        16 / (d * (d + 2)),
      );
    }
  });
});

function haar(stream: Stream, dimension: number): Float64Array {
  const out = new Float64Array(dimension * dimension);
  fillHaar(stream, out, dimension);
  return out;
}

function many(count: number, dimension: number): readonly Float64Array[] {
  return Array.from({ length: count }, (_, replicate) => haar(openStream(KEY, replicate, 0), dimension));
}

function furthestFromIdentity(dimension: number, term: (i: number, j: number, k: number) => number): number {
  let furthest = 0;
  for (let i = 0; i < dimension; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < dimension; k++) sum += term(i, j, k);
      furthest = Math.max(furthest, Math.abs(sum - (i === j ? 1 : 0)));
    }
  }
  return furthest;
}

function trace(q: Float64Array, dimension: number): number {
  let sum = 0;
  for (let i = 0; i < dimension; i++) sum += q[i * dimension + i]!;
  return sum;
}

/** Elimination without pivoting: good enough for a sign, since no pivot is ever exactly 0. */
function determinant(q: Float64Array, dimension: number): number {
  const a = q.slice();
  let product = 1;
  for (let k = 0; k < dimension; k++) {
    const pivot = a[k * dimension + k]!;
    product *= pivot;
    for (let i = k + 1; i < dimension; i++) {
      const factor = a[i * dimension + k]! / pivot;
      for (let j = k; j < dimension; j++) a[i * dimension + j]! -= factor * a[k * dimension + j]!;
    }
  }
  return product;
}

/** P(Beta(1/2, 2) <= x) = (3 sqrt(x) - x^(3/2)) / 2: the square of an entry of a Haar matrix of dimension 5. */
function betaOfFive(x: number): number {
  return (3 * Math.sqrt(x) - x * Math.sqrt(x)) / 2;
}

/** Largest distance between the empirical distribution function and the law's. */
function distance(sample: readonly number[], cdf: (x: number) => number): number {
  const n = sample.length;
  return sample
    .toSorted((a, b) => a - b)
    .reduce((largest, x, i) => Math.max(largest, cdf(x) - i / n, (i + 1) / n - cdf(x)), 0);
}

function expectMean(values: readonly number[], expected: number, variance: number): void {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  expect(Math.abs(mean - expected)).toBeLessThan(ERRORS * Math.sqrt(variance / values.length));
}
