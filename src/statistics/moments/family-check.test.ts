import { describe, expect, test } from "vitest";
import { type Draws, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import type { Family } from "../question.ts";
import { contradiction } from "./family-check.ts";

const NORMAL: Family = { skewness: 0, excessKurtosis: 0 };
const EXPONENTIAL: Family = { skewness: 2, excessKurtosis: 6 };

type Law = (draws: Draws, n: number) => Float64Array;
const normal: Law = (draws, n) => draws.normals(n);
const exponential: Law = (draws, n) => draws.sample(n, draws.exponential);
const laplace: Law = (draws, n) => draws.sample(n, () => draws.exponential() - draws.exponential());

function refusals(law: Law, family: Family, n: number, trials: number): number {
  const draws = seededDraws(71);
  let refused = 0;
  for (let trial = 0; trial < trials; trial++) if (contradiction([family], [law(draws, n)], 1e-3)) refused++;
  return refused / trials;
}

describe("at a level of 1 in 1,000", () => {
  // Power by simulation of 400 samples: .97, .68, 1.0, .97.
  test.each<[string, Law, Family, number, number]>([
    ["exponential values declared normal, 100 of them", exponential, NORMAL, 100, 0.9],
    ["Laplace values declared normal, 224 of them", laplace, NORMAL, 224, 0.55],
    ["exponential values declared normal, 224 of them", exponential, NORMAL, 224, 0.98],
    [
      "exponential values declared (1, 1.5), 1,000 of them",
      exponential,
      { skewness: 1, excessKurtosis: 1.5 },
      1000,
      0.9,
    ],
  ])("refuses %s", (_, law, family, n, power) => {
    expect(refusals(law, family, n, 200)).toBeGreaterThan(power);
  });

  test.each<[string, Law, Family, number]>([
    ["normal", normal, NORMAL, 30],
    ["normal", normal, NORMAL, 1000],
    ["exponential", exponential, EXPONENTIAL, 100],
    ["exponential", exponential, EXPONENTIAL, 1000],
    ["Laplace", laplace, { skewness: 0, excessKurtosis: 3 }, 300],
    // Refused at 4 times the level where the check knew a gamma law's scatter of the skewness alone.
    ["Laplace", laplace, { skewness: 0, excessKurtosis: 3 }, 4000],
  ])("accepts %s values declared as they are, n = %#", (_, law, family, n) => {
    // At the level itself two of 2,000 are expected; nine have a probability of 2e-4.
    expect(refusals(law, family, n, 2000) * 2000).toBeLessThan(9);
  });
});

test("says what was declared, what was seen, of how many values, and of which group", () => {
  const draws = seededDraws(72);
  const values = exponential(draws, 1000);
  expect(contradiction([EXPONENTIAL, NORMAL], [values, values], 1e-3)).toMatch(
    /^group 2 of 2: the declared \|skewness\| of at most 0\.00 is contradicted by [12]\.\d+ in 1000 values$/,
  );
});

test("refuses a deviation that the samples' own lower bound exceeds, and none that is only near", () => {
  const values = seededDraws(73).normals(4000);
  expect(contradiction([{ ...NORMAL, deviation: 0.8 }], [values], 1e-3)).toContain(
    "the declared standard deviation of at most 0.800",
  );
  expect(contradiction([{ ...NORMAL, deviation: 0.97 }], [values], 1e-3)).toBeUndefined();
});

test("refuses nothing at level zero, nor of fewer than eight values", () => {
  const values = Float64Array.of(0, 0, 0, 0, 0, 0, 1000);
  expect(contradiction([NORMAL], [values], 0.1)).toBeUndefined();
  expect(contradiction([NORMAL], [exponential(seededDraws(74), 1000)], 0)).toBeUndefined();
});
