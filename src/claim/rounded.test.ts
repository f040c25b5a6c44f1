import { expect, test } from "vitest";
import { rounded } from "./rounded.ts";

test.each([
  [1 / 3, 0.333333333],
  [123456789123, 123456789000],
  [-0, 0],
  [Number.POSITIVE_INFINITY, null],
  [Number.NEGATIVE_INFINITY, null],
])("rounded(%d) is %d: nine significant digits, no infinities, one zero", (value, expected) => {
  expect(Object.is(rounded(value), expected)).toBe(true);
});

test("rounded refuses NaN", () => expect(() => rounded(Number.NaN)).toThrow("evidence has no NaN"));
