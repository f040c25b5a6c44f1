import { expect, test } from "vitest";
import { streamKey, streamName } from "./stream-key.ts";

test("a key is the first 128 bits of the SHA-256 of the canonical JSON", () => {
  // printf '{"experiment":"shifted-gaussian","plateauStream":1,"seed":"1","setup":{"draws":1,"shift":0}}' | sha256sum
  const key = streamKey("1", "shifted-gaussian", { shift: 0, draws: 1 });
  expect(streamName(key)).toBe("ca2481b5b10b06e995b3d15487c73f92");
  expect(key.map((word) => Number.isInteger(word) && word >= 0 && word < 2 ** 32)).toEqual([true, true, true, true]);
});

test("the order of a setup's fields does not matter, at any depth", () => {
  const one = streamKey("1", "e", { a: 1, b: { c: [1, { d: 2, e: 3 }], f: null } });
  const other = streamKey("1", "e", { b: { f: null, c: [1, { e: 3, d: 2 }] }, a: 1 });
  expect(other).toEqual(one);
});

test("seed, name and each value of a setup matter", () => {
  const keys = [
    streamKey("1", "e", { a: 1, b: [1, 2] }),
    streamKey("2", "e", { a: 1, b: [1, 2] }),
    streamKey("1", "f", { a: 1, b: [1, 2] }),
    streamKey("1", "e", { a: 2, b: [1, 2] }),
    streamKey("1", "e", { a: "1", b: [1, 2] }),
    streamKey("1", "e", { a: 1, b: [2, 1] }),
    streamKey("1", "e", { a: 1 }),
  ];
  expect(new Set(keys.map(streamName)).size).toBe(keys.length);
});

test("a setup that JSON cannot say is refused", () => {
  expect(() => streamKey("1", "e", { a: Number.POSITIVE_INFINITY })).toThrow(TypeError);
});
