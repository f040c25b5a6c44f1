import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { logSumExp, normalise } from "./log-domain.ts";

const ROUNDING = 2 ** -53;
const moderate = fc.double({ min: -10, max: 10, noNaN: true }).filter((x) => Math.abs(x) > 1e-3);

describe("normalise", () => {
  test.each([
    ["ordinary numbers", [3, 4], Math.log(25)],
    ["squares that underflow", [3e-200, 4e-200], Math.log(25) - 400 * Math.LN10],
    ["squares that overflow", [3e200, 4e200], Math.log(25) + 400 * Math.LN10],
    ["the smallest subnormal number", [2 ** -1074, 0], -2148 * Math.LN2],
    ["subnormal numbers", [3 * 2 ** -1074, 4 * 2 ** -1074], Math.log(25) - 2148 * Math.LN2],
    ["the largest numbers", [Number.MAX_VALUE, Number.MAX_VALUE], 2049 * Math.LN2],
    ["numbers 300 decades apart", [1e-150, 1e150], 300 * Math.LN10],
  ])("returns ln of the squared norm of %s and leaves a unit vector", (_name, entries, expected) => {
    const vector = Float64Array.from(entries);
    // Relative rounding of the sum and of two logarithms: some units of the last place of the result.
    expect(Math.abs(normalise(vector, 0, vector.length) - expected)).toBeLessThan(8 * ROUNDING * Math.abs(expected));
    expect(Math.hypot(...vector)).toBeCloseTo(1, 15);
    expect(vector[1]! / vector[0]!).toBeCloseTo(entries[1]! / entries[0]!, 14);
  });

  test("tells a dead vector from one that is merely small", () => {
    expect(normalise(new Float64Array(3), 0, 3)).toBe(-Infinity);
    expect(normalise(Float64Array.of(0, 1e-320, 0), 0, 3)).toBeGreaterThan(-1500);
    expect(normalise(new Float64Array(0), 0, 0)).toBe(-Infinity);
  });

  test.each([Number.NaN, Infinity, -Infinity])("gives NaN and touches nothing where an entry is %d", (bad) => {
    const vector = Float64Array.of(1, bad, 2);
    expect(normalise(vector, 0, 3)).toBeNaN();
    expect([...vector]).toEqual([1, bad, 2]);
  });

  test("of one entry is its sign, exactly, at every scale", () => {
    for (let k = -1074; k < 1024; k += 7) {
      const vector = Float64Array.of(-1.1 * 2 ** k);
      normalise(vector, 0, 1);
      expect(vector[0]).toBe(-1);
    }
  });

  test("works between `from` and `to` only", () => {
    const vector = Float64Array.of(9, 3, 4, 9);
    normalise(vector, 1, 3);
    expect([...vector]).toEqual([9, 0.6, 0.8, 9]);
  });

  test("commutes with powers of two: the direction to rounding, the logarithm by their logarithm", () => {
    const vectors = fc.array(moderate, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(vectors, fc.integer({ min: -1000, max: 1000 }), (entries, k) => {
        const plain = Float64Array.from(entries);
        const scaled = plain.map((x) => x * 2 ** k);
        const difference = normalise(scaled, 0, scaled.length) - normalise(plain, 0, plain.length);
        // Two logarithms near 2 k ln 2, each within some units of its last place, and a sum of 20 terms in each.
        expect(Math.abs(difference - 2 * k * Math.LN2)).toBeLessThan(ROUNDING * (40 + 16 * Math.abs(k)));
        scaled.forEach((x, i) => {
          expect(Math.abs(x - plain[i]!)).toBeLessThan(40 * ROUNDING);
        });
      }),
      { seed: 3, numRuns: 300 },
    );
  });
});

describe("logSumExp", () => {
  test.each([
    ["equal terms", [0, 0, 0, 0], Math.log(4)],
    ["terms that overflow", [1000, 1000 + Math.log(2)], 1000 + Math.log(3)],
    ["terms that underflow", [-1000, -1000 + Math.log(2)], -1000 + Math.log(3)],
    ["one term that is all that counts", [0, -800], 0],
    ["a term of weight zero", [-Infinity, 2], 2],
  ])("adds %s", (_name, values, expected) => {
    expect(logSumExp(Float64Array.from(values), 0, values.length)).toBeCloseTo(expected, 12);
  });

  test.each([
    ["nothing", [], -Infinity],
    ["zero weights", [-Infinity, -Infinity], -Infinity],
    ["an infinite weight", [1, Infinity], Infinity],
    ["two infinite weights", [Infinity, Infinity], Infinity],
    ["NaN", [1, Number.NaN], Number.NaN],
    ["NaN among zero weights", [-Infinity, Number.NaN], Number.NaN],
    ["NaN beside an infinite weight", [Infinity, Number.NaN], Number.NaN],
  ])("of %s is told apart", (_name, values, expected) => {
    expect(logSumExp(Float64Array.from(values), 0, values.length)).toBe(expected);
  });
});
