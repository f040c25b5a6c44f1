import { describe, expect, test } from "vitest";
import { displayWidth } from "./display-width.ts";
import { everyKindOfCharacter } from "./fixtures/every-kind-of-character.ts";
import { wrap } from "./wrap.ts";

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

  test("fits its width whatever Unicode has, also where one character is drawn wider than a line", () => {
    const wide = everyKindOfCharacter().filter((one) => wrap(one.repeat(9), 4).some((line) => displayWidth(line) > 4));
    expect(wide).toEqual([]);
    expect(wrap("\uff76\uff9e\uff9e\uff9e\uff9e", 2)).toEqual(["\uff76\uff9e", "\uff9e\uff9e", "\uff9e"]);
  });
});
