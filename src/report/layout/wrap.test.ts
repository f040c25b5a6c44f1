import fc from "fast-check";
import { expect, test } from "vitest";
import { displayWidth, wrap } from "./wrap.ts";

test("wrap keeps every line to the width and every letter", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme-ascii" })), fc.integer({ min: 1, max: 12 }), (words, width) => {
      const text = words.join(" ");
      const lines = wrap(text, width);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(text.replaceAll(" ", ""));
    }),
  );
});

test("wrap breaks at spaces where it can", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("", 7)).toEqual([""]);
});

test("a word to be copied is kept whole", () => {
  expect(wrap("see results/a/result.json now", 8, "keep")).toEqual(["see", "results/a/result.json", "now"]);
});
