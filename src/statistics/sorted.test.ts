import fc from "fast-check";
import { expect, test } from "vitest";
import { seededDraws } from "../calibration/synthetic/seeded-draws.ts";
import { sorted } from "./sorted.ts";

/** Bytes, because -0 and 0 are told apart there; the language's own sort orders the first before the second. */
const bytes = (values: Float64Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);
const plain = (values: Float64Array) => values.slice().sort();
const agree = (values: Float64Array) => bytes(sorted(values)).equals(bytes(plain(values)));

test("values of any bits are in the order that the language gives them, many and few", () => {
  const lengths = fc.constantFrom(0, 1, 2, 4095, 4096, 4097, 6000);
  const bits = fc.uint32Array({ minLength: 64, maxLength: 64 });
  fc.assert(
    fc.property(lengths, bits, (length, words) => {
      const found = new Float64Array(words.buffer, words.byteOffset, 32);
      const values = Float64Array.from({ length }, (_, i) => found[(i * 7) % 32]! * (1 + (i % 97)));
      const ranked = values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value));
      expect(agree(ranked)).toBe(true);
    }),
    { numRuns: 60 },
  );
});

test.each([5000, 100_000])(
  "%d normal values, infinities and both zeros among them, and the values themselves stay",
  (count) => {
    const values = seededDraws(7).normals(count);
    values.set([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 0, -0, Number.MIN_VALUE, -Number.MAX_VALUE]);
    const before = values.slice();
    expect(agree(values)).toBe(true);
    expect(bytes(values).equals(bytes(before))).toBe(true);
  },
);
