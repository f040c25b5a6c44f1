import type { ModelRequest } from "../../../src/lab/contract/model-request.ts";
import { fillGaussian, openStream } from "../../../src/numerics/random.ts";
import { LANES } from "../../../src/numerics/stream.ts";
import type { Arithmetic } from "./check.ts";
import { KEY } from "./fixtures.ts";

/**
 * Units of roundoff in one number of a loss, gradient or product: each layer adds its fan-in, the batch and some 20 roundings of
 * activations and normalisations, forward and backward, and the draws' own error. All numbers on the way are within a factor
 * of `SPREAD` of the largest entry of the result or of 1.
 */
export function modelError({ network, batch }: ModelRequest, { unit, draw }: Arithmetic): number {
  const text = JSON.stringify(network);
  const numbers = (name: string) =>
    [...text.matchAll(new RegExp(`"(?:${name})":(\\d+)`, "g"))].map(([, found]) => Number(found));
  const layers = text.match(/"kind"/g)!.length - 1;
  const places = Math.max(1, ...numbers("size")) ** 2;
  const fanIn = Math.max(...numbers("width|channels|input")) * places;
  return SPREAD * layers * (2 * (fanIn + batch.size + 20) * unit + draw);
}

const SPREAD = 4;

/** Parameters up to which naive quadratic and cubic work is quick. */
export const FEW = 60;

export const largest = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((most, x) => Math.max(most, Math.abs(x)), 0);

/** Normals, the same for every engine: `count` rows of `length`. */
export function vectorsOf(length: number, count: number): Float64Array {
  const vectors = new Float64Array(length * count);
  fillGaussian(openStream(KEY, 99, LANES.start), vectors, 0, vectors.length);
  return vectors;
}

export function dot(x: ArrayLike<number>, y: ArrayLike<number>): number {
  return Array.from(x).reduce((sum, value, at) => sum + value * y[at]!, 0);
}
