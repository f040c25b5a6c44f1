import { fillGaussian, openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import type { ExtremeEigenvalues, ModelRequest } from "../../contract/model-request.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { openKrylovSpace, rayleighQuotient } from "./krylov-space.ts";
import { hessianProducts, mostInAJob } from "./model-job.ts";
import { planModel } from "./model-plan.ts";

/** Bytes of the float64 bases that are kept at a time. */
const BYTES_OF_BASES = 2 ** 28;

/**
 * Lanczos from the contract's start: the recurrence in float64 on the host, the products in float32 on the device, those of all
 * replicates in one dispatch each. The eigenvalues are Rayleigh quotients of the two outer Ritz vectors with a product of their own and
 * the residual is formed from these, so that it holds their rounding: with f the error of a unit vector's product each is within
 * residual + |f| of an eigenvalue (Weyl), however much the recurrence lost.
 */
export function extremeEigenvalues(
  device: Device,
  request: ModelRequest & { readonly iterations: number },
): ExtremeEigenvalues {
  const plan = planModel(request);
  const { streams, iterations } = request;
  const { count } = plan;
  const dimensions = Math.min(iterations, count);
  const smallest = new Float64Array(streams.count);
  const largest = new Float64Array(streams.count);
  const residual = new Float64Array(streams.count);
  const held = Math.floor(BYTES_OF_BASES / (8 * count * dimensions));
  const most = Math.min(held, mostInAJob(device, plan, 1).replicates);
  inBatches(device, { count: streams.count, largest: most }, (first, replicates) => {
    const multiply = (vectors: readonly (Float64Array | undefined)[]) => {
      const rows = new Float64Array(replicates * count);
      for (const [row, vector] of vectors.entries()) if (vector !== undefined) rows.set(vector, row * count);
      const products = hessianProducts(device, plan, request, { first, replicates, vectors: rows, isEach: true });
      return vectors.map((_, row) => Float64Array.from(products.subarray(row * count, (row + 1) * count)));
    };
    const spaces = Array.from({ length: replicates }, (_, row) => {
      const start = new Float64Array(count);
      fillGaussian(openStream(streams.key, streams.first + first + row, LANES.start), start, 0, count);
      return openKrylovSpace(start, dimensions);
    });
    for (;;) {
      const wanted = spaces.map((space) => space.next());
      if (wanted.every((vector) => vector === undefined)) break;
      for (const [row, product] of multiply(wanted).entries()) {
        if (wanted[row] !== undefined) spaces[row]!.extend(product);
      }
    }
    const ends = spaces.map((space) => space.outerRitzVectors());
    const quotients = ([0, 1] as const).map((end) => {
      const vectors = ends.map((both) => both[end]);
      return multiply(vectors).map((product, row) => rayleighQuotient(vectors[row]!, product));
    });
    for (const [row, bottom] of quotients[0]!.entries()) {
      const top = quotients[1]![row]!;
      smallest[first + row] = bottom.quotient;
      largest[first + row] = top.quotient;
      residual[first + row] = Math.max(bottom.residual, top.residual);
    }
  });
  return { smallest, largest, residual };
}
