import { exp, tanh as tanhOf } from "../../numerics/elementary.ts";
import { type OwnRounding, type Quantity, tabulated } from "./tape.ts";

/** Operations number by number, each rounded once where nothing else is said. Derivatives are those of TensorFlow.js, step by step. */

export function subtract(a: Quantity, b: Quantity): Quantity {
  const values = tabulated(a.values.length, (i) => a.values[i]! - b.values[i]!);
  return rounded(a, values, 1, (cotangent) => [
    [a, cotangent],
    [b, scale(cotangent, -1)],
  ]);
}

export function multiply(a: Quantity, b: Quantity): Quantity {
  const values = tabulated(a.values.length, (i) => a.values[i]! * b.values[i]!);
  return rounded(a, values, 1, (cotangent) => [
    [a, multiply(cotangent, b)],
    [b, multiply(cotangent, a)],
  ]);
}

export function divide(a: Quantity, b: Quantity): Quantity {
  const values = tabulated(a.values.length, (i) => a.values[i]! / b.values[i]!);
  return rounded(a, values, 1, (cotangent) => [
    [a, divide(cotangent, b)],
    [b, scale(divide(multiply(cotangent, a), multiply(b, b)), -1)],
  ]);
}

/** Where its derivative asks for the root again, it is the same number. */
export function squareRoot(a: Quantity): Quantity {
  return rounded(a, a.values.map(Math.sqrt), 1, (cotangent, root) => [[a, divide(cotangent, scale(root, 2))]]);
}

/** Times a constant, whose own rounding all numbers share. */
export function scale(a: Quantity, factor: number): Quantity {
  return times(
    a,
    a.values.map(() => factor),
    roundingsOf(factor),
  );
}

/** Over a whole number, which float32 has. */
export function divideBy(a: Quantity, count: number): Quantity {
  return times(
    a,
    a.values.map(() => 1 / count),
    { units: roundingsOf(count).units },
  );
}

/** Plus a constant. */
export function shift(a: Quantity, by: number): Quantity {
  const values = a.values.map((value) => value + by);
  const roundings = { units: by === 0 ? 0 : 1, ...(Math.fround(by) === by ? {} : { shared: 1 }) };
  return rounded(a, values, roundings, (cotangent) => [[a, cotangent]]);
}

/** What a unit with a kink at 0 makes of it: times 1 above it, else `slope`. Slopes have no derivative. */
export function bend(a: Quantity, slope: number): Quantity {
  return times(
    a,
    a.values.map((value) => (value > 0 ? 1 : slope)),
    roundingsOf(slope),
  );
}

/** The same numbers, each off by so many units of roundoff more: errors that need not be independent. */
export function uncertain(a: Quantity, errors: Float64Array): Quantity {
  return a.tape.record(a.values, {
    rounding: { units: 0, shared: 1, sizes: () => errors },
    back: (cotangent) => [[a, cotangent]],
  });
}

/** Within so many units, of an error that is the function's own; its slope is computed of the same value. */
export function tanh(a: Quantity, units: number): Quantity {
  return rounded(a, a.values.map(tanhOf), { units: 0, shared: units }, (cotangent, y) => [
    [a, multiply(cotangent, shift(scale(multiply(y, y), -1), 1))],
  ]);
}

/** As `tanh`. */
export function sigmoid(a: Quantity, units: number): Quantity {
  const values = a.values.map((value) => 1 / (1 + exp(-value)));
  return rounded(a, values, { units: 0, shared: units }, (cotangent, y) => [
    [a, multiply(cotangent, multiply(y, shift(scale(y, -1), 1)))],
  ]);
}

type Roundings = Pick<OwnRounding, "units" | "shared">;

/** Of a product with a constant: powers of two are exact, and a constant that float32 has is none itself. */
function roundingsOf(factor: number): Roundings {
  if (factor === 0 || Number.isInteger(Math.log2(Math.abs(factor)))) return { units: 0 };
  return Math.fround(factor) === factor ? { units: 1 } : { units: 1, shared: 1 };
}

function times(a: Quantity, factors: Float64Array, roundings: Roundings): Quantity {
  const values = tabulated(a.values.length, (i) => a.values[i]! * factors[i]!);
  return rounded(a, values, roundings, (cotangent) => [[a, times(cotangent, factors, roundings)]]);
}

function rounded(
  { tape }: Quantity,
  values: Float64Array,
  roundings: Roundings | number,
  back: (cotangent: Quantity, own: Quantity) => readonly (readonly [Quantity, Quantity])[],
): Quantity {
  const { units, shared = 0 } = typeof roundings === "number" ? { units: roundings } : roundings;
  const isExact = units === 0 && shared === 0;
  const own: Quantity = tape.record(values, {
    ...(isExact ? {} : { rounding: { units, shared, sizes: () => values } }),
    back: (cotangent) => back(cotangent, own),
  });
  return own;
}
