import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { logGamma } from "../../numerics/special-functions.ts";
import type { MedianQuestion } from "../question.ts";
import type { Group } from "./judge.ts";
import { medianJudge } from "./median-judge.ts";

const QUESTION: MedianQuestion = { statistic: "median", region: { low: -1, high: 1 }, rivals: [] };

function group(values: Float64Array): readonly Group[] {
  return [{ columns: [values] }];
}

function boundsOf(values: Float64Array, alpha: number) {
  return medianJudge.bounds(group(values), QUESTION, alpha);
}

describe("coverage is exact: the chance that k or fewer values lie below the median, summed over all counts", () => {
  // Values 1 to n less k: k of them are negative. The bound misses a true median of 0 (no value is 0) for these k.
  test.each([
    [10, 0.05],
    [51, 0.005],
    [120, 1e-5],
    [401, 1e-7],
  ])("n = %i, alpha = %f", (count, alpha) => {
    let below = 0;
    let above = 0;
    for (let negative = 0; negative <= count; negative++) {
      const chance = Math.exp(
        logGamma(count + 1) - logGamma(negative + 1) - logGamma(count - negative + 1) - count * Math.LN2,
      );
      const values = Float64Array.from({ length: count }, (_, i) => i - negative + 0.5);
      const { low, high } = boundsOf(values, alpha);
      if (low > 0) below += chance;
      if (high < 0) above += chance;
    }
    expect(below).toBeLessThanOrEqual(alpha);
    expect(above).toBeLessThanOrEqual(alpha);
    // One rank more would exceed the level: the next binomial term is at most 20 times the tail at these levels.
    expect(below).toBeGreaterThan(alpha / 20);
  });
});

test("99 % bounds are the published order statistics", () => {
  // n = 51: ranks 16 and 36; n = 1001: 460 and 542 (exact binomial sums).
  const values = (n: number): Float64Array => Float64Array.from({ length: n }, (_, i) => n - i);
  expect(boundsOf(values(51), 0.005)).toMatchObject({ low: 16, estimate: 26, high: 36 });
  expect(boundsOf(values(1001), 0.005)).toMatchObject({ low: 460, estimate: 501, high: 542 });
});

test("ties make the bounds conservative", () => {
  const draws = seededDraws(4);
  let missed = 0;
  for (let trial = 0; trial < 2000; trial++) {
    const values = draws.sample(101, () => (draws.uniform() < 0.49 ? 0 : draws.uniform() < 0.5 ? 1 : 2));
    if (boundsOf(values, 0.01).low > 1) missed++;
  }
  expect(missed).toBeLessThan(mostEvents(2000, 0.01));
});

test("-Infinity is the lowest rank: dead networks leave a finite median and a finite lower bound", () => {
  const values = Float64Array.from({ length: 200 }, (_, i) => (i < 20 ? Number.NEGATIVE_INFINITY : i));
  const { low, estimate, high } = boundsOf(values, 1e-3);
  expect(estimate).toBe(99.5);
  expect(low).toBeGreaterThan(20);
  expect(high).toBeLessThan(199);
});

test("a median among infinite values is infinite, not NaN", () => {
  const values = Float64Array.of(Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1);
  const mixed = Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? Number.NEGATIVE_INFINITY : i));
  expect(boundsOf(values, 0.25).estimate).toBe(Number.NEGATIVE_INFINITY);
  expect(boundsOf(mixed, 0.05).estimate).toBe(Number.NEGATIVE_INFINITY);
  expect(boundsOf(mixed, 0.05).high).toBe(14);
});

test("bounds follow every increasing map and do not depend on order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 21, maxLength: 21 }), (list) => {
      const { low, estimate, high } = boundsOf(Float64Array.from(list), 0.01);
      const mapped = boundsOf(
        Float64Array.from(list.toReversed(), (x) => x ** 3 + x),
        0.01,
      );
      expect([mapped.low, mapped.estimate, mapped.high]).toEqual([low, estimate, high].map((x) => x ** 3 + x));
    }),
  );
});

test("the bounds leave the caller's values in their order", () => {
  const values = Float64Array.of(5, 3, 9, 1, 7, 2, 8);
  boundsOf(values, 0.05);
  expect(values).toEqual(Float64Array.of(5, 3, 9, 1, 7, 2, 8));
});

