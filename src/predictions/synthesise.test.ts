import gammaCdf from "@stdlib/stats-base-dists-gamma-cdf";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";
import { describe, expect, test } from "vitest";
import { openStream } from "../numerics/random.ts";
import { LANES } from "../numerics/stream.ts";
import type { Group } from "../statistics/judges/judge.ts";
import type { Known, Law } from "../statistics/question.ts";
import type { AnyQuestion } from "./kinds.ts";
import { synthesise } from "./synthesise.ts";
import { nextGamma } from "./synthetic/gamma.ts";
import {
  bilateralGammaLaw,
  gaussianLaw,
  lawWithin,
  lightLaw,
  quadraticLaw,
  type StandardLaw,
} from "./synthetic/standard-law.ts";

const BLOCKS = 100;
const BLOCK = 2000;
// A statistic of fixed seeds is compared with its true value at 5 standard errors, estimated from 100 blocks: a
// false alarm of one comparison has probability 1e-6 for the draw of the seed, and none afterwards.
const STANDARD_ERRORS = 5;

const stream = (replicate: number) => openStream([1, 2, 3, 4], replicate, LANES.weights);

/** Mean over blocks of a statistic of a block, less the truth, in standard errors. */
function deviation(statisticOfBlock: (block: number) => number, truth: number): number {
  const values = Array.from({ length: BLOCKS }, (_, block) => statisticOfBlock(block));
  const mean = values.reduce((sum, v) => sum + v, 0) / BLOCKS;
  const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (BLOCKS - 1);
  return Math.abs(mean - truth) / Math.sqrt(variance / BLOCKS);
}

const average = (values: Float64Array, f: (x: number) => number): number =>
  values.reduce((sum, x) => sum + f(x), 0) / values.length;

const laws: readonly StandardLaw[] = [
  gaussianLaw,
  quadraticLaw(0.5),
  quadraticLaw(-1.5),
  quadraticLaw(2.7),
  bilateralGammaLaw({ skewness: 2, excessKurtosis: 6 }),
  bilateralGammaLaw({ skewness: 0, excessKurtosis: 3 }),
  bilateralGammaLaw({ skewness: -1, excessKurtosis: 4 }),
  lightLaw(-1.2),
  lightLaw(-0.5),
];

describe.each(laws)("the law $name", (law) => {
  const drawn = Array.from({ length: BLOCKS }, (_, block) => {
    const out = new Float64Array(BLOCK);
    law.fill(stream(block), out, 0, BLOCK);
    return out;
  });

  // Raw moments of a law of mean 0 and variance 1 are its cumulants, up to the fourth, which is 3 larger.
  test.each([
    [1, 0],
    [2, 1],
    [3, law.skewness],
    [4, law.excessKurtosis + 3],
  ])("has raw moment %i equal to %d", (order, value) => {
    expect(deviation((block) => average(drawn[block]!, (x) => x ** order), value)).toBeLessThan(STANDARD_ERRORS);
  });
});

describe.each(laws.filter((law) => law.middle))("the median of $name", (law) => {
  const { median, density } = law.middle!;
  const drawn = Array.from({ length: BLOCKS }, (_, block) => {
    const out = new Float64Array(BLOCK);
    law.fill(stream(block), out, 0, BLOCK);
    return out;
  });

  test("has half of the mass below it", () => {
    expect(deviation((block) => average(drawn[block]!, (x) => (x < median ? 1 : 0)), 0.5)).toBeLessThan(
      STANDARD_ERRORS,
    );
  });

  test("has the stated density", () => {
    // Over a width of .1 the mean of each density used here differs from that in the middle by less than .005.
    const near = (block: number) => average(drawn[block]!, (x) => (Math.abs(x - median) < 0.05 ? 10 : 0));
    const values = Array.from({ length: BLOCKS }, (_, block) => near(block));
    expect(Math.abs(values.reduce((sum, v) => sum + v, 0) / BLOCKS - density)).toBeLessThan(0.03);
  });
});

