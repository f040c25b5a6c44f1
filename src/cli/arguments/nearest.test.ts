import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { didYouMean, editDistance, nearest } from "./nearest.ts";

describe("editDistance counts insertions, deletions, substitutions and swaps", () => {
  test.each([
    ["", "", 0],
    ["smoke", "smoke", 0],
    ["smok", "smoke", 1],
    ["smoke", "smokes", 1],
    ["smoke", "spoke", 1],
    ["list", "lits", 1],
    // Levenshtein's own textbook example
    ["kitten", "sitting", 3],
    ["", "abc", 3],
  ])("%j to %j is %i", (a, b, distance) => {
    expect(editDistance(a, b)).toBe(distance);
  });

  test("is symmetric and at most the longer length", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        const distance = editDistance(a, b);
        expect(editDistance(b, a)).toBe(distance);
        expect(distance).toBeLessThanOrEqual(Math.max(a.length, b.length));
      }),
    );
  });
});

test("nearest gives the closest candidate and nothing where all are other words", () => {
  expect(nearest("reprt", ["run", "report", "compare"])).toBe("report");
  expect(nearest("frobnicate", ["run", "report", "compare"])).toBeUndefined();
  expect(nearest("run", [])).toBeUndefined();
});

test("didYouMean is empty where nothing is near", () => {
  expect(didYouMean("ful", ["smoke", "full"])).toBe(", did you mean full?");
  expect(didYouMean("frobnicate", ["smoke", "full"])).toBe("");
});
