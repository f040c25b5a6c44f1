import type { ModelRequest } from "../../../contract/model-request.ts";
import { chunksOf } from "../../chunks.ts";
import type { Library } from "../../library.ts";
import { eigenvalues } from "../eigenvalues.ts";
import type { Model } from "../model.ts";
import { hessians } from "./hessian-products.ts";

/**
 * All eigenvalues, ascending, by TensorFlow; NaN for a Hessian that is not finite. They carry float32's rounding of the largest:
 * signs of those below about 1e-6 of it say nothing.
 */
export function hessianEigenvalues(tf: Library, model: Model, { streams }: ModelRequest): Float64Array {
  const { parameters } = model;
  const out = new Float64Array(streams.count * parameters);
  // a matrix in float64, and the library's copy
  for (const chunk of chunksOf(streams, 3 * parameters ** 2)) {
    const found = out.subarray((chunk.first - streams.first) * parameters);
    const matrices = hessians(tf, model, chunk);
    found.set(eigenvalues(tf, matrices.map(finiteOrZero), parameters));
    for (let row = 0; row < chunk.count; row++) {
      const matrix = matrices.subarray(row * parameters ** 2, (row + 1) * parameters ** 2);
      if (!matrix.every(Number.isFinite)) found.fill(Number.NaN, row * parameters, (row + 1) * parameters);
    }
  }
  return out;
}

/** What the library's iteration comes to an end with. */
function finiteOrZero(value: number): number {
  return Number.isFinite(value) ? value : 0;
}
