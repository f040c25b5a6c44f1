/**
 * Bounds for the tests: float64 values, each with a bound on how far float32 on the device may be from it (running error analysis,
 * Higham 2002, Accuracy and Stability of Numerical Algorithms, section 3.3). Not used by the engine.
 */

import { slopeOf } from "../../../src/lab/networks/architecture.ts";
import type { Activation } from "../../../src/lab/networks/network.ts";
import { TANH_ERROR } from "../../../src/lab/webgpu/shaders/tanh-shader.ts";
import { UNIT } from "./masked-error-bound.ts";

export interface Bounded {
  readonly values: Float64Array;
  readonly errors: Float64Array;
}

/** What float32 makes of exact numbers. */
export function rounded(values: Float64Array): Bounded {
  return { values, errors: values.map((value) => (Math.abs(value) * UNIT) / 2) };
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

/** Derivatives of tanh up to the third are at most 1, 0.77 and 2 in size. A unit within its error of a kink may have either slope. */
export function activated(activation: Activation | "tanh", z: Bounded): Activated {
  const map = (f: (z: number) => number, error: (z: number, e: number) => number): Bounded => ({
    values: z.values.map(f),
    errors: z.values.map((value, i) => error(value, z.errors[i]!)),
  });
  if (activation !== "tanh") {
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
  const first = (x: number) => 1 / Math.cosh(x) ** 2;
  const second = (x: number) => -2 * Math.tanh(x) * first(x);
  const own = (f: (z: number) => number, units: number, slope: number, x: number, e: number) =>
    slope * e + units * UNIT * (Math.abs(f(x)) + slope * e);
  return {
    h: map(Math.tanh, (x, e) => own(Math.tanh, TANH_ERROR.value, 1, x, e)),
    first: map(first, (x, e) => own(first, TANH_ERROR.first, 0.77, x, e)),
    second: map(second, (x, e) => own(second, TANH_ERROR.second, 2, x, e)),
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
