import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import { describe, expect, test } from "vitest";
import { normalUpperTail } from "../../statistics/quantiles.ts";
import {
  type TiltedLaw,
  tiltedBernoulli,
  tiltedGaussian,
  tiltedLogChiSquare,
  tiltedLogUniform,
  tiltedSign,
  tiltedSquare,
} from "./tilted-law.ts";
import { tiltedRates } from "./tilted-rate.ts";

const N = 50;
const design = (law: TiltedLaw) => {
  const blocks = [{ size: N, influence: 1 / N }];
  return { law, prepare: () => ({ blocks, context: null }) };
};
const sumOf = (law: TiltedLaw, values: Float64Array) => values.reduce((sum, z) => sum + law.sufficient(z), 0);
const options = { trials: 20_000, key: [9, 8, 7, 6], standardDeviations: 5 } as const;
// Estimates of fixed seeds, compared at 5 of their standard errors.
const STANDARD_ERRORS = 5;

/** P(sum of T > 5 sqrt n) and P(sum < -5 sqrt n), exactly. */
const exact: readonly (readonly [TiltedLaw, number, number])[] = [
  [tiltedGaussian, normalUpperTail(5), normalUpperTail(5)],
  // n - sum of 1 + ln U is Gamma(n, 1).
  [tiltedLogUniform, gammaCdf(N - 5 * Math.sqrt(N), N, 1), 1 - gammaCdf(N + 5 * Math.sqrt(N), N, 1)],
  // n + sqrt 2 times the sum of T is chi-square of n degrees of freedom.
  [
    tiltedSquare,
    1 - gammaCdf(N + 5 * Math.sqrt(2 * N), N / 2, 0.5),
    gammaCdf(Math.max(0, N - 5 * Math.sqrt(2 * N)), N / 2, 0.5),
  ],
];

describe("tiltedRates", () => {
  test.each(exact)("gives the tails of $name at five standard deviations", (law, above, below) => {
    const limit = 5 * Math.sqrt(N);
    const [high, low] = tiltedRates(
      design(law),
      (values) => [sumOf(law, values) > limit, sumOf(law, values) < -limit],
      options,
    );
    expect(Math.abs(high!.rate - above)).toBeLessThanOrEqual(STANDARD_ERRORS * high!.standardError);
    expect(Math.abs(low!.rate - below)).toBeLessThanOrEqual(STANDARD_ERRORS * low!.standardError);
    expect(high!.standardError / above).toBeLessThan(0.1);
  });

  test("finds probability 1 for what always happens", () => {
    const [always] = tiltedRates(design(tiltedGaussian), () => [true], options);
    expect(Math.abs(always!.rate - 1)).toBeLessThan(STANDARD_ERRORS * always!.standardError);
  });
});

describe.each([
  tiltedGaussian,
  tiltedLogUniform,
  tiltedLogChiSquare(1),
  tiltedLogChiSquare(16),
  tiltedSquare,
  tiltedBernoulli(0.1),
  tiltedSign,
])("the exponential family of $name", (law) => {
  test.each([-0.3, 0, 0.2])("has the derivative of its cumulant function as mean at %d", (h) => {
    const step = 1e-5;
    const slope = (law.cumulant(h + step) - law.cumulant(h - step)) / (2 * step);
    expect(law.mean(h)).toBeCloseTo(slope, 6);
  });

  test("has mean 0 and variance 1 untilted", () => {
    const step = 1e-4;
    expect(law.mean(0)).toBeCloseTo(0, 10);
    expect((law.mean(step) - law.mean(-step)) / (2 * step)).toBeCloseTo(1, 5);
  });
});
