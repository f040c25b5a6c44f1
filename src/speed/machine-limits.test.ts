import { describe, expect, test } from "vitest";
import { type MachineLimits, measureLimits, measureNativeLimits, shareOfLimit } from "./machine-limits.ts";
import { processorMilliseconds } from "./timing.ts";

const LIMITS: MachineLimits = {
  double: 10e9,
  doubleFused: 20e9,
  single: 20e9,
  singleFused: 40e9,
  words: 40e9,
  bytes: 20e9,
};

describe("shareOfLimit", () => {
  test.each([
    ["all float64 operations at the peak are the whole limit", { double: 10e6 }, 1, 1],
    ["twice the least time is half of it", { double: 10e6 }, 2, 0.5],
    ["fused instructions halve the least time", { double: 10e6, fused: true }, 1, 0.5],
    ["times of the vector units add", { double: 5e6, single: 5e6, words: 10e6 }, 1, 1],
    ["memory runs beside them, and the slower one limits", { double: 5e6, bytes: 20e6 }, 1, 1],
    ["what the vector units need can be more than memory", { double: 10e6, bytes: 2e6 }, 1, 1],
  ])("%s", (_, needs, milliseconds, share) => {
    expect(shareOfLimit(needs, milliseconds, LIMITS)).toBeCloseTo(share, 12);
  });
});

test.each([
  ["WebAssembly", async () => measureLimits(processorMilliseconds)],
  ["the machine's own instructions", () => measureNativeLimits(processorMilliseconds)],
])("every limit of %s is measured as a positive finite rate", async (_, measure) => {
  const limits = Object.values(await measure());
  expect(limits).toHaveLength(6);
  expect(limits.filter((limit) => !(limit > 0 && Number.isFinite(limit)))).toEqual([]);
});
