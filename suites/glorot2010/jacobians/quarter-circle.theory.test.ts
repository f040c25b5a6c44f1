import { expect, test } from "vitest";
import { integrate } from "../../../src/numerics/special-functions.ts";
import { quarterCircleMean } from "./quarter-circle.theory.ts";

test.each([1, 1 / 3])(
  "of factor %d: the mean of the quarter circle's density, whose mean square is the factor",
  (factor) => {
    const radius = 2 * Math.sqrt(factor);
    const density = (s: number) => Math.sqrt(radius * radius - s * s) / (Math.PI * factor);
    const moment = (order: number) => integrate((s) => s ** order * density(s), 0, radius, 1e-10);
    expect(moment(0)).toBeCloseTo(1, 6);
    expect(moment(2)).toBeCloseTo(factor, 6);
    expect(quarterCircleMean(factor)).toBeCloseTo(moment(1), 6);
  },
);

test("the two that the paper's initialisations have", () => {
  expect(quarterCircleMean(1)).toBeCloseTo(0.849, 3);
  expect(quarterCircleMean(1 / 3)).toBeCloseTo(0.49, 3);
});
