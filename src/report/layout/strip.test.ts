import fc from "fast-check";
import { expect, test } from "vitest";
import { stripText } from "./strip.ts";

test.each([
  ["inside a region", { from: -0.2, to: 0.4, region: [-1, 1] as const }, "─▒▒▒▒▒▒○▒▒▒▒●▒▒▒▒▒─"],
  ["out of it", { from: 0, to: 3, region: [-1, 1] as const }, "─▒▒▒▒○▒▒▒▒───────●─"],
  ["of a one-sided region", { from: 0, to: 1, region: [null, 0.5] as const }, "▒○▒▒▒▒▒▒▒▒───────●─"],
  ["by less than a character", { from: 0, to: 0.001, region: [-1, 1] as const }, "─▒▒▒▒▒▒▒▒●▒▒▒▒▒▒▒▒─"],
])("an estimate that moved %s", (_, moved, strip) => {
  expect([...stripText(moved, 19)]).toHaveLength(19);
  expect(stripText(moved, 19)).toBe(strip);
});

test("any finite numbers give a strip of the width asked for, with the present estimate on it", () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
  const end = fc.oneof(fc.constant(null), number);
  fc.assert(
    fc.property(number, number, end, end, fc.integer({ min: 2, max: 60 }), (from, to, low, high, width) => {
      const strip = [...stripText({ from, to, region: [low, high] }, width)];
      expect(strip).toHaveLength(width);
      expect(strip.filter((cell) => cell === "●")).toHaveLength(1);
    }),
  );
});
