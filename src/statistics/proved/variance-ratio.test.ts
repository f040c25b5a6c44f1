import { expect, test } from "vitest";
import { mostEvents, seededDraws } from "../../calibration/synthetic/seeded-draws.ts";
import { expectedLogWidth, varianceRatioBounds } from "./variance-ratio.ts";

const NORMAL = { skewness: 0, excessKurtosis: 0 };
const MIXED = { skewness: 0, excessKurtosis: 1.71 };

test("bounds of the ratio err no more often than their level, for groups of unequal size and law", () => {
  const draws = seededDraws(55);
  const trials = 1500;
  let errors = 0;
  for (let trial = 0; trial < trials; trial++) {
    const first = draws.normals(900).map((x) => 3 * x);
    const second = draws.sample(1500, () => {
      const size = draws.uniform() < 0.99 ? 1 : 5;
      return draws.uniform() < 0.5 ? size : -size;
    });
    const { low, high } = varianceRatioBounds([first, second], [NORMAL, MIXED], 1e-2);
    if (low > 9 / 1.24 || high < 9 / 1.24) errors++;
  }
  expect(errors).toBeLessThan(mostEvents(trials, 2e-2));
});

test("the expected width is near that of normal values", () => {
  const draws = seededDraws(56);
  for (const count of [1500, 20_000]) {
    const { low, high } = varianceRatioBounds([draws.normals(count), draws.normals(count)], [NORMAL, NORMAL], 1e-5);
    const { halfWidth } = expectedLogWidth([count, count], [NORMAL, NORMAL], 1e-5);
    expect(halfWidth / ((Math.log(high) - Math.log(low)) / 2)).toBeGreaterThan(0.9);
    expect(halfWidth / ((Math.log(high) - Math.log(low)) / 2)).toBeLessThan(1.3);
  }
});
