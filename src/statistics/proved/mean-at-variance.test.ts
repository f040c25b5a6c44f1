import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { constantSteps, meanAtVariance, predictableSteps } from "./mean-at-variance.ts";

/** Largest of both sides' error rates over e^-budget, for values of two or three kinds, by enumeration of their counts. */
function worstRatio(law: readonly (readonly [value: number, chance: number])[], count: number, budget: number): number {
  const mean = law.reduce((sum, [value, chance]) => sum + value * chance, 0);
  const variance = law.reduce((sum, [value, chance]) => sum + chance * (value - mean) ** 2, 0);
  const steps = constantSteps(count, variance, budget);
  let [tooHigh, tooLow] = [0, 0];
  for (const { counts, chance } of outcomes(law, count)) {
    const values = new Float64Array(count);
    let at = 0;
    counts.forEach((n, kind) => {
      values.fill(law[kind]![0], at, at + n);
      at += n;
    });
    const { low, high } = meanAtVariance(values, steps, variance, budget);
    if (low > mean) tooHigh += chance;
    if (high < mean) tooLow += chance;
  }
  return Math.max(tooHigh, tooLow) / Math.exp(-budget);
}

/** Numbers of values of each kind, with their multinomial chances; those below 1e-16 add less than a thousandth to any rate tested. */
function outcomes(law: readonly (readonly [number, number])[], count: number): { counts: number[]; chance: number }[] {
  const logFactorial = [0];
  for (let k = 1; k <= count; k++) logFactorial.push(logFactorial[k - 1]! + Math.log(k));
  const found: { counts: number[]; chance: number }[] = [];
  const visit = (counts: readonly number[], left: number): void => {
    if (counts.length < law.length - 1) {
      for (let n = 0; n <= left; n++) visit([...counts, n], left - n);
      return;
    }
    const all = [...counts, left];
    const log = all.reduce(
      (sum, n, kind) => sum + n * Math.log(law[kind]![1]) - logFactorial[n]!,
      logFactorial[count]!,
    );
    if (log > Math.log(1e-16)) found.push({ counts: all, chance: Math.exp(log) });
  };
  visit([], count);
  return found;
}

describe("bounds at a known variance err no more often than their level, by enumeration", () => {
  test.each([
    [
      "fair coin",
      [
        [0, 0.5],
        [1, 0.5],
      ],
      18,
    ],
    [
      "coin",
      [
        [0, 0.9],
        [1, 0.1],
      ],
      300,
    ],
    [
      "rare one",
      [
        [0, 0.99],
        [1, 0.01],
      ],
      400,
    ],
    [
      "very rare one",
      [
        [0, 0.9995],
        [1, 0.0005],
      ],
      400,
    ],
    [
      "three points of skewness 1.5 and kurtosis 4",
      [
        [-1, 0.55],
        [0.7, 0.43],
        [6, 0.02],
      ],
      78,
    ],
    [
      "two rare tails",
      [
        [-9, 0.01],
        [0, 0.98],
        [9, 0.01],
      ],
      94,
    ],
  ] as const)("%s", (_, law, count) => {
    for (const alpha of [1e-2, 1e-3, 1e-5]) {
      expect(worstRatio(law, count, -Math.log(alpha))).toBeLessThanOrEqual(1);
    }
  });

  test("and are not so wide that they never err", () => {
    expect(
      worstRatio(
        [
          [0, 0.5],
          [1, 0.5],
        ],
        200,
        -Math.log(1e-2),
      ),
    ).toBeGreaterThan(0.1);
  });
});

test("the half-width at the best step is that of the sub-Gaussian tail, sqrt(2 ln(1 / alpha) v / n)", () => {
  const count = 40_000;
  const values = Float64Array.from({ length: count }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const { low, high } = meanAtVariance(values, constantSteps(count, 1, Math.log(1e5)), 1, Math.log(1e5));
  const expected = Math.sqrt((2 * Math.log(1e5)) / count);
  expect(high / expected).toBeCloseTo(1, 2);
  expect(low / expected).toBeCloseTo(-1, 2);
});

test("a step of a value is computed from the values before it alone", () => {
  const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 12, maxLength: 60 });
  fc.assert(
    fc.property(numbers, fc.nat(), fc.double({ min: -100, max: 100, noNaN: true }), (list, position, other) => {
      const values = Float64Array.from(list, (x, i) => x + i);
      const at = position % values.length;
      const changed = values.slice();
      changed[at] = other;
      const [steps, moved] = [predictableSteps(values, 11), predictableSteps(changed, 11)];
      expect([...moved.subarray(0, at + 1)]).toEqual([...steps.subarray(0, at + 1)]);
    }),
  );
});

test("the mean of a law of any variance below the bound is kept, at any value of the others", () => {
  // Two far values of a hundred pull the sample mean by 20 and the bounds, whose influence is a logarithm, by less.
  const calm = Float64Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 1 : -1));
  const torn = calm.slice();
  torn[98] = 1000;
  torn[99] = 1000;
  const bounds = (values: Float64Array) => meanAtVariance(values, constantSteps(100, 1, 5), 1, 5);
  expect(bounds(torn).low).toBeLessThan(0.5);
  expect(bounds(torn).low).toBeGreaterThan(bounds(calm).low);
});

test("no variance, no values and no steps bound nothing", () => {
  const nothing = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  expect(meanAtVariance(Float64Array.of(1, 2), Float64Array.of(1, 1), Number.POSITIVE_INFINITY, 5)).toEqual(nothing);
  expect(meanAtVariance(new Float64Array(0), new Float64Array(0), 1, 5)).toEqual(nothing);
  expect(meanAtVariance(Float64Array.of(1, 2), Float64Array.of(0, 0), 1, 5)).toEqual(nothing);
});