describe("laws within a family", () => {
  test("a light law has the family's whole skewness on the side asked, and no more kurtosis than allowed", () => {
    const law = lawWithin({ skewness: 1.2, excessKurtosis: 2.5 }, { skew: -1, tails: "light" });
    expect(law.skewness).toBe(-1.2);
    expect(law.excessKurtosis).toBeLessThanOrEqual(2.5);
  });

  test("a heavy law has the family's whole kurtosis", () => {
    const law = lawWithin({ skewness: 1, excessKurtosis: 4 }, { skew: 1, tails: "heavy" });
    expect([law.skewness, law.excessKurtosis]).toEqual([1, 4]);
  });

  test("skewness beyond what the kurtosis allows is cut to it", () => {
    const law = lawWithin({ skewness: 2, excessKurtosis: 1.5 }, { skew: 1, tails: "heavy" });
    expect(law.skewness).toBeCloseTo(1, 12);
  });

  test.each([
    [() => quadraticLaw(3), "quadraticLaw requires a skewness below sqrt(8), got 3"],
    [
      () => bilateralGammaLaw({ skewness: 2, excessKurtosis: 1 }),
      "bilateralGammaLaw requires an excess kurtosis of at least 6, got 1",
    ],
    [() => lightLaw(-1.3), "lightLaw requires an excess kurtosis from -1.2 to 0, got -1.3"],
  ])("what cannot exist is refused", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("nextGamma", () => {
  test.each([0.3, 0.5, 1, 2.5, 64])("shape %d has the distribution function of the gamma law", (shape) => {
    // Dvoretzky-Kiefer-Wolfowitz: P(distance > t) <= 2 exp(-2 n t^2) = 1e-6.
    const n = 20_000;
    const draws = stream(7);
    const sorted = Float64Array.from({ length: n }, () => nextGamma(draws, shape)).sort();
    const distance = sorted.reduce(
      (most, x, i) => Math.max(most, Math.abs(gammaCdf(x, shape, 1) - (i + 0.5) / n) + 0.5 / n),
      0,
    );
    expect(distance).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * n)));
  });
});

const region = { low: -1, high: 1 };
const asked = { region, rivals: [] };
const family = { skewness: 1, excessKurtosis: 2 };
const known = (spread: number, value = 0): Known => ({ value, spread, counts: 1 });

const column = (groups: readonly Group[], group = 0, index = 0): Float64Array => groups[group]!.columns[index]!;
const mean = (values: Float64Array): number => average(values, (x) => x);
const variance = (values: Float64Array): number => {
  const centre = mean(values);
  return average(values, (x) => (x - centre) ** 2) * (values.length / (values.length - 1));
};
const share = (values: Float64Array, below: number): number => average(values, (x) => (x < below ? 1 : 0));

