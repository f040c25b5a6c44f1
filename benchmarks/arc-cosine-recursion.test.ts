import { describe, expect, test } from "vitest";
import { arcCosineOneMinusCosine } from "./arc-cosine-recursion.ts";

describe("arcCosineOneMinusCosine", () => {
  test("orthogonal inputs have cosine 1 / pi after one layer", () => {
    expect(arcCosineOneMinusCosine(1, 1)).toBeCloseTo(1 - 1 / Math.PI, 15);
  });

  test("opposite inputs are orthogonal after one layer", () => {
    expect(arcCosineOneMinusCosine(2, 1)).toBeCloseTo(1, 15);
  });

  test("equal inputs stay equal", () => expect(arcCosineOneMinusCosine(0, 10)).toBe(0));

  test("far down it decays as 9 pi^2 / (2 L^2)", () => {
    const layers = 100_000;
    // The next term is of relative order ln(L) / L, 1e-4 here.
    expect((arcCosineOneMinusCosine(0.4, layers) * 2 * layers ** 2) / (9 * Math.PI ** 2)).toBeCloseTo(1, 2);
  });
});
