import type { ForwardPass } from "./passes.ts";
import { passBack } from "./passes.ts";
import { DEVIATIONS, firstOrderError, type Quantity } from "./tape.ts";

/** How far a number computed of a pass may be off, in units of roundoff, to first order; and what it is measured in: 1 for logarithms. */
export interface ResultError {
  readonly error: number;
  readonly scale: number;
}

/** The two points of a pass between which sizes are compared. */
export interface Between {
  readonly from: number;
  readonly to: number;
}

/** Of ln ||h||^2 at one point less that at the other. */
export function forwardError({ points }: ForwardPass, { from, to }: Between): ResultError {
  return { error: changeError(points[from]!, points[to]!), scale: 1 };
}

/** Of ln ||dLoss/dh||^2 at one point less that at the other. */
export function backwardError(pass: ForwardPass, { from, to }: Between): ResultError {
  const first = pass.points[from]!;
  const cotangents = passBack(pass, first);
  return { error: changeError(cotangents.get(first)!, cotangents.get(pass.points[to]!)!), scale: 1 };
}

/** Of ln of the squared norm of the gradient of the first weights, less that of the last ones. */
export function weightsError(pass: ForwardPass, weights: readonly number[]): ResultError {
  const cotangents = passBack(pass);
  const of = (array: number) => cotangents.get(pass.parameters[array]!)!;
  return { error: changeError(of(weights[0]!), of(weights[weights.length - 1]!)), scale: 1 };
}

/** Of the mean of ||h||^2 at one point less that at the other, in units of the larger. */
export function growthError({ points, batch }: ForwardPass, { from, to }: Between): ResultError {
  const [first, last] = [points[from]!, points[to]!];
  const derivatives = (of: Quantity, sign: number) => of.values.map((value) => (2 * sign * value) / batch);
  const error = firstOrderError(
    new Map([
      [first, derivatives(first, -1)],
      [last, derivatives(last, 1)],
    ]),
  );
  return { error, scale: Math.max(squaredNorm(first), squaredNorm(last)) / batch };
}

/**
 * Of r = (tr G)^2 / ||G||_F^2, G = H H^T the Gram matrix of the batch's outputs. Where all outputs are parallel, r = 1 is at its least
 * and has no first order. Errors of H of e ||H|| move it in second order by at most 48 (e r)^2: relative to its value 6 e^2 by the
 * trace, 12 r e^2 by ||G||^2 itself, 16 r e^2 by the square of that one's first order and 16 sqrt(r) e^2 by the product of both,
 * r being 1 or more. `spread` is the root of the mean of ||error of H||^2, in units of roundoff, of which DEVIATIONS are taken for e.
 */
export function participationError({ points, batch }: ForwardPass, spread: number, unit: number): ResultError {
  const output = points[points.length - 1]!;
  const h = output.values;
  const width = h.length / batch;
  const gram = gramOf(h, batch);
  const trace = squaredNorm(output);
  const square = gram.reduce((sum, value) => sum + value * value, 0);
  // d tr G = 2 H, d ||G||_F^2 = 4 G H
  const derivatives = h.map((value, at) => {
    const [i, k] = [Math.floor(at / width), at % width];
    let product = 0;
    for (let j = 0; j < batch; j++) product += gram[i * batch + j]! * h[j * width + k]!;
    return (4 * trace * value) / square - (4 * trace * trace * product) / (square * square);
  });
  const participation = (trace * trace) / square;
  const secondOrder = (48 * (participation * DEVIATIONS * spread) ** 2 * unit) / trace;
  return { error: firstOrderError(new Map([[output, derivatives]])) + secondOrder, scale: 1 };
}

function gramOf(h: Float64Array, batch: number): Float64Array {
  const width = h.length / batch;
  const gram = new Float64Array(batch * batch);
  for (let i = 0; i < batch; i++) {
    for (let j = 0; j < batch; j++) {
      for (let k = 0; k < width; k++) gram[i * batch + j]! += h[i * width + k]! * h[j * width + k]!;
    }
  }
  return gram;
}

/** d ln ||v||^2 = 2 v / ||v||^2. */
function changeError(first: Quantity, last: Quantity): number {
  if (first === last) return 0;
  const derivatives = (of: Quantity, sign: number) => {
    const square = squaredNorm(of);
    return of.values.map((value) => (2 * sign * value) / square);
  };
  return firstOrderError(
    new Map([
      [first, derivatives(first, -1)],
      [last, derivatives(last, 1)],
    ]),
  );
}

function squaredNorm({ values }: Quantity): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}
