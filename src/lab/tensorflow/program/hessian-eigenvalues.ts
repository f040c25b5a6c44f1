import type { ModelRequest } from "../../contract/model-request.ts";
import type { Library } from "../library.ts";
import { eigensystem } from "./eigensystem.ts";
import { hessians } from "./hessian-products.ts";
import type { Model } from "./model.ts";

/**
 * All eigenvalues, ascending, by TensorFlow; NaN for a Hessian that is not finite. They carry float32's rounding of the largest:
 * signs of those below about 1e-6 of it say nothing.
 */
export function hessianEigenvalues(tf: Library, model: Model, request: ModelRequest): Float64Array {
  const { parameters } = model;
  const { streams } = request;
  const out = new Float64Array(streams.count * parameters);
  for (let row = 0; row < streams.count; row++) {
    const one = { key: streams.key, first: streams.first + row, count: 1 };
    const matrix = hessians(tf, model, { ...request, streams: one });
    const place = out.subarray(row * parameters, (row + 1) * parameters);
    if (matrix.every(Number.isFinite)) place.set(eigensystem(tf, matrix, parameters, false).values);
    else place.fill(Number.NaN);
  }
  return out;
}
