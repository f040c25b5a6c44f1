import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Layer, multiply, multiplyTransposed } from "./matrix.ts";

const entry = fc.double({ min: -10, max: 10, noNaN: true });
const shape = fc.record({ fanIn: fc.integer({ min: 1, max: 9 }), fanOut: fc.integer({ min: 1, max: 9 }) });

/** A layer that does not begin at 0, with vectors for both its sides. */
const problem = shape.chain(({ fanIn, fanOut }) =>
  fc.record({
    weights: fc.array(entry, { minLength: 3 + fanIn * fanOut, maxLength: 3 + fanIn * fanOut }),
    x: fc.array(entry, { minLength: fanIn, maxLength: fanIn }),
    y: fc.array(entry, { minLength: fanOut, maxLength: fanOut }),
    fanIn: fc.constant(fanIn),
    fanOut: fc.constant(fanOut),
  }),
);

describe("products with a layer", () => {
  test("multiply gives the bytes of the plain loop over inputs, for every shape", () => {
    fc.assert(
      fc.property(problem, ({ weights, x, fanIn, fanOut }) => {
        const out = new Float64Array(fanOut + 1);
        multiply(layerOf(weights, fanIn, fanOut), Float64Array.of(7, ...x), 1, out, 1);
        for (let row = 0; row < fanOut; row++) {
          let sum = 0;
          for (let column = 0; column < fanIn; column++) sum += weights[3 + row * fanIn + column]! * x[column]!;
          expect(out[row + 1]).toBe(sum);
        }
      }),
    );
  });

  test("multiplyTransposed gives the bytes of the plain loop over outputs, for every shape", () => {
    fc.assert(
      fc.property(problem, ({ weights, y, fanIn, fanOut }) => {
        const out = new Float64Array(fanIn).fill(5);
        multiplyTransposed(layerOf(weights, fanIn, fanOut), Float64Array.from(y), 0, out, 0);
        for (let column = 0; column < fanIn; column++) {
          let sum = 0;
          for (let row = 0; row < fanOut; row++) sum += weights[3 + row * fanIn + column]! * y[row]!;
          expect(out[column]).toBe(sum);
        }
      }),
    );
  });
});

function layerOf(weights: readonly number[], fanIn: number, fanOut: number): Layer {
  return { weights: Float64Array.from(weights), at: 3, fanIn, fanOut };
}
