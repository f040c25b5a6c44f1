import { expect, test } from "vitest";
import { openParts, partInterval, placeOfPart } from "./part-words.ts";

const part = (low: number | null, high: number | null) => ({
  label: `${low} to ${high}`,
  estimate: 0,
  interval: [low, high] as [typeof low, typeof high],
});

test.each([
  [[1, 2], [0, null], "inside"],
  [[0, 2], [0, 2], "inside"],
  [[-1, 2], [0, null], "open"],
  [[null, 2], [0, null], "open"],
  [[-3, -1], [0, null], "outside"],
  [[3, null], [null, 2], "outside"],
  [[null, null], [0, 1], "open"],
  [[null, null], [null, null], "inside"],
] as const)("a part with the interval %j lies %3$s of the region %j", ([low, high], region, place) => {
  expect(placeOfPart(part(low, high), { region: [...region] })).toBe(place);
});

test("a decided question has no open part, an undecided one those that are not inside", () => {
  const unit = { region: [0, null] as [number, null], parts: [part(0.25, 1), part(-0.5, 0.5), part(null, null)] };
  expect(openParts({ ...unit, state: "refuted" })).toEqual([]);
  expect(openParts({ ...unit, state: "inconclusive" }).map(partInterval)).toEqual(["-0.5 to 0.5", "-∞ to ∞"]);
  expect(openParts({ state: "inconclusive", region: [0, null] })).toEqual([]);
});
