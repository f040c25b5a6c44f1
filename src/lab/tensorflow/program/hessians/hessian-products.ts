import type { StreamRange } from "../../../../numerics/stream.ts";
import type { ModelRequest } from "../../../contract/model-request.ts";
import { LARGEST_CHUNK } from "../../chunks.ts";
import type { Library, Tensor } from "../../library.ts";
import { requireRowsInRange } from "../../require-range.ts";
import { differentiate, requireSignals } from "../gradients.ts";
import type { Model } from "../model.ts";
import { disposeRows, drawRows, fromArrays, toArrays } from "../model-rows.ts";

/** What is multiplied, in words of a refusal. */
export const PRODUCT = "the product of the Hessian and a vector";

/** The Hessians of some replicates, which may repeat, held by the library until they are disposed of. */
export interface Hessians {
  /** One row of all parameters a replicate, times its Hessian. */
  readonly multiply: (vectors: Float32Array) => Float64Array;
  readonly dispose: () => void;
}

/**
 * H v by differentiating <gradient, v> once more. The gradient's own differentiation must be differentiable: see `Pointwises`.
 */
export function openHessians(tf: Library, model: Model, replicates: readonly number[]): Hessians {
  const rows = drawRows(tf, model, replicates);
  return {
    multiply(vectors) {
      const out = new Float64Array(vectors.length);
      tf.tidy(() => {
        const directions = toArrays(tf, model, vectors);
        const slope = (...arrays: Tensor[]) => {
          const gradients = differentiate(tf, model, rows, arrays);
          return gradients
            .map((gradient, index) => tf.sum(tf.mul(gradient, directions[index]!), [0, 1, 2], false))
            .reduce((sum, part) => tf.add(sum, part));
        };
        fromArrays(model, tf.grads(slope)(rows.parameters), out, 0);
      });
      if (!out.every(Number.isFinite)) requireSignals(tf, model, rows);
      return out;
    },
    dispose: () => disposeRows(rows),
  };
}

/** Float32 numbers that one row of a product holds, about. */
export function numbersOfProduct({ parameters, activations }: Model): number {
  return 8 * parameters + 12 * activations;
}

/** For each replicate as many products as `vectors` has rows. */
export function hessianVectorProducts(
  tf: Library,
  model: Model,
  { streams, vectors }: ModelRequest & { readonly vectors: Float64Array },
): Float64Array {
  const { parameters } = model;
  return productsOf(tf, model, streams, {
    count: vectors.length / parameters,
    fill: (index, vector) => vector.set(vectors.subarray(index * parameters, (index + 1) * parameters)),
  });
}

/** Whole Hessians, made exactly symmetric by averaging with their transposes. */
export function hessians(tf: Library, model: Model, streams: StreamRange): Float64Array {
  const { parameters } = model;
  const all = productsOf(tf, model, streams, {
    count: parameters,
    fill: (index, vector) => {
      vector[index] = 1;
    },
  });
  for (let row = 0; row < streams.count; row++) {
    symmetrise(all.subarray(row * parameters ** 2, (row + 1) * parameters ** 2), parameters);
  }
  return all;
}

/** Vectors that every replicate's Hessian is multiplied by; `fill` writes one over zeros. */
interface Vectors {
  readonly count: number;
  readonly fill: (index: number, vector: Float32Array) => void;
}

/** @throws UnsupportedError where the products of a replicate underflow in float32, or overflow */
function productsOf(tf: Library, model: Model, streams: StreamRange, vectors: Vectors): Float64Array {
  const { parameters } = model;
  const total = streams.count * vectors.count;
  const out = new Float64Array(total * parameters);
  const most = Math.max(1, Math.floor(LARGEST_CHUNK / numbersOfProduct(model)));
  for (let at = 0; at < total; at += most) {
    const count = Math.min(most, total - at);
    const rows = new Float32Array(count * parameters);
    for (let row = 0; row < count; row++) {
      vectors.fill((at + row) % vectors.count, rows.subarray(row * parameters, (row + 1) * parameters));
    }
    const replicates = Array.from(
      { length: count },
      (_, row) => streams.first + Math.floor((at + row) / vectors.count),
    );
    const held = openHessians(tf, model, replicates);
    out.set(held.multiply(rows), at * parameters);
    held.dispose();
  }
  requireRowsInRange(out, vectors.count * parameters, PRODUCT);
  return out;
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
