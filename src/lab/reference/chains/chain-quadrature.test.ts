import { describe, expect, test } from "vitest";
import { gaussKronrod, integratePositive } from "./chain-quadrature.ts";

describe("gaussKronrod", () => {
  test.each([0, 2, 8, 13, 22])("is exact for x^%d: fifteen Kronrod points reach degree 22", (degree) => {
    const { value } = gaussKronrod((x) => x ** degree, 0, 2);
    expect(value / (2 ** (degree + 1) / (degree + 1))).toBeCloseTo(1, 14);
  });

  test("knows when it is not exact: the Gauss rule stops at degree 13", () => {
    expect(gaussKronrod((x) => x ** 12, 0, 1).error).toBeLessThan(1e-16);
    const { value, error } = gaussKronrod((x) => x ** 40, 0, 1);
    expect(Math.abs(value - 1 / 41)).toBeLessThan(error);
  });
});

describe("integratePositive", () => {
  test.each([
    { name: "exp(-50 x)", evaluate: (x: number) => Math.exp(-50 * x), from: 0, to: 5, exact: 1 / 50 },
    {
      name: "a peak of width 1e-4",
      evaluate: (x: number) => 1e-4 / (x * x + 1e-8),
      from: -1,
      to: 2,
      exact: Math.atan(1e4) + Math.atan(2e4),
    },
    {
      name: "1 / (1 - x) up to near its pole",
      evaluate: (x: number) => 1 / (1 - x),
      from: 0,
      to: 0.999,
      exact: 3 * Math.LN10,
    },
  ])("$name comes out within its error bound", ({ evaluate, from, to, exact }) => {
    const { value, error } = integratePositive(evaluate, { from, to, known: 0 }, 1e-11);
    expect(error / exact).toBeLessThan(1e-9);
    // The bound leaves out rounding: some 1e-15 of the value.
    expect(Math.abs(value - exact)).toBeLessThan(error + 1e-14 * exact);
  });

  test("does not resolve what is negligible beside the known part", () => {
    let evaluations = 0;
    const count = (x: number) => {
      evaluations++;
      return Math.exp(-50 * x);
    };
    integratePositive(count, { from: 0, to: 5, known: 1e12 }, 1e-11);
    expect(evaluations).toBe(15);
  });

  test("refuses an integrand that is not finite", () => {
    const integrate = () => integratePositive((x) => (x > 1 / 3 ? 1 : Number.NaN), { from: 0, to: 1, known: 0 }, 1e-11);
    expect(integrate).toThrow(/the quadrature requires a smooth integrand, got one that is not near 0$/);
  });
});
