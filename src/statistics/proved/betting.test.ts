import { describe, expect, test } from "vitest";
import { bettingBounds } from "./betting.ts";

/** P(some prefix's lower bound is above p), and the same of upper bounds, over all sequences of zeros and ones. */
function errorsAtAnyLook(p: number, horizon: number, alpha: number): readonly [number, number] {
  let [tooHigh, tooLow] = [0, 0];
  for (let bits = 0; bits < 2 ** horizon; bits++) {
    const values = Float64Array.from({ length: horizon }, (_, i) => (bits >> i) & 1);
    const ones = values.reduce((sum, x) => sum + x, 0);
    const chance = p ** ones * (1 - p) ** (horizon - ones);
    const looks = Array.from({ length: horizon }, (_, i) =>
      bettingBounds({ values: values.subarray(0, i + 1), range: [0, 1], horizon }, alpha),
    );
    if (looks.some(({ low }) => low > p)) tooHigh += chance;
    if (looks.some(({ high }) => high < p)) tooLow += chance;
  }
  return [tooHigh, tooLow];
}

describe("bounds by betting", () => {
  test.each([0.02, 0.2, 0.5, 0.9])(
    "err at all looks together no more often than their level, by full enumeration at %f",
    (p) => {
      for (const alpha of [0.2, 0.02]) {
        for (const rate of errorsAtAnyLook(p, 9, alpha)) expect(rate).toBeLessThanOrEqual(alpha);
      }
    },
  );

  test("narrow from look to look, and stay in their range", () => {
    const values = Float64Array.from({ length: 400 }, (_, i) => 3 + ((i * 7) % 10) / 10);
    let [low, high] = [3, 4];
    for (let count = 1; count <= 400; count += 19) {
      const found = bettingBounds({ values: values.subarray(0, count), range: [3, 4], horizon: 400 }, 1e-3);
      expect(found.low).toBeGreaterThanOrEqual(low);
      expect(found.high).toBeLessThanOrEqual(high);
      [low, high] = [found.low, found.high];
    }
    expect(low).toBeLessThan(3.45);
    expect(high).toBeGreaterThan(3.45);
    expect(high - low).toBeLessThan(0.15);
  });

  test("of values that hardly vary are as narrow as a bet allows, far inside Hoeffding's", () => {
    const values = Float64Array.from({ length: 1000 }, (_, i) => (i % 2 === 0 ? 0.5 : 0.51));
    const { low, high } = bettingBounds({ values, range: [0, 1], horizon: 1000 }, 1e-3);
    // Hoeffding: sqrt(ln(1000) / 2000) = 0.059 to each side.
    expect(high - low).toBeLessThan(0.03);
  });
});
