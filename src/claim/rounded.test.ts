import { expect, test } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
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

test("canonicalJson sorts keys at every depth, keeps the order of lists, and refuses what JSON has not", () => {
  expect(canonicalJson({ b: [2, 1], a: { d: null, c: "x" } })).toBe('{"a":{"c":"x","d":null},"b":[2,1]}');
  expect(() => canonicalJson({ a: Number.NaN })).toThrow("canonical JSON has no NaN");
});
