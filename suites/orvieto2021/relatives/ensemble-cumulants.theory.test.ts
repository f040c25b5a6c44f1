import { describe, expect, test } from "vitest";
import { nextUniform, openStream } from "../../../src/numerics/random.ts";
import { logRatio } from "../width/log-norm.theory.ts";
import { meanOfEnsemble, varianceOfEnsemble } from "./ensemble-cumulants.theory.ts";

// Cumulants of sums of ln Exp(1), which is the log ratio of a linear layer of width 2; the laws' moments by plain simulation.
const [LAYERS, SIZE, ENSEMBLES] = [16, 4, 100_000];
const ratio = logRatio(2, "linear");
const stream = openStream([2, 7, 1, 8], 0, 0);
const sums = () => {
  let sum = 0;
  for (let layer = 0; layer < LAYERS; layer++) sum += Math.log(-Math.log(nextUniform(stream)));
  return sum;
};
const simulated = Array.from({ length: ENSEMBLES }, () => Array.from({ length: SIZE }, sums));
const average = (values: readonly number[]) => values.reduce((sum, value) => sum + value / values.length, 0);
const means = simulated.map(average);
const variances = simulated.map((values, row) => average(values.map((value) => (value - means[row]!) ** 2)) * (4 / 3));

function shapeOf(values: readonly number[]) {
  const mean = average(values);
  const central = (order: number) => average(values.map((value) => (value - mean) ** order));
  return {
    mean,
    spread: Math.sqrt(central(2)) / Math.abs(mean),
    skewness: central(3) / central(2) ** 1.5,
    excessKurtosis: central(4) / central(2) ** 2 - 3,
  };
}

test("means of ensembles have the law of a sum of as many layers as they have together", () => {
  const [seen, law] = [shapeOf(means), meanOfEnsemble(ratio, LAYERS, SIZE)];
  expect(Math.abs(seen.mean / law.mean - 1)).toBeLessThan(0.005);
  expect(Math.abs(seen.spread / law.spread - 1)).toBeLessThan(0.01);
  expect(Math.abs(Math.abs(seen.skewness) - law.family.skewness)).toBeLessThan(0.03);
  expect(Math.abs(seen.excessKurtosis - law.family.excessKurtosis)).toBeLessThan(0.06);
});

describe("variances of ensembles", () => {
  const [seen, law] = [shapeOf(variances), varianceOfEnsemble(ratio, LAYERS, SIZE)];

  test("have the variance of one sum for their mean, and Fisher's spread", () => {
    expect(Math.abs(seen.mean / law.mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(seen.spread / law.spread - 1)).toBeLessThan(0.01);
  });

  // Room for the error of sampling and for cumulants beyond the fourth; a normal sum's are 9 and 21 % less.
  test("have Fisher's skewness and kurtosis, which are more than a normal sum's", () => {
    expect(Math.abs(seen.skewness / law.family.skewness - 1)).toBeLessThan(0.05);
    expect(Math.abs(seen.excessKurtosis / law.family.excessKurtosis - 1)).toBeLessThan(0.15);
  });

  test("are chi-square where sums are normal: skewness and kurtosis of 15 degrees of freedom", () => {
    const { mean, spread, family } = varianceOfEnsemble({ mean: -0.1, variance: 0.2, third: 0, fourth: 0 }, 10, 16);
    expect(mean).toBeCloseTo(2, 12);
    expect(spread).toBeCloseTo(Math.sqrt(2 / 15), 12);
    expect(family.skewness).toBeCloseTo(Math.sqrt(8 / 15), 12);
    expect(family.excessKurtosis).toBeCloseTo(12 / 15, 12);
  });
});

test("variances of three sums of 40 coins have the law that counting all of them gives", () => {
  const [coins, chance] = [40, 0.1];
  const weights = [(1 - chance) ** coins];
  for (let k = 1; k <= coins; k++) weights.push((weights[k - 1]! * (coins - k + 1) * chance) / (k * (1 - chance)));
  const [variance, moments] = [coins * chance * (1 - chance), [0, 0, 0, 0, 0]];
  for (const [i, a] of weights.entries()) {
    for (const [j, b] of weights.entries()) {
      for (const [k, c] of weights.entries()) {
        const off = ((i - j) ** 2 + (j - k) ** 2 + (k - i) ** 2) / 6 - variance;
        for (const order of moments.keys()) moments[order]! += a * b * c * off ** order;
      }
    }
  }
  const second = chance * (1 - chance);
  const coin = { mean: chance, variance: second, third: second * (1 - 2 * chance), fourth: second * (1 - 6 * second) };
  const { mean, spread, family } = varianceOfEnsemble(coin, coins, 3);
  expect(moments[1]).toBeCloseTo(0, 10);
  expect(mean).toBeCloseTo(variance, 10);
  expect(spread).toBeCloseTo(Math.sqrt(moments[2]!) / variance, 10);
  // What is left out is of order (1 / coins)^2.
  expect(Math.abs(family.skewness / (moments[3]! / moments[2]! ** 1.5) - 1)).toBeLessThan(0.01);
  expect(Math.abs(family.excessKurtosis / (moments[4]! / moments[2]! ** 2 - 3) - 1)).toBeLessThan(0.03);
});

// Six digits of m(d) and v(d) by scipy (see log-norm.theory.test.ts): the ratio is the same at all depths, and tends to -1/2.
test.each([
  ["relu", 16, -0.176397 / 0.419593],
  ["relu", 64, -0.040109 / 0.082997],
  ["relu", 128, -0.019786 / 0.040234],
  ["linear", 64, -0.015706 / 0.031743],
  ["linear", 2, -0.577216 / 1.644934],
] as const)("%s layers of width %d: mean over variance is %d", (kind, width, expected) => {
  for (const layers of [1, 64]) {
    const exact = logRatio(width, kind);
    const quotient = meanOfEnsemble(exact, layers, 16).mean / varianceOfEnsemble(exact, layers, 16).mean;
    expect(quotient).toBeCloseTo(expected, 4);
  }
});