describe("synthesise", () => {
  const cases: readonly {
    name: string;
    question: AnyQuestion;
    truth: number;
    sizes: readonly number[];
    estimate: (groups: readonly Group[]) => number;
    expected?: number;
  }[] = [
    {
      name: "mean",
      question: { statistic: "mean", ...asked, families: [family], known: [known(3)] },
      truth: 0.7,
      sizes: [BLOCK],
      estimate: (groups) => mean(column(groups)),
    },
    {
      name: "median (probability below it)",
      question: { statistic: "median", ...asked, families: [family], known: [known(3)] },
      truth: 0.7,
      sizes: [BLOCK],
      estimate: (groups) => share(column(groups), 0.7),
      expected: 0.5,
    },
    {
      name: "variance",
      question: { statistic: "variance", ...asked, families: [family], known: [known(1)] },
      truth: 2.5,
      sizes: [BLOCK],
      estimate: (groups) => variance(column(groups)),
    },
    {
      name: "third moment of a law of variance 1",
      question: { statistic: "standardised-moment", order: 3, ...asked },
      truth: -0.8,
      sizes: [BLOCK],
      estimate: (groups) => average(column(groups), (x) => x ** 3),
    },
    {
      name: "proportion",
      question: { statistic: "proportion", ...asked },
      truth: 0.03125,
      sizes: [BLOCK],
      estimate: (groups) => mean(column(groups)),
    },
    {
      name: "slope of means",
      question: {
        statistic: "slope",
        through: "mean",
        at: [1, 2, 4],
        ...asked,
        families: Array(3).fill(family),
        known: [known(1, 5), known(2, 4), known(3, 9)],
      },
      truth: -0.4,
      sizes: [BLOCK, BLOCK, BLOCK],
      // Positions less their mean 7/3, over their sum of squares 14/3.
      estimate: (groups) =>
        (-4 / 14) * mean(column(groups, 0)) + (-1 / 14) * mean(column(groups, 1)) + (5 / 14) * mean(column(groups, 2)),
    },
    {
      name: "difference of means",
      question: {
        statistic: "difference",
        of: "mean",
        ...asked,
        families: [family, family],
        known: [known(1), known(2)],
      },
      truth: 0.3,
      sizes: [BLOCK, BLOCK],
      estimate: (groups) => mean(column(groups, 0)) - mean(column(groups, 1)),
    },
    {
      name: "ratio of variances",
      question: {
        statistic: "difference",
        of: "log-variance",
        ...asked,
        families: [family, family],
        known: [known(1), known(1)],
      },
      truth: 0.6,
      sizes: [BLOCK, BLOCK],
      estimate: (groups) => variance(column(groups, 0)) - Math.exp(0.6) * variance(column(groups, 1)),
      expected: 0,
    },
    {
      name: "difference of proportions",
      question: { statistic: "difference", of: "proportion", ...asked, known: [known(0.3), known(0.3)] },
      truth: -0.3,
      sizes: [BLOCK, BLOCK],
      estimate: (groups) => mean(column(groups, 0)) - mean(column(groups, 1)),
    },
    {
      name: "regression (residuals of the true line are uncorrelated with the regressor)",
      question: { statistic: "regression", ...asked, families: [family], known: [known(0.5)] },
      truth: -1,
      sizes: [BLOCK],
      estimate: (groups) => {
        const [x, y] = groups[0]!.columns as [Float64Array, Float64Array];
        return x.reduce((sum, value, i) => sum + value * (y[i]! + value), 0) / BLOCK;
      },
      expected: 0,
    },
  ];

  test.each(cases)("$name is the truth", ({ question, truth, sizes, estimate, expected = truth }) => {
    const statistic = (block: number) => estimate(synthesise(question, truth, sizes, stream(block)));
    expect(deviation(statistic, expected)).toBeLessThan(STANDARD_ERRORS);
  });

  const specified: readonly { law: Law; cdf: (x: number) => number }[] = [
    { law: { name: "normal", mean: 1, standardDeviation: 2 }, cdf: (x) => normalCdf(x, 1, 2) },
    { law: { name: "gamma", shape: 20, location: 3, sign: -1 }, cdf: (x) => 1 - gammaCdf(3 - x, 20, 1) },
    { law: { name: "gamma", shape: 1, location: 3, sign: -1 }, cdf: (x) => Math.exp(x - 3) },
    { law: { name: "gamma", shape: 1, location: -1, sign: 1 }, cdf: (x) => 1 - Math.exp(-1 - x) },
  ];

  test.each(specified)("a law at distance .1 from $law.name is there, up to the sampling error", ({ law, cdf }) => {
    const n = 100_000;
    const question: AnyQuestion = { statistic: "law", law, ...asked };
    const sorted = column(synthesise(question, 0.1, [n], stream(0))).sort();
    const distance = sorted.reduce((most, x, i) => Math.max(most, Math.abs(cdf(x) - (i + 0.5) / n)), 0);
    // Dvoretzky-Kiefer-Wolfowitz at 1e-6.
    expect(Math.abs(distance - 0.1)).toBeLessThan(Math.sqrt(Math.log(2e6) / (2 * n)));
  });

  test("two laws at distance .1 differ by that much below the median", () => {
    const question: AnyQuestion = { statistic: "same-law", ...asked };
    const difference = (block: number) => {
      const groups = synthesise(question, 0.1, [BLOCK, BLOCK], stream(block));
      return share(column(groups, 1), 0) - share(column(groups, 0), 0);
    };
    expect(deviation(difference, 0.1)).toBeLessThan(STANDARD_ERRORS);
  });

  test("the worst replicate of an identity has the discrepancy asked", () => {
    const groups = synthesise({ statistic: "identity", ...asked }, 0.9, [5], stream(0));
    expect(Math.max(...column(groups))).toBe(0.9);
  });

  test("one replicate has the bytes asked, the others none", () => {
    const groups = synthesise({ statistic: "bytes", ...asked }, 3, [4], stream(0));
    expect([...column(groups)]).toEqual([0, 0, 0, 3]);
  });

  test("a mean without a known spread is refused", () => {
    const question: AnyQuestion = { statistic: "mean", ...asked };
    expect(() => synthesise(question, 0, [10], stream(0))).toThrow(
      "synthesise of a mean requires the known spread of group 0, got undefined",
    );
  });
});
