import { exp, log } from "../../../numerics/elementary.ts";
import type { ModelGradients, ModelRequest } from "../../contract/model-request.ts";
import { logSquaredNorm } from "../../program/log-squared-norm.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { requireFinite } from "../device/requirements.ts";
import { mostInAJob, openModelJob, type Rows } from "./model-job.ts";
import { backwardPasses, forwardPasses, tangentPasses } from "./model-passes.ts";
import { type ModelPlan, planModel } from "./model-plan.ts";

/** As the contract's, in float32 on the device; the loss and the norms are summed in float64. */
export function gradients(device: Device, request: ModelRequest): ModelGradients {
  const plan = planModel(request);
  const { count, arrays, batch, outputSize } = plan;
  const { streams } = request;
  const loss = new Float64Array(streams.count);
  const rows = new Float64Array(streams.count * count);
  const logNorms = new Float64Array(streams.count * arrays.length);
  inBatches(device, { count: streams.count, largest: mostInAJob(device, plan, 1).replicates }, (from, now) => {
    const job = openModelJob(device, plan, request, { first: from, replicates: now, vectors: NONE });
    const { passes, points } = forwardPasses(plan, job.work, now);
    const wanted = { gradients: job.results, curved: false };
    const results = job.run([...passes, ...backwardPasses(plan, job.work, points, wanted, now)]);
    rows.set(results.rows, from * count);
    for (let row = 0; row < now; row++) {
      const length = batch * outputSize;
      loss[from + row] = lossOf(plan, results.outputs.subarray(row * length, (row + 1) * length), job.targetsOf(row));
      for (const [index, { offset, length: size }] of arrays.entries()) {
        const at = (from + row) * count + offset;
        logNorms[(from + row) * arrays.length + index] = logSquaredNorm(rows, at, at + size);
      }
    }
  });
  return { loss, gradients: rows, logNorms };
}

const NONE = new Float64Array(0);

/** The mean loss in float64 of float32 outputs. */
function lossOf({ loss, batch, outputSize }: ModelPlan, outputs: Float32Array, targets: Float32Array): number {
  if (loss === "squared") return outputs.reduce((sum, value, i) => sum + (value - targets[i]!) ** 2, 0) / 2 / batch;
  let sum = 0;
  for (const [example, right] of targets.entries()) {
    const row = outputs.subarray(example * outputSize, (example + 1) * outputSize);
    const largest = Math.max(...row);
    sum += log(row.reduce((powers, value) => powers + exp(value - largest), 0)) - (row[right]! - largest);
  }
  return sum / batch;
}

/** As the contract's, in float32: each vector and replicate is a row of the same dispatches. */
export function hessianVectorProducts(
  device: Device,
  request: ModelRequest & { readonly vectors: Float64Array },
): Float64Array {
  const plan = planModel(request);
  const { vectors, streams } = request;
  if (vectors.length % plan.count !== 0) {
    throw new RangeError(
      `vectors require rows of ${plan.count} numbers, one a parameter, got ${vectors.length} in all`,
    );
  }
  requireFinite(vectors, "vectors");
  const products = new Float64Array(streams.count * vectors.length);
  fillProducts(device, plan, request, vectors, products);
  return products;
}

/** As the contract's: products with the unit vectors, averaged with the transpose in float64. */
export function hessians(device: Device, request: ModelRequest): Float64Array {
  const plan = planModel(request);
  const { count } = plan;
  const units = new Float64Array(count * count);
  for (let i = 0; i < count; i++) units[i * count + i] = 1;
  const rows = new Float64Array(request.streams.count * units.length);
  fillProducts(device, plan, request, units, rows);
  for (let at = 0; at < rows.length; at += count * count) symmetrise(rows.subarray(at, at + count * count), count);
  return rows;
}

/** Several replicates with all vectors a job; where not even one fits, its vectors in parts. */
function fillProducts(
  device: Device,
  plan: ModelPlan,
  request: ModelRequest,
  vectors: Float64Array,
  products: Float64Array,
): void {
  const { count } = plan;
  const perReplicate = vectors.length / count;
  const most = mostInAJob(device, plan, perReplicate);
  const multiply = (first: number, replicates: number, from: number, now: number) => {
    const part = vectors.subarray(from * count, (from + now) * count);
    const rows = productsOf(device, plan, request, { first, replicates, vectors: part });
    products.set(rows, first * vectors.length + from * count);
  };
  inBatches(device, { count: request.streams.count, largest: most.replicates }, (first, replicates) => {
    if (replicates > 1) multiply(first, replicates, 0, perReplicate);
    else
      inBatches(device, { count: perReplicate, largest: most.vectors }, (from, now) => multiply(first, 1, from, now));
  });
}

function productsOf(device: Device, plan: ModelPlan, request: ModelRequest, rows: Rows): Float32Array {
  const job = openModelJob(device, plan, request, rows);
  const { work, rowCount, results, vectors } = job;
  const { passes, points } = forwardPasses(plan, work, rows.replicates);
  const back = backwardPasses(plan, work, points, { gradients: undefined, curved: true }, rows.replicates);
  const along = tangentPasses(plan, work, points, { vectors, products: results }, rowCount);
  return job.run([...passes, ...back, ...along]).rows;
}

function symmetrise(matrix: Float64Array, size: number): void {
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * size + j]! + matrix[j * size + i]!) / 2;
      matrix[i * size + j] = mean;
      matrix[j * size + i] = mean;
    }
  }
}
