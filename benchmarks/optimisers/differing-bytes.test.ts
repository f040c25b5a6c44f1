import { describe, expect, test } from "vitest";
import { differingBytes } from "./differing-bytes.ts";

describe("differingBytes", () => {
  test.each([
    ["equal numbers", [1, 2], [1, 2], 0],
    ["the sign of zero", [0], [-0], 1],
    // 0x3ff0000000000000 and 0x4000000000000000
    ["1 and 2", [1], [2], 2],
    ["the last bit", [1, 1], [1, 1 + Number.EPSILON], 1],
    ["one NaN twice", [Number.NaN], [Number.NaN], 0],
  ])("%s", (_name, first, second, bytes) => {
    expect(differingBytes(Float64Array.from(first), Float64Array.from(second))).toBe(bytes);
  });

  test("sees only its part of a larger array", () => {
    const whole = Float64Array.of(1, 2, 3, 4);
    expect(differingBytes(whole.subarray(1, 2), whole.subarray(2, 3))).toBe(1);
  });

  test("refuses as many numbers as not", () => {
    expect(() => differingBytes(new Float64Array(1), new Float64Array(2))).toThrow(/got 1 and 2/);
  });
});
