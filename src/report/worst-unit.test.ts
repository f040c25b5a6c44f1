import { expect, test } from "vitest";
import type { UnitEvidence } from "../claim/result.ts";
import { room, worstFirst } from "./worst-unit.ts";

const unit = (label: string, state: UnitEvidence["state"], interval: [number, number]) => {
  return { label, state, interval, region: [-1, 1] } as UnitEvidence;
};

test("refuted comes before undecided before supported, and within a state the least room first", () => {
  const units = [
    unit("centre", "supported", [-0.1, 0.1]),
    unit("near", "supported", [0.7, 0.9]),
    unit("beyond", "refuted", [1.5, 2]),
    unit("across", "inconclusive", [0.9, 1.1]),
    unit("wide", "inconclusive", [-3, 3]),
  ];
  expect(worstFirst(units).map(({ label }) => label)).toEqual(["beyond", "wide", "across", "near", "centre"]);
});

test.each([
  [{ region: [-1, 1], interval: [-0.5, 0.75] }, 0.25],
  [{ region: [0, 4], interval: [1, 2] }, 0.5],
  [{ region: [null, 1], interval: [0, 0.5] }, 2],
  [{ region: [null, 1], interval: [null, 0.5] }, 0.5],
  [{ region: [0, null], interval: [-1, 3] }, -0.5],
  [{ region: [-1, 1], interval: [null, 0.5] }, -Infinity],
] as const)("room of %j is %d", ({ region, interval }, expected) => {
  expect(room({ region: [...region], interval: [...interval] })).toBe(expected);
});
