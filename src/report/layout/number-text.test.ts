import { describe, expect, test } from "vitest";
import { chanceText, decimalsFor, exactText, numberText, secondsText } from "./number-text.ts";

test.each([
  [0.01, 3],
  [0.25, 2],
  [0.05, 3],
  [2.1, 1],
  [42, 0],
  [1e-12, 13],
  [0, 4],
  [Number.NaN, 4],
])("a scale of %d is shown with %i decimals: two significant digits", (scale, decimals) => {
  expect(decimalsFor(scale)).toBe(decimals);
});

test.each([
  [-0.63518, 4, "-0.6352"],
  [0, 4, "0"],
  [-0.00001, 2, "0.00"],
  [12_800_000, 0, "1.28e7"],
  [1.234e-11, 13, "1.23e-11"],
  [12, 0, "12"],
])("numberText(%d, %i) is %s", (value, decimals, text) => {
  expect(numberText(value, decimals)).toBe(text);
});

test.each([
  [0.01, 3, "0.01"],
  [-1, 4, "-1"],
  [100, 0, "100"],
  [3e-12, 13, "3e-12"],
])("exactText(%d, %i) drops trailing zeros: %s", (value, decimals, text) => {
  expect(exactText(value, decimals)).toBe(text);
});

describe("secondsText", () => {
  test.each([
    [0.04, "0.0 s"],
    [9.94, "9.9 s"],
    [41.3, "41 s"],
    [99.4, "99 s"],
    [200, "3 min 20 s"],
    [7500, "2 h 05 min"],
  ])("%d is %s", (seconds, text) => {
    expect(secondsText(seconds)).toBe(text);
  });
});

test("a chance is one in so many", () => {
  expect(chanceText(1e-3)).toBe("1 in 1,000");
  expect(chanceText(0)).toBe("0");
});
