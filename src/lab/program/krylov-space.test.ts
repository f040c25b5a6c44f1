import { describe, expect, test } from "vitest";
import { openKrylovSpace, rayleighQuotient } from "./krylov-space.ts";

/** diag(values), whose eigenvalues are known, with a rounding of `error` in each product. */
function ends(values: readonly number[], most: number, error = 0) {
  const multiply = (vector: Float64Array) => vector.map((x, i) => values[i]! * x + error * Math.sin(7 * i + 1000 * x));
  const space = openKrylovSpace(
    Float64Array.from(values, (_, i) => 1 + (i % 3)),
    most,
  );
  let products = 0;
  for (let vector = space.next(); vector !== undefined; vector = space.next()) {
    space.extend(multiply(vector));
    products++;
  }
  const [low, high] = space.outerRitzVectors().map((vector) => rayleighQuotient(vector, multiply(vector)));
  return { low: low!, high: high!, products };
}

const values = [-3, -1, 0, 0.5, 1, 2, 4, 9];

describe("a Krylov space", () => {
  test("that is whole has both ends of the spectrum", () => {
    const { low, high, products } = ends(values, 20);
    expect(products).toBe(values.length);
    expect(low.quotient).toBeCloseTo(-3, 12);
    expect(high.quotient).toBeCloseTo(9, 12);
    expect(Math.max(low.residual, high.residual)).toBeLessThan(1e-12);
  });

  test("that is cut short has Ritz values inside, each within its residual of an eigenvalue", () => {
    const { low, high, products } = ends(values, 3);
    expect(products).toBe(3);
    for (const { quotient, residual } of [low, high]) {
      expect(quotient).toBeGreaterThan(-3);
      expect(quotient).toBeLessThan(9);
      expect(Math.min(...values.map((value) => Math.abs(value - quotient)))).toBeLessThan(residual);
    }
    expect(high.residual).toBeGreaterThan(1e-3);
  });

  test("ends where it is invariant: after one product of a multiple of the identity, as of zeros", () => {
    const { low, high, products } = ends([2, 2, 2, 2], 4);
    expect(products).toBe(1);
    expect(low).toEqual(high);
    expect(low.quotient).toBeCloseTo(2, 14);
    expect(ends([0, 0, 0], 3)).toMatchObject({ products: 1, low: { quotient: 0, residual: 0 } });
  });

  test("of products with an error has ends within that error's norm, which its residual shows", () => {
    const error = 1e-5;
    const { low, high } = ends(values, 8, error);
    const norm = error * Math.sqrt(values.length);
    expect(Math.abs(low.quotient + 3)).toBeLessThan(2 * norm);
    expect(Math.abs(high.quotient - 9)).toBeLessThan(2 * norm);
    expect(high.residual).toBeLessThan(Math.sqrt(8) * 2 * norm);
    expect(high.residual).toBeGreaterThan(error / 10);
  });
});
