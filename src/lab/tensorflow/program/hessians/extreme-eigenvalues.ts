import type { ExtremeEigenvalues, ModelRequest } from "../../../contract/model-request.ts";
import { extremesInStep, type MultiplyEach } from "../../../program/lanczos-in-step.ts";
import { chunksOf } from "../../chunks.ts";
import type { Library } from "../../library.ts";
import { requireRange } from "../../require-range.ts";
import type { Model } from "../model.ts";
import { numbersOfProduct, openHessians, PRODUCT } from "./hessian-products.ts";

/**
 * Lanczos in float64 on products in float32, one of every replicate at a time. The residual holds the products' rounding: about
 * 1e-6 of the largest eigenvalue, however many iterations.
 */
export function extremeEigenvalues(
  tf: Library,
  model: Model,
  { streams, iterations }: ModelRequest & { readonly iterations: number },
): ExtremeEigenvalues {
  const { parameters } = model;
  const found = {
    smallest: new Float64Array(streams.count),
    largest: new Float64Array(streams.count),
    residual: new Float64Array(streams.count),
  };
  // a basis in float64 is two float32 numbers an entry
  const basis = 2 * parameters * Math.min(iterations, parameters);
  for (const chunk of chunksOf(streams, numbersOfProduct(model) + basis)) {
    const hessians = openHessians(
      tf,
      model,
      Array.from({ length: chunk.count }, (_, row) => chunk.first + row),
    );
    const multiply: MultiplyEach = (wanted) => {
      const vectors = new Float32Array(chunk.count * parameters);
      for (const [row, vector] of wanted.entries()) if (vector !== undefined) vectors.set(vector, row * parameters);
      const products = hessians.multiply(vectors);
      return wanted.map((_, row) => {
        const product = products.subarray(row * parameters, (row + 1) * parameters);
        requireRange(product, PRODUCT);
        return product;
      });
    };
    try {
      const part = extremesInStep(chunk, { parameters, iterations }, multiply);
      for (const name of ["smallest", "largest", "residual"] as const) {
        found[name].set(part[name], chunk.first - streams.first);
      }
    } finally {
      hessians.dispose();
    }
  }
  return found;
}
