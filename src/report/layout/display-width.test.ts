import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { everyKindOfCharacter } from "./fixtures/every-kind-of-character.ts";

describe("the width of text", () => {
  test.each([
    ["plain", "gradient", 8],
    ["Japanese", "深い網の勾配", 12],
    ["a family joined by invisible characters", "👨‍👩‍👧", 2],
    ["an accent that combines", "e\u0301", 1],
    ["Korean, half of it Latin", "기울기 x", 8],
    ["the Arabic number sign, a format character that is drawn,", "\u0600", 1],
    ["format characters that are not drawn", "\ufff9\ufffa\ufffb\u{13430}", 0],
    ["half of a surrogate pair", "\ud800", 0],
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

  test("is a count of columns for a character of every range of every category, alone, repeated and beside others", () => {
    const texts = everyKindOfCharacter().flatMap((one) => [one, one.repeat(9), `a${one}`, `${one}a`]);
    expect(texts.length).toBeGreaterThan(10_000);
    expect(texts.filter((text) => !(Number.isInteger(displayWidth(text)) && displayWidth(text) >= 0))).toEqual([]);
  });
});

function blocks(first: number, end: number): readonly string[] {
  return Array.from({ length: end - first }, (_, index) => String.fromCharCode(first + index));
}
