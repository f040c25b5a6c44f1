import { describe, expect, test } from "vitest";
import { contrastRows, contrastShape, familyOfContrast } from "./independent-contrast.ts";

const HEAVY = { skewness: 2, excessKurtosis: 6 };

describe("rows of a contrast", () => {
  test("use whole blocks of each group, and each value once", () => {
    const groups = [Float64Array.of(1, 2, 3), Float64Array.of(10, 20, 30, 40, 50, 60, 70)];
    const { values } = contrastRows(groups, [1, -0.5], [HEAVY, HEAVY]);
    // Blocks of 1 and of 2; the seventh value is left over.
    expect([...values]).toEqual([1 - 7.5, 2 - 17.5, 3 - 27.5]);
  });

  test("have the family of their parts: the largest bound, over the block's size", () => {
    const shape = contrastShape([100, 400]);
    expect(familyOfContrast([{ skewness: 1, excessKurtosis: 1 }, HEAVY], [1, -1], shape)).toEqual({
      skewness: 1,
      excessKurtosis: 1.5,
    });
    expect(familyOfContrast([{ skewness: 0, excessKurtosis: -1.2 }], [1], contrastShape([9])).excessKurtosis).toBe(0);
  });

  test("have a deviation only where each group declares one, and are normal only where all are", () => {
    const known = { ...HEAVY, deviation: 3 };
    const shape = contrastShape([50, 200]);
    expect(familyOfContrast([known, known], [2, 1], shape).deviation).toBeCloseTo(Math.sqrt(36 + 9 / 4), 12);
    expect(familyOfContrast([known, HEAVY], [2, 1], shape)).not.toHaveProperty("deviation");
    const normal = { skewness: 0, excessKurtosis: 0, law: "normal" } as const;
    expect(familyOfContrast([normal, normal], [1, 1], shape).law).toBe("normal");
    expect(familyOfContrast([normal, HEAVY], [1, 1], shape)).not.toHaveProperty("law");
  });
});
