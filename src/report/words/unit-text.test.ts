import { describe, expect, test } from "vitest";
import type { UnitEvidence } from "../../claim/result.ts";
import { unitText } from "./unit-text.ts";

const base: UnitEvidence = {
  label: "depth 16",
  cells: [0],
  statistic: "mean",
  predicted: -0.6351814,
  region: [-0.6451814, -0.6251814],
  rivals: [],
  level: 1e-5,
  estimate: -0.634912,
  interval: [-0.640112, -0.629712],
  spread: [1],
  state: "supported",
};

describe("a prediction in words", () => {
  test.each<[string, Partial<UnitEvidence>, string, string]>([
    ["a value and a margin", {}, "-0.6352", "± 0.01"],
    ["an upper bound", { predicted: null, region: [null, 0.3] }, "", "at most 0.3"],
    ["a lower bound", { predicted: null, region: [0.8, null] }, "", "at least 0.8"],
    ["a distance", { statistic: "law", predicted: null, region: [0, 0.015] }, "", "at most 0.015"],
    ["a range around no value", { predicted: null, region: [0.2, 0.5] }, "", "0.2 to 0.5"],
    ["a range off its value", { predicted: 0.25, region: [0.2, 0.5] }, "0.25", "0.2 to 0.5"],
    [
      "exact equality",
      { statistic: "bytes", predicted: 0, region: [0, 0], estimate: 0, interval: [0, 0] },
      "0",
      "at most 0",
    ],
  ])("%s", (_, changes, predicted, margin) => {
    expect(unitText({ ...base, ...changes })).toMatchObject({ predicted, margin });
  });
});

test("a measured value has the digits that its interval and the margin can tell apart", () => {
  expect(unitText(base)).toMatchObject({ measured: "-0.6349", interval: "-0.6401 to -0.6297" });
  const narrow = unitText({ ...base, interval: [-0.634912, -0.634912] });
  expect(narrow.measured).toBe("-0.635");
  const open = unitText({ ...base, estimate: null, interval: [null, 0.5] });
  expect(open).toMatchObject({ measured: "no value", interval: "-∞ to 0.500" });
});
