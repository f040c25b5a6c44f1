/**
 * Bounds for the tests: float64 values, each with a bound on how far float32 on the device may be from it (running error analysis,
 * Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.3). Not used by the engine.
 */

import { slopeOf } from "../../../src/lab/networks/architecture.ts";
import type { Activation } from "../../../src/lab/networks/network.ts";
import { SIGMOID_ERROR, TANH_ERROR } from "../../../src/lab/webgpu/shaders/tanh-shader.ts";
import { UNIT } from "./masked-error-bound.ts";

export interface Bounded {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

/** What float32 makes of exact numbers. */
export function rounded(values: Float64Array): Bounded {
  return { values, errors: values.map((value) => (Math.abs(value) * UNIT) / 2) };
}

/** The same number so many times. */
export function constants(length: number, value: number): Bounded {
  return rounded(new Float64Array(length).fill(value));
}

export function slice({ values, errors }: Bounded, from: number, length: number): Bounded {
  return { values: values.subarray(from, from + length), errors: errors.subarray(from, from + length) };
}

/** left (rows x terms) right (terms x columns), each by its index function, + what is there. */
export function product(
  [rows, columns, terms]: readonly [number, number, number],
  left: Bounded,
  leftAt: (i: number, k: number) => number,
  right: Bounded,
  rightAt: (k: number, j: number) => number,
  plus?: Bounded,
): Bounded {
  const values = new Float64Array(rows * columns);
  const errors = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = i * columns + j;
      // the sum is rounded before it meets what is there, which then is one term more
      let value = 0;
      let error = 0;
      let sizes = 0;
      for (let k = 0; k < terms; k++) {
        const a = leftAt(i, k);
        const b = rightAt(k, j);
        const [x, y] = [left.values[a]!, right.values[b]!];
        const [ex, ey] = [left.errors[a]!, right.errors[b]!];
        value += x * y;
        error += Math.abs(x) * ey + Math.abs(y) * ex + ex * ey;
        sizes += (Math.abs(x) + ex) * (Math.abs(y) + ey);
      }
      const addend = plus === undefined ? 0 : plus.values[at % plus.values.length]!;
      const addendError = plus === undefined ? 0 : plus.errors[at % plus.values.length]!;
      values[at] = value + addend;
      errors[at] = error + addendError + gamma(terms + 2) * (sizes + Math.abs(addend) + addendError);
    }
  }
  return { values, errors };
}

/** Sum of products of pairs, entry by entry. */
export function sumOfProducts(...pairs: readonly (readonly [Bounded, Bounded])[]): Bounded {
  const length = pairs[0]![0].values.length;
  const terms = pairs.flat();
  const both = joined(terms);
  const at = (pair: number, side: number) => (2 * pair + side) * length;
  const values = new Float64Array(length);
  const errors = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    const one = product(
      [1, 1, pairs.length],
      both,
      (_, k) => at(k, 0) + i,
      both,
      (k) => at(k, 1) + i,
    );
    values[i] = one.values[0]!;
    errors[i] = one.errors[0]!;
  }
  return { values, errors };
}

/** factor (x - y), the factor rounded. */
export function scaledDifference(factor: number, x: Bounded, y?: Bounded): Bounded {
  const zero = { values: new Float64Array(x.values.length), errors: new Float64Array(x.values.length) };
  const { values: b, errors: eb } = y ?? zero;
  return {
    values: x.values.map((a, i) => factor * (a - b[i]!)),
    errors: x.errors.map((ea, i) => factor * (ea + eb[i]! + gamma(3) * (Math.abs(x.values[i]! - b[i]!) + ea + eb[i]!))),
  };
}

export interface Activated {
  readonly h: Bounded;
  readonly first: Bounded;
  readonly second: Bounded;
}

export type CurvedName = Activation | "tanh" | "sigmoid";

/** A curve and its derivatives, what their shader promises, and how large the next derivative of each may be. */
const CURVES = {
  tanh: {
    value: Math.tanh,
    first: (x: number) => 1 / Math.cosh(x) ** 2,
    second: (x: number) => (-2 * Math.tanh(x)) / Math.cosh(x) ** 2,
    slopes: { value: 1, first: 0.77, second: 2 },
    units: TANH_ERROR,
  },
  sigmoid: {
    value: (x: number) => 1 / (1 + Math.exp(-x)),
    first: (x: number) => 0.25 / Math.cosh(x / 2) ** 2,
    second: (x: number) => (-0.25 * Math.tanh(x / 2)) / Math.cosh(x / 2) ** 2,
    slopes: { value: 0.25, first: 0.1, second: 0.125 },
    units: SIGMOID_ERROR,
  },
} as const;

/** A unit within its error of a kink may have either slope. */
export function activated(activation: CurvedName, z: Bounded): Activated {
  const map = (f: (z: number) => number, error: (z: number, e: number) => number): Bounded => ({
    values: z.values.map(f),
    errors: z.values.map((value, i) => error(value, z.errors[i]!)),
  });
  if (activation !== "tanh" && activation !== "sigmoid") {
    const slope = slopeOf(activation);
    return {
      h: map(
        (x) => (x > 0 ? x : slope * x),
        (x, e) => e + 2 * UNIT * (Math.abs(x) + e),
      ),
      first: map(
        (x) => (x > 0 ? 1 : slope),
        (x, e) => (Math.abs(x) <= e ? 1 - slope : UNIT * slope),
      ),
      second: map(
        () => 0,
        () => 0,
      ),
    };
  }
  const { value, first, second, slopes, units } = CURVES[activation];
  const own = (f: (z: number) => number, by: number, slope: number) =>
    map(f, (x, e) => slope * e + by * UNIT * (Math.abs(f(x)) + slope * e));
  return {
    h: own(value, units.value, slopes.value),
    first: own(first, units.first, slopes.first),
    second: own(second, units.second, slopes.second),
  };
}

function joined(parts: readonly Bounded[]): Bounded {
  return {
    values: Float64Array.from(parts.flatMap(({ values }) => [...values])),
    errors: Float64Array.from(parts.flatMap(({ errors }) => [...errors])),
  };
}

/** Relative error of n roundings one after another. */
function gamma(n: number): number {
  return (n * UNIT) / (1 - n * UNIT);
}
