import { describe, expect, test } from "vitest";
import { chiSquaredFamily, keptVariance, mostOutside, normalDistance } from "./projection.theory.ts";

/** The law of the share that entries sqrt(3) (1/6, 2/3, 1/6) keep of the first coordinate of k rows: 3 / k times a binomial, by enumeration. */
function basisLaw(k: number): readonly (readonly [share: number, chance: number])[] {
  let chances = [1];
  for (let row = 0; row < k; row++) {
    const [before, after] = [
      [...chances, 0],
      [0, ...chances],
    ];
    chances = before.map((chance, count) => (2 / 3) * chance + (1 / 3) * after[count]!);
  }
  return chances.map((chance, count) => [(3 * count) / k, chance]);
}

const expectation = (law: ReturnType<typeof basisLaw>, of: (share: number) => number) =>
  law.reduce((sum, [share, chance]) => sum + chance * of(share), 0);

describe("sparse signs on one coordinate, by enumeration", () => {
  test.each([1, 4, 16, 64])("%i dimensions: mean 1, variance 2 / k", (k) => {
    expect(expectation(basisLaw(k), (share) => share)).toBeCloseTo(1, 12);
    expect(expectation(basisLaw(k), (share) => (share - 1) ** 2)).toBeCloseTo(keptVariance(k), 12);
  });

  test.each([16, 64])("%i dimensions: skewness and kurtosis are inside those of chi-squared", (k) => {
    const standard = (order: number) =>
      expectation(basisLaw(k), (share) => ((share - 1) / Math.sqrt(keptVariance(k))) ** order);
    expect(Math.abs(standard(3))).toBeLessThanOrEqual(chiSquaredFamily(k).skewness);
    expect(standard(4) - 3).toBeLessThanOrEqual(chiSquaredFamily(k).excessKurtosis);
  });

  test.each([0.25, 0.5, 0.75])("the lemma's bound holds at epsilon %d", (within) => {
    const outside = expectation(basisLaw(64), (share) => (Math.abs(share - 1) > within ? 1 : 0));
    expect(outside).toBeLessThanOrEqual(mostOutside(64, within));
  });
});

test("the bound at 64 dimensions and a half, by hand: 2 exp(-8 / 3)", () => {
  expect(mostOutside(64, 0.5)).toBeCloseTo(2 * Math.exp(-8 / 3), 15);
});

test("the normal law's distance from a gamma law is near its first Edgeworth term", () => {
  // gamma of shape 4: 1 - e^-x (1 + x + x^2 / 2 + x^3 / 6) against a normal law of mean 4 and variance 4, at the mean, where that has 1/2
  const atMean = 1 - Math.exp(-4) * (1 + 4 + 8 + 64 / 6);
  expect(Math.abs(atMean - 0.5)).toBeCloseTo(normalDistance(4), 2);
});
