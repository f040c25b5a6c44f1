import type { ModelRequest } from "../../contract/model-request.ts";
import { LARGEST_CHUNK } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { requireRange } from "../require-range.ts";
import { differentiate } from "./gradients.ts";
import type { Model } from "./model.ts";
import { disposeRows, drawRows, fromArrays, toArrays } from "./model-rows.ts";

/** One product: the Hessian of a replicate with the vector that `fill` writes (all zeros before). */
export interface Product {
  readonly replicate: number;
  readonly fill: (vector: Float32Array) => void;
}

/**
 * H v by differentiating <gradient, v> once more, one row of all parameters a product. The gradient's own differentiation must
 * be differentiable: see `Pointwises`.
 * @throws UnsupportedError where a product underflows in float32
 */
export function hessianProducts(tf: Library, model: Model, products: readonly Product[]): Float64Array {
  const { parameters } = model;
  const out = new Float64Array(products.length * parameters);
  const size = Math.max(1, Math.floor(LARGEST_CHUNK / (8 * parameters + 12 * model.activations)));
  for (let at = 0; at < products.length; at += size) {
    const piece = products.slice(at, at + size);
    const vectors = new Float32Array(piece.length * parameters);
    for (const [row, { fill }] of piece.entries()) {
      fill(vectors.subarray(row * parameters, (row + 1) * parameters));
    }
    const replicates = piece.map(({ replicate }) => replicate);
    multiply(tf, model, replicates, vectors, out, at);
  }
  requireRange(out, "the product of the Hessian and a vector");
  return out;
}

/** For each replicate as many products as `vectors` has rows. */
export function hessianVectorProducts(
  tf: Library,
  model: Model,
  { streams, vectors }: ModelRequest & { readonly vectors: Float64Array },
): Float64Array {
  const { parameters } = model;
  if (vectors.length % parameters !== 0) {
    throw new RangeError(`vectors require rows of ${parameters} numbers, got ${vectors.length} numbers`);
  }
  const perReplicate = vectors.length / parameters;
  const products = Array.from({ length: streams.count * perReplicate }, (_, index): Product => {
    const from = (index % perReplicate) * parameters;
    return {
      replicate: streams.first + Math.floor(index / perReplicate),
      fill: (vector) => vector.set(vectors.subarray(from, from + parameters)),
    };
  });
  return hessianProducts(tf, model, products);
}

/** Whole Hessians, made exactly symmetric by averaging with their transposes. */
export function hessians(tf: Library, model: Model, { streams }: ModelRequest): Float64Array {
  const { parameters } = model;
  const products = Array.from({ length: streams.count * parameters }, (_, index): Product => {
    return {
      replicate: streams.first + Math.floor(index / parameters),
      fill: (vector) => {
        vector[index % parameters] = 1;
      },
    };
  });
  const all = hessianProducts(tf, model, products);
  for (let row = 0; row < streams.count; row++) {
    symmetrise(all.subarray(row * parameters ** 2, (row + 1) * parameters ** 2), parameters);
  }
  return all;
}

function symmetrise(matrix: Float64Array, dimension: number): void {
  for (let row = 0; row < dimension; row++) {
    for (let column = 0; column < row; column++) {
      const mean = (matrix[row * dimension + column]! + matrix[column * dimension + row]!) / 2;
      matrix[row * dimension + column] = mean;
      matrix[column * dimension + row] = mean;
    }
  }
}

function multiply(
  tf: Library,
  model: Model,
  replicates: readonly number[],
  vectors: Float32Array,
  out: Float64Array,
  at: number,
): void {
  const rows = drawRows(tf, model, replicates);
  tf.tidy(() => {
    const directions = toArrays(tf, model, vectors);
    const slope = (...arrays: Tensor[]) => {
      const gradients = differentiate(tf, model, rows, arrays);
      return gradients
        .map((gradient, index) => tf.sum(tf.mul(gradient, directions[index]!), [0, 1, 2], false))
        .reduce((sum, part) => tf.add(sum, part));
    };
    fromArrays(model, tf.grads(slope)(rows.parameters), out, at);
  });
  disposeRows(rows);
}
