import type { ExtremeEigenvalues, ModelRequest } from "../../contract/model-request.ts";
import { extremesInStep, type MultiplyEach } from "../../program/lanczos-in-step.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { hessianProducts, mostInAJob } from "./model-job.ts";
import { planModel } from "./model-plan.ts";

/** Bytes of the float64 bases that are kept at a time. */
const BYTES_OF_BASES = 2 ** 28;

/** Lanczos on the host, the products in float32 on the device, those of all replicates in one dispatch each. */
export function extremeEigenvalues(
  device: Device,
  request: ModelRequest & { readonly iterations: number },
): ExtremeEigenvalues {
  const plan = planModel(request);
  const { streams, iterations } = request;
  const { count: parameters } = plan;
  const found = {
    smallest: new Float64Array(streams.count),
    largest: new Float64Array(streams.count),
    residual: new Float64Array(streams.count),
  };
  const held = Math.floor(BYTES_OF_BASES / (8 * parameters * Math.min(iterations, parameters)));
  const most = Math.min(held, mostInAJob(device, plan, 1).replicates);
  inBatches(device, { count: streams.count, largest: most }, (first, replicates) => {
    const multiply: MultiplyEach = (wanted) => {
      const vectors = new Float64Array(replicates * parameters);
      for (const [row, vector] of wanted.entries()) if (vector !== undefined) vectors.set(vector, row * parameters);
      const products = hessianProducts(device, plan, request, { first, replicates, vectors, isEach: true });
      return wanted.map((_, row) => Float64Array.from(products.subarray(row * parameters, (row + 1) * parameters)));
    };
    const range = { key: streams.key, first: streams.first + first, count: replicates };
    const part = extremesInStep(range, { parameters, iterations }, multiply);
    for (const name of ["smallest", "largest", "residual"] as const) found[name].set(part[name], first);
  });
  return found;
}
