import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numbersIn, printsAs } from "./printed-number.ts";

describe("a number as a text prints it", () => {
  test.each([
    ["-5.83", -5.83, 0.005],
    ["\u22125.8", -5.8, 0.05],
    ["$-5.83$", -5.83, 0.005],
    ["\\textbf{0.25}", 0.25, 0.005],
    ["12{,}800", 12800, 0.5],
    ["12\\,800", 12800, 0.5],
    ["12,800", 12800, 0.5],
    ["1.2e-11", 1.2e-11, 0.05e-11],
    ["\\num{1.2e-11}", 1.2e-11, 0.05e-11],
    ["$1.2 \\times 10^{-11}$", 1.2e-11, 0.05e-11],
    ["1.2 × 10⁻¹¹", 1.2e-11, 0.05e-11],
    ["$1.2 times 10^(-11)$", 1.2e-11, 0.05e-11],
    ["$10^{-3}$", 1e-3, 0.5e-3],
    ["91.3 %", 0.913, 0.0005],
    ["91.3\\,\\%", 0.913, 0.0005],
    ["about 7", 7, 0.5],
  ])("%s is read with what rounding takes away", (text, value, half) => {
    const [one, ...others] = numbersIn(text);
    expect(others).toEqual([]);
    expect(one!.value).toBeCloseTo(value, 14);
    expect(one!.half / half).toBeCloseTo(1, 9);
  });

  test.each([
    ["[-5.9, -5.7]", [-5.9, -5.7]],
    ["0.1--0.3", [0.1, 0.3]],
    ["from 3 to 10^2", [3, 100]],
    ["$x_2 + h^{2}$, L2, depth-16", [16]],
  ])("%s has these numbers, and no sign of a range, index or power", (text, values) => {
    expect(numbersIn(text).map(({ value }) => value)).toEqual(values);
  });

  test("agrees with its value at any number of digits, and with no neighbour at those digits", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e4, max: 1e4, noNaN: true }), fc.integer({ min: 0, max: 8 }), (value, digits) => {
        const [one] = numbersIn(value.toFixed(digits));
        expect(printsAs(one!, value)).toBe(true);
        expect(printsAs(one!, value + 1.2 * 10 ** -digits)).toBe(false);
      }),
    );
  });
});
