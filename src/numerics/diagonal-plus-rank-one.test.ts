import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jacobiEigenvalues } from "../../test/jacobi-eigenvalues.ts";
import { eigenvaluesOfDiagonalPlusRankOne, negativeEigenvalueCount } from "./diagonal-plus-rank-one.ts";

const ROUNDING = 2 ** -53;

/** Signed numbers from 1e-5 to 1e5, zeros and repetitions among them: ten decades. */
const scaled = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.boolean()).map(toDecades) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(-1, 1, 1 + 2 ** -52, 100) },
);
const problem = fc.record({
  entries: fc.array(fc.tuple(scaled, scaled), { minLength: 1, maxLength: 12 }),
  weight: fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.boolean()).map(toDecades),
});

describe("eigenvaluesOfDiagonalPlusRankOne", () => {
  test.each([
    ["one entry", [2], 3, [5], [77]],
    ["the identity plus ones", [1, 1, 1], 1, [1, 1, 1], [1, 1, 4]],
    ["no diagonal", [0, 0, 0], -2, [1, 2, 2], [-18, 0, 0]],
    ["no weight", [3, -1, 2], 0, [1, 1, 1], [-1, 2, 3]],
    ["no vector", [3, -1, 2], 1, [0, 0, 0], [-1, 2, 3]],
    ["the golden section", [1, 0], 1, [0, 1], [1, 1]],
    ["1 and 2 with ones", [1, 2], 1, [1, 1], [(5 - Math.sqrt(5)) / 2, (5 + Math.sqrt(5)) / 2]],
    ["nothing", [], 1, [], []],
  ])("knows %s", (_name, diagonal, weight, vector, expected) => {
    const eigenvalues = eigenvaluesOfDiagonalPlusRankOne(
      Float64Array.from(diagonal),
      weight,
      Float64Array.from(vector),
    );
    expect(eigenvalues).toHaveLength(expected.length);
    eigenvalues.forEach((value, i) => {
      expect(Math.abs(value - expected[i]!)).toBeLessThan(4 * ROUNDING * (1 + Math.abs(expected[i]!)));
    });
  });

  test("resolves an eigenvalue that is 1e-30 of the norm, where a dense solver cannot", () => {
    const [small, large] = eigenvaluesOfDiagonalPlusRankOne(Float64Array.of(1e-30, 1), 1, Float64Array.of(1e-15, 1));
    // Trace 2 + 2e-30 and determinant a b + a v2^2 + b v1^2 = 3e-30: the small one is 1.5e-30 (1 + O(1e-30)).
    expect(Math.abs(small! / 1.5e-30 - 1)).toBeLessThan(8 * ROUNDING);
    expect(large).toBe(2);
  });

  test("agrees with the dense solver, to that one's precision", () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const { diagonal, weight, vector } = toArrays(drawn);
        const n = diagonal.length;
        const dense = jacobiEigenvalues(denseMatrix(diagonal, weight, vector), n);
        // Both round their input, so that what counts is its size and not that of a sum that may cancel.
        const norm = Math.max(...diagonal.map(Math.abs)) + Math.abs(weight) * sum([...vector.map((v) => v * v)]);
        eigenvaluesOfDiagonalPlusRankOne(diagonal, weight, vector).forEach((value, i) => {
          expect(Math.abs(value - dense[i]!)).toBeLessThanOrEqual(16 * (n + 1) * ROUNDING * norm);
        });
      }),
      { seed: 5, numRuns: 400 },
    );
  });

  test("has each eigenvalue at its own scale, by exact inertia a few roundings to either side", () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const { diagonal, weight, vector } = toArrays(drawn);
        const eigenvalues = eigenvaluesOfDiagonalPlusRankOne(diagonal, weight, vector);
        eigenvalues.forEach((value, i) => {
          // Relative precision in the eigenvalue and in its distance from the nearest pole, over sums of n terms. An
          // eigenvalue that is 0 gets a slack that toWhole still holds.
          const poles = diagonal.filter((_, j) => vector[j] !== 0);
          const nearest = poles.length > 0 ? Math.min(...poles.map((pole) => Math.abs(value - pole))) : 0;
          const slack = 4 * (diagonal.length + 4) * ROUNDING * (Math.abs(value) + nearest) + 2 ** -1000;
          expect(countBelow(diagonal, weight, vector, value - slack)).toBeLessThanOrEqual(i);
          expect(countBelow(diagonal, weight, vector, value + slack)).toBeGreaterThan(i);
        });
      }),
      { seed: 6, numRuns: 150 },
    );
  });

  test("interlaces with the diagonal, exactly", () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const { diagonal, weight, vector } = toArrays(drawn);
        const sorted = diagonal.slice().sort();
        eigenvaluesOfDiagonalPlusRankOne(diagonal, weight, vector).forEach((value, i) => {
          const [below, above] = weight > 0 ? [sorted[i]!, sorted[i + 1]] : [sorted[i - 1], sorted[i]!];
          expect(value).toBeGreaterThanOrEqual(below ?? -Infinity);
          expect(value).toBeLessThanOrEqual(above ?? Infinity);
        });
      }),
      { seed: 7, numRuns: 400 },
    );
  });

  test("has the matrix's trace", () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const { diagonal, weight, vector } = toArrays(drawn);
        const terms = [...diagonal, ...vector.map((v) => weight * v * v)];
        const values = eigenvaluesOfDiagonalPlusRankOne(diagonal, weight, vector);
        const size = sum(terms.map(Math.abs));
        expect(Math.abs(sum([...values]) - sum(terms))).toBeLessThanOrEqual(4 * terms.length * ROUNDING * size);
      }),
      { seed: 8, numRuns: 400 },
    );
  });

  test("leaves its arguments", () => {
    const diagonal = Float64Array.of(3, 1, 2);
    const vector = Float64Array.of(1, 0, 1);
    eigenvaluesOfDiagonalPlusRankOne(diagonal, -1, vector);
    expect([...diagonal, ...vector]).toEqual([3, 1, 2, 1, 0, 1]);
  });
});

