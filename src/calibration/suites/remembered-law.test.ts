import { expect, test } from "vitest";
import { nextUniform, openStream } from "../../numerics/random.ts";
import { lawWithin } from "../../predictions/synthetic/standard-law.ts";
import { newMemory, remembered } from "./remembered-law.ts";

const family = { skewness: 1, excessKurtosis: 4 };

test.each(["light", "heavy", "rare"] as const)(
  "%s values, and what is drawn after them, are those of the law itself",
  (tails) => {
    const law = lawWithin(family, { skew: -1, tails });
    const memory = newMemory();
    const drawn = (fill: typeof law.fill, skipped: number, count: number) => {
      const stream = openStream([1, 2, 3, 4], 5, 0);
      for (let i = 0; i < skipped; i++) nextUniform(stream);
      const values = new Float64Array(count + 1);
      fill(stream, values, 0, count);
      values[count] = nextUniform(stream);
      return [...values, stream.position];
    };
    for (const [skipped, count] of [
      [0, 17],
      [0, 17],
      [3, 17],
      [0, 18],
      [3, 17],
      [0, 17],
    ] as const) {
      expect(drawn(remembered(law, memory).fill, skipped, count)).toEqual(drawn(law.fill, skipped, count));
    }
    expect(memory.size).toBe(3);
  },
);

test("another law at the same place is drawn anew", () => {
  const memory = newMemory();
  const first = new Float64Array(16);
  const second = new Float64Array(16);
  remembered(lawWithin(family, { skew: -1, tails: "light" }), memory).fill(
    openStream([1, 2, 3, 4], 5, 0),
    first,
    0,
    16,
  );
  remembered(lawWithin(family, { skew: 1, tails: "light" }), memory).fill(
    openStream([1, 2, 3, 4], 5, 0),
    second,
    0,
    16,
  );
  expect(second).not.toEqual(first);
});
