import { describe, expect, test } from "vitest";
import { gammaTails } from "./gamma-tails.ts";
import { lowerTail, normalVariationBounds, upperTail } from "./noncentral-t.ts";

// t, degrees, noncentrality, P(T <= t), P(T >= t) by SciPy 1.17
test.each([
  [0.5, 1, 0, 0.6475836176504333, 0.35241638234956674],
  [2, 1, 3, 0.17956249655224174, 0.8204375034477582],
  [40, 1, 25, 0.5320991937350943, 0.4679008062649057],
  [3, 2, 0.2, 0.9360571413792333, 0.06394285862076661],
  [8, 7, 2, 0.9967397910568001, 0.0032602089431999345],
  [8, 7, 20, 1.2285109220931063e-6, 0.9999987714890779],
  [60, 300, 50, 0.9999382830480784, 6.171695192160158e-5],
])(
  "tails of the noncentral Student law at %f, degrees %d, noncentrality %f",
  (t, degrees, noncentrality, below, above) => {
    expect(Math.abs(lowerTail(t, degrees, noncentrality) / below - 1)).toBeLessThan(1e-9);
    expect(Math.abs(upperTail(t, degrees, noncentrality) / above - 1)).toBeLessThan(1e-9);
  },
);

test("two values that are all but equal are answered at once: their deviation says hardly anything", () => {
  const { low, high } = normalVariationBounds(1e-6, 2, 1e-3);
  expect(low).toBeGreaterThan(0);
  expect(high).toBeGreaterThan(1e-4);
});

describe("tails of a gamma variable", () => {
  // of shape 3: e^-x (1 + x + x^2 / 2)
  test.each([0.01, 1, 3.9, 4.1, 30, 200])("at %f, against the finite sum of shape 3", (x) => {
    const above = Math.exp(-x) * (1 + x + (x * x) / 2);
    expect(Math.abs(gammaTails(3, x).above / above - 1)).toBeLessThan(1e-12);
  });

  test.each([0.5, 7, 1234])("of shape %f add to 1, on both sides of its mean", (shape) => {
    for (const x of [0.5 * shape, shape, 1.5 * shape + 2]) {
      const { below, above } = gammaTails(shape, x);
      expect(below + above).toBeCloseTo(1, 12);
    }
    expect(gammaTails(shape, 0.8 * shape).below).toBeLessThan(gammaTails(shape, 0.9 * shape).below);
    expect(gammaTails(shape, 0)).toEqual({ below: 0, above: 1 });
  });
});
