import { describe, expect, test } from "vitest";
import { parseSeed } from "./seed.ts";

describe("a seed", () => {
  test.each([
    ["0", "0"],
    ["007", "7"],
    ["18446744073709551615", "18446744073709551615"],
  ])("%s is %s", (text, seed) => {
    expect(parseSeed(text)).toBe(seed);
  });

  test.each(["", "-1", "1e3", "0x10", "18446744073709551616", "Fresh"])("%j is refused", (text) => {
    expect(() => parseSeed(text)).toThrow(`got ${text}`);
  });

  test("that is fresh is another one each time, of 64 bits", () => {
    const seeds = new Set(Array.from({ length: 8 }, () => parseSeed("fresh")));
    expect(seeds.size).toBe(8);
    for (const seed of seeds) expect(BigInt(seed)).toBeLessThan(2n ** 64n);
  });
});
