import { describe, expect, test } from "vitest";
import type { EstimateComparison } from "../../claim/engine-comparison.ts";
import { countedText, estimateCells } from "./engine-words.ts";

const estimate: EstimateComparison = {
  ...{ label: "depth 24", statistic: "proportion", replicates: 16, primary: 0.125, other: 0.25, difference: 0.125 },
  ...{ bound: 0.125, share: 1, because: "", inside: true, standardError: null },
  paired: { differing: 2, largest: 1, bound: 0, beyond: 2, allowed: 2 },
};
const arm = { name: "", kind: "claimed", primary: "supported", other: "supported" } as const;
const lastOf = (one: EstimateComparison) =>
  estimateCells({ claim: "a/b", arm: { ...arm, unsupported: [], estimates: [one] }, estimate: one }).at(-1);

describe("observations of two engines, in words", () => {
  test("are counted where they are outcomes without a bound", () => {
    expect(lastOf(estimate)).toBe("✓ 0.125; 2 outcomes differ, 2 more one way than the other of 2 allowed");
  });

  test("are told apart from those of one law, whose standard error is named, and from those with a bound", () => {
    const paired = { differing: 16, largest: 0.5, bound: null, beyond: null, allowed: null };
    expect(lastOf({ ...estimate, paired, standardError: 0.25 })).toBe(
      "✓ 0.125; observations differ by up to 0.5; joint standard error 0.25",
    );
    const { standardError: _, ...bounded } = estimate;
    expect(countedText(bounded)).toBeUndefined();
    expect(countedText({ ...estimate, paired })).toBeUndefined();
  });
});
