import { describe, expect, test } from "vitest";
import { type Draws, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { digamma, logGamma, polygamma, trigamma } from "../../numerics/special-functions.ts";
import { JudgeError } from "../judges/judge.ts";
import { studentQuantile } from "../quantiles.ts";
import type { Family } from "../question.ts";
import { moments } from "./moments.ts";
import { correctedQuantile, smallestCount } from "./skewness-correction.ts";

/** A law that can be drawn under the tilt exp(tilt x - cumulant(tilt)), so that far tails of means become common. */
interface TiltedLaw {
  readonly mean: number;
  readonly family: Family;
  readonly cumulant: (tilt: number) => number;
  readonly draw: (draws: Draws, tilt: number) => number;
  /** Tilt under which the mean lies `deviates` standard errors (as tilted) on the heavier side of T. */
  readonly tiltFor: (deviates: number, count: number) => number;
}

/** x = -ln U, an exponential: tilted it has rate 1 - tilt. T is heavier below, where low means come with low deviations. */
const exponential: TiltedLaw = {
  mean: 1,
  family: { skewness: 2, excessKurtosis: 6 },
  cumulant: (tilt) => -Math.log(1 - tilt),
  draw: (draws, tilt) => draws.exponential() / (1 - tilt),
  // Mean and deviation both 1 / (1 - tilt): 1 - tilt = 1 + deviates / sqrt n.
  tiltFor: (deviates, count) => -deviates / Math.sqrt(count),
};

/** x = ln of half a chi-square of 8 degrees, a gamma of shape 4. Tilted by 1: of shape 5. T is heavier above. */
const logChiSquare: TiltedLaw = {
  mean: digamma(4),
  family: {
    skewness: Math.abs(polygamma(2, 4)) / trigamma(4) ** 1.5,
    excessKurtosis: polygamma(3, 4) / trigamma(4) ** 2,
  },
  cumulant: (tilt) => logGamma(4 + tilt) - logGamma(4),
  draw: ({ uniform }, tilt) => {
    let product = 1;
    for (let i = 0; i < 4 + tilt; i++) product *= uniform();
    return Math.log(-Math.log(product));
  },
  tiltFor: () => 1,
};

/** P(T on the heavier side by more than w) over alpha. */
function errorOverNominal(
  law: TiltedLaw,
  side: 1 | -1,
  w: number,
  alpha: number,
  count: number,
  trials: number,
): number {
  const draws = seededDraws(count);
  const tilt = law.tiltFor(w, count);
  let weight = 0;
  for (let trial = 0; trial < trials; trial++) {
    const values = draws.sample(count, () => law.draw(draws, tilt));
    const { mean, variance } = moments(values);
    if ((side * (mean - law.mean) * Math.sqrt(count)) / Math.sqrt(variance) > w) {
      weight += Math.exp(count * (law.cumulant(tilt) - tilt * mean));
    }
  }
  return weight / trials / alpha;
}

describe("at the level that suites use, one-sided error over nominal for ln|U|", () => {
  // Plain t: 38 times nominal at n = 120, 9 at 400, 4 at 2000 (independent simulation with NumPy, 4e4 tilted trials: 37.1,
  // 10.3, 3.2). Corrected and deflated by 1.25 it must stay below 1; it measures .5 to .8.
  test.each([
    [120, 38, 6000],
    [400, 10, 4000],
    [2000, 3.2, 1000],
  ])("n = %i: plain t about %f times, the corrected quantile at most once", (count, plain, trials) => {
    const alpha = 1e-5;
    const found = errorOverNominal(exponential, -1, studentQuantile(alpha, count - 1), alpha, count, trials);
    expect(found).toBeGreaterThan(0.7 * plain);
    expect(found).toBeLessThan(1.3 * plain);
    const w = correctedQuantile(alpha, count, exponential.family);
    const corrected = errorOverNominal(exponential, -1, w, alpha, count, trials);
    expect(corrected).toBeGreaterThan(0.2);
    expect(corrected).toBeLessThan(1);
  });

  test.each([1e-3, 1e-5, 1e-7])("the corrected quantile holds at the smallest n allowed, level %f", (alpha) => {
    const count = smallestCount(alpha, exponential.family);
    const w = correctedQuantile(alpha, count, exponential.family);
    expect(errorOverNominal(exponential, -1, w, alpha, count, 8000)).toBeLessThan(1);
  });
});

test("the corrected quantile holds at level 1e-5 for ln chi-square of 8 degrees, where the plain one does not", () => {
  // Tilt 1 moves the mean by digamma(5) - digamma(4) = 1/4: n is chosen so that this is the w standard errors of the event.
  const alpha = 1e-5;
  const deviation = Math.sqrt(trigamma(5));
  const { family } = logChiSquare;
  let count = smallestCount(alpha, family);
  while ((correctedQuantile(alpha, count, family) * deviation) / Math.sqrt(count) > 0.25) count++;
  const w = correctedQuantile(alpha, count, family);
  const corrected = errorOverNominal(logChiSquare, 1, w, alpha, count, 8000);
  expect(corrected).toBeGreaterThan(0.2);
  expect(corrected).toBeLessThan(1);
  expect(errorOverNominal(logChiSquare, 1, studentQuantile(alpha, count - 1), alpha, count, 8000)).toBeGreaterThan(2);
});

test("the quantile falls with n and with alpha, and grows with the declared skewness", () => {
  const normal = { skewness: 0, excessKurtosis: 0 };
  const skewed = { skewness: 2, excessKurtosis: 6 };
  for (const alpha of [1e-2, 1e-5, 1e-7]) {
    const counts = [200, 1000, 1e4, 1e6];
    const found = counts.map((n) => correctedQuantile(alpha, n, skewed));
    expect(found).toEqual(found.toSorted((a, b) => b - a));
    for (const n of counts) {
      expect(correctedQuantile(alpha / 10, n, skewed)).toBeGreaterThan(correctedQuantile(alpha, n, skewed));
      expect(correctedQuantile(alpha, n, skewed)).toBeGreaterThan(correctedQuantile(alpha, n, normal));
    }
  }
});

test("the quantile is a normal one at 4/5 of the level when n is large", () => {
  // 1.25 is the allowance; SciPy 1.17.1: stats.norm.isf(8e-6) = 4.3144510.
  expect(correctedQuantile(1e-5, 1e9, { skewness: 2, excessKurtosis: 6 })).toBeCloseTo(4.314451, 3);
});

test("too few values are refused with the number needed", () => {
  const family = { skewness: 2, excessKurtosis: 6 };
  const needed = smallestCount(1e-5, family);
  expect(() => correctedQuantile(1e-5, needed, family)).not.toThrow();
  expect(() => correctedQuantile(1e-5, needed - 1, family)).toThrow(JudgeError);
  expect(() => correctedQuantile(1e-5, needed - 1, family)).toThrow(`at least ${needed} values`);
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, -1])("a declared skewness of %f is refused", (skewness) => {
  expect(() => correctedQuantile(1e-2, 1000, { skewness, excessKurtosis: 0 })).toThrow("finite bounds");
});
