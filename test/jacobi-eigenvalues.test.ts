import { expect, test } from "vitest";
import { jacobiEigenvalues } from "./jacobi-eigenvalues.ts";

test.each([
  ["one number", [-3], [-3]],
  ["a couple without diagonal", [0, Number.NaN, 1, 0], [-1, 1]],
  ["a matrix of ones", [1, 1, 1, 1, 1, 1, 1, 1, 1], [0, 0, 3]],
  ["the Rosser-like block", [6, 4, 4, 1, 4, 6, 1, 4, 4, 1, 6, 4, 1, 4, 4, 6], [-1, 5, 5, 15]],
  ["integers and radicals", [2, -1, 0, -1, 2, -1, 0, -1, 2], [2 - Math.SQRT2, 2, 2 + Math.SQRT2]],
  ["rows whose squares underflow", [1, 0, 0, 0, 1e-200, 1e-200, 0, 1e-200, 1e-200], [0, 2e-200, 1]],
  ["nothing", [], []],
  ["zeros", [0, 0, 0, 0], [0, 0]],
])("Jacobi's rotations know %s, by the lower triangle", (_name, entries, expected) => {
  const found = jacobiEigenvalues(Float64Array.from(entries), expected.length);
  expect(found).toHaveLength(expected.length);
  const norm = Math.max(0, ...expected.map(Math.abs));
  found.forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(8 * expected.length * 2 ** -53 * norm);
  });
});
