import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { displayWidth, wrap } from "./wrap.ts";

describe("the width of text", () => {
  test.each([
    ["plain", "gradient", 8],
    ["Japanese", "深い網の勾配", 12],
    ["a family joined by invisible characters", "👨‍👩‍👧", 2],
    ["an accent that combines", "e\u0301", 1],
    ["Korean, half of it Latin", "기울기 x", 8],
  ])("of %s is in columns of a terminal", (_, text, columns) => {
    expect(displayWidth(text)).toBe(columns);
  });

  test("of every character, and of each two side by side, is what Unicode's tables say", () => {
    const characters = [blocks(0x20, 0x500), blocks(0x2000, 0x2400)].flat();
    const wrong = characters.filter((one, index) => {
      const two = one + (characters[index + 1] ?? "a");
      return displayWidth(one) !== stringWidth(one) || displayWidth(two) !== stringWidth(two);
    });
    expect(wrong).toEqual([]);
  });
});

describe("wrapped text", () => {
  test("breaks wide characters at their columns", () => {
    expect(wrap("深い網の勾配は消える", 7)).toEqual(["深い網", "の勾配", "は消え", "る"]);
  });

  test("never tears what is one character for a person", () => {
    expect(wrap("👨‍👩‍👧👨‍👩‍👧e\u0301", 4)).toEqual(["👨‍👩‍👧👨‍👩‍👧", "e\u0301"]);
  });

  test("keeps a long word whole where it is to be copied", () => {
    expect(wrap("a/very/long/path x", 4, "keep")).toEqual(["a/very/long/path", "x"]);
  });
});

function blocks(first: number, end: number): readonly string[] {
  return Array.from({ length: end - first }, (_, index) => String.fromCharCode(first + index));
}