test("intervals shrink as the root of n and widen as alpha falls", () => {
  const width = (count: number, alpha: number): number => {
    const { low, high } = boundsOf(
      Float64Array.from({ length: count }, (_, i) => (i + 0.5) / count),
      alpha,
    );
    return high - low;
  };
  expect(width(1e4, 1e-5) / width(1e6, 1e-5) / 10).toBeCloseTo(1, 1);
  expect(width(1000, 1e-7)).toBeGreaterThan(width(1000, 1e-5));
});

test("the spread is that of the normal law with the same density at the median", () => {
  expect(boundsOf(seededDraws(5).normals(100_000), 0.01).spread[0]).toBeCloseTo(1, 1);
  // Standard Laplace: density 1/2 at the median, sqrt(2 pi) * 1/2 = 1 / spread.
  const draws = seededDraws(6);
  const laplace = draws.sample(200_000, () => (draws.uniform() < 0.5 ? -1 : 1) * draws.exponential());
  expect(boundsOf(laplace, 0.01).spread[0]).toBeCloseTo(2 / Math.sqrt(2 * Math.PI), 1);
});

test.each<[string, Float64Array, string]>([
  ["one value", Float64Array.of(1), "at least 7 values at level 0.01, got 1"],
  ["fewer values than any bound needs", new Float64Array(6), "at least 7 values at level 0.01, got 6"],
  ["NaN", Float64Array.of(1, 2, Number.NaN), "got NaN at replicate 2"],
])("the judge refuses %s", (_name, values, message) => {
  expect(() => boundsOf(values, 0.01)).toThrow(message);
});

describe("a plan for values of declared skewness", () => {
  const errors = { support: 1e-2, refute: 5e-3, undecided: 1e-2 };
  /** The normal law of an exponential law's density at its median, 1 / 2, has this deviation. */
  const spread = 2 / Math.sqrt(2 * Math.PI);
  const asked = (skewness: number): MedianQuestion => ({
    statistic: "median",
    region: { low: -1, high: 1 },
    rivals: [],
    known: [{ value: 0, spread, counts: 1 }],
    families: [{ skewness, excessKurtosis: 6 }],
  });

  test("at n = 7, where the bounds are the ends of the sample, is that of an exponential law to the digit", () => {
    // P(the least of seven is farther than d below the median) = 1 - (1 - e^-d / 2)^7, half of 1e-2 a side.
    const exact = -Math.log(2 * (1 - 0.995 ** (1 / 7)));
    expect(medianJudge.detects([7], asked(2), errors)).toBeCloseTo(exact, 5);
  });

  test.each([
    [7, 2],
    [70, 2],
    [401, 2],
    [70, 0.5],
  ])(
    "keeps its chance to stay undecided at n = %d and skewness %d, on either side, which a normal plan does not",
    (count, skewness) => {
      const draws = seededDraws(count);
      const shape = 4 / skewness ** 2;
      const gamma = () => {
        let sum = 0;
        for (let i = 0; i < shape; i++) sum += draws.exponential();
        return sum;
      };
      // Medians and densities there of gamma laws of shape 1 and 16: by bisection of its finite sum e^-x x^i / i!.
      const [middle, density] = shape === 1 ? [Math.LN2, 0.5] : [15.66793, 0.100967];
      const unit = 1 / (Math.sqrt(2 * Math.PI) * density * spread);
      const trials = 4000;
      const undecided = (within: number): number => {
        let found = 0;
        for (let trial = 0; trial < trials; trial++) {
          const side = trial % 2 === 0 ? 1 : -1;
          const values = draws.sample(count, () => (side * (gamma() - middle)) / unit);
          const { low, high } = medianJudge.bounds([{ columns: [values] }], asked(skewness), errors.support);
          if (!(low >= -within && high <= within)) found++;
        }
        return found;
      };
      expect(undecided(medianJudge.detects([count], asked(skewness), errors))).toBeLessThan(
        mostEvents(trials, errors.undecided),
      );
      if (skewness === 2 && count < 100) {
        expect(undecided(medianJudge.detects([count], asked(0), errors))).toBeGreaterThan(
          mostEvents(trials, errors.undecided),
        );
      }
    },
  );
});