describe("negativeEigenvalueCount", () => {
  test("is the exact inertia, and that of the eigenvalues, singular diagonals included", () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const { diagonal, weight, vector } = toArrays(drawn);
        const count = negativeEigenvalueCount(diagonal, weight, vector);
        fc.pre(!diagonal.some((entry, i) => entry === 0 && vector[i] !== 0));
        expect(count).toBe(countBelow(diagonal, weight, vector, 0));
      }),
      { seed: 9, numRuns: 400 },
    );
  });

  test.each([
    ["a zero entry with a component, positive weight", [0, -1], 1, [1, 1], 1],
    ["a zero entry with a component, negative weight", [0, 5], -1, [1, 1], 1],
    ["a zero entry without a component", [0, -1], 2, [0, 1], 0],
    ["only zeros, negative weight", [0, 0, 0], -1, [1, 1, 1], 1],
    ["an eigenvalue that is zero", [-1, 4], 1, [1, 0], 0],
    ["no weight", [-1, 1, -2], 0, [1, 1, 1], 2],
    ["no vector", [-1, 1, -2], -3, [0, 0, 0], 2],
  ])("knows %s", (_name, diagonal, weight, vector, expected) => {
    expect(negativeEigenvalueCount(Float64Array.from(diagonal), weight, Float64Array.from(vector))).toBe(expected);
  });
});

test.each([
  [[1, 2], 1, [1], "a rank-one change requires 2 components, got 1"],
  [[1, Number.NaN], 1, [1, 1], "a rank-one change requires finite numbers, got one that is not"],
  [[1, 2], Infinity, [1, 1], "a rank-one change requires finite numbers, got one that is not"],
  [[1, 2], 1, [1, -Infinity], "a rank-one change requires finite numbers, got one that is not"],
])("refuses %j + %d * %j", (diagonal, weight, vector, message) => {
  const arrays = [Float64Array.from(diagonal), weight, Float64Array.from(vector)] as const;
  expect(() => eigenvaluesOfDiagonalPlusRankOne(...arrays)).toThrow(message);
  expect(() => negativeEigenvalueCount(...arrays)).toThrow(message);
});

function toDecades([exponent, negative]: readonly [number, boolean]): number {
  return (negative ? -1 : 1) * 10 ** exponent;
}

function toArrays(drawn: { entries: readonly (readonly [number, number])[]; weight: number }) {
  return {
    diagonal: Float64Array.from(drawn.entries, ([entry]) => entry),
    weight: drawn.weight,
    vector: Float64Array.from(drawn.entries, ([, component]) => component),
  };
}

function denseMatrix(diagonal: Float64Array, weight: number, vector: Float64Array): Float64Array {
  const n = diagonal.length;
  return Float64Array.from({ length: n * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return weight * vector[i]! * vector[j]! + (i === j ? diagonal[i]! : 0);
  });
}

/**
 * Eigenvalues below x, by Sylvester's law in whole numbers. Every float64 here is a multiple of 2^-1023 and the sum is a
 * fraction over the product of all (entry - x), so nothing is rounded. x must be no entry that has a component.
 */
function countBelow(diagonal: Float64Array, weight: number, vector: Float64Array, x: number): number {
  let negative = 0;
  let numerator = 1n;
  let denominator = 1n;
  const at = toWhole(x);
  diagonal.forEach((entry, i) => {
    const gap = toWhole(entry) - at;
    if (gap < 0n) negative++;
    const mass = toWhole(weight) * toWhole(vector[i]!) ** 2n;
    if (mass === 0n) return;
    // 1 + sum of mass / gap, with masses in units of 2^-3069 and gaps of 2^-1023.
    numerator = numerator * (gap << 2046n) + denominator * mass;
    denominator *= gap << 2046n;
  });
  const secular = denominator < 0n ? -numerator : numerator;
  if (weight > 0) return secular > 0n ? negative : negative - 1;
  return secular < 0n ? negative + 1 : negative;
}

/** In units of 2^-1023; throws where x is not a whole number of them. */
function toWhole(x: number): bigint {
  const whole = Math.trunc(x);
  return (BigInt(whole) << 1023n) + BigInt((x - whole) * 2 ** 1023);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
