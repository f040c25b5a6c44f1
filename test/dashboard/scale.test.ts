import { expect, test } from "vitest";
import { numberText } from "../../dashboard/browser/frame/number-words.ts";
import { scaleFor, symlogTicks, xAxis } from "../../dashboard/browser/frame/scale.ts";

test.each([
  ["from nothing to far", [0, 3.18e12], 1, 500],
  ["to both sides", [-1e9, 1e3], 0.01, 500],
  ["on a phone", [-1e9, 1e9], 0.01, 220],
  ["of less than a power of ten", [-0.4, 0.4], 1, 500],
] as const)("an axis %s has zero and powers of ten that leave each other room", (_, [low, high], constant, width) => {
  const ticks = symlogTicks([low, high], constant, width);
  const place = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value) / constant);
  const pixels = ticks.map((value) => (width * place(value)) / (place(high) - place(low)));
  expect(ticks).toContain(0);
  expect(ticks.every((value) => value >= low && value <= high)).toBe(true);
  expect(ticks.every((value) => value === 0 || Number.isInteger(Math.log10(Math.abs(value))))).toBe(true);
  for (const [at, pixel] of pixels.slice(1).entries()) expect(pixel - pixels[at]!).toBeGreaterThanOrEqual(64);
});

test("an axis of far more than its detail leaves as little room below as above, however far it reaches", () => {
  const { type, domain, constant } = scaleFor([0, 1, 3.18e12], 1);
  expect(type).toBe("symlog");
  const place = (value: number) => Math.sign(value) * Math.log1p(Math.abs(value) / constant!);
  const [low, high] = domain.map(place);
  expect(-low! / (high! - low!)).toBeCloseTo(0.06 / 1.12, 6);
  const { tickFormat } = xAxis({ type, domain, constant: constant! }, 500);
  expect([0, 100, -1e6, 1e12, 0.001].map((value) => (tickFormat as (value: number) => string)(value))).toEqual([
    ...["0", "100", "−10⁶", "10¹²", "0.001"],
  ]);
});

test.each([
  [Number.NEGATIVE_INFINITY, "−∞"],
  [Number.POSITIVE_INFINITY, "∞"],
  [Number.NaN, "no number"],
  [-56.92, "−56.92"],
  [0, "0"],
  [2.5e13, "2.5 × 10¹³"],
])("the number %d is %s on a chart", (value, words) => expect(numberText(value)).toBe(words));
