import { denseEigenvalues, updateAndMultiply, workspaceOf } from "../../../numerics/dense-eigenvalues.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import type { LayerNorms, ModelGradients, ModelRequest } from "../../contract/model-request.ts";
import { logSquaredNorm } from "../../program/log-squared-norm.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { requireFinite } from "../device/requirements.ts";
import { further } from "../place.ts";
import { hessianProducts, type ModelResults, mostInAJob, openModelJob, requireDigits } from "./model-job.ts";
import { backwardPasses, forwardPasses } from "./model-passes.ts";
import { type ModelPlan, planModel } from "./model-plan.ts";
import { logSquareOf, normPass } from "./norm-pass.ts";

/** As the contract's, in float32 on the device; the loss and the norms are summed in float64. */
export function gradients(device: Device, request: ModelRequest): ModelGradients {
  const plan = planModel(request);
  const { count, arrays } = plan;
  const { streams } = request;
  const loss = new Float64Array(streams.count);
  const rows = new Float64Array(streams.count * count);
  const logNorms = new Float64Array(streams.count * arrays.length);
  inBatches(device, { count: streams.count, largest: mostInAJob(device, plan, 1).replicates }, (from, now) => {
    const job = openModelJob(device, plan, request, { first: from, replicates: now, results: count });
    const { passes, points } = forwardPasses(plan, job.work, now);
    const back = backwardPasses(plan, job.work, points, { gradients: job.results }, now);
    const results = job.run([...passes, ...back.passes]);
    rows.set(results.rows, from * count);
    for (let row = 0; row < now; row++) {
      loss[from + row] = lossOf(plan, outputsOf(plan, results, row), job.targetsOf(row));
      for (const [index, { offset, length: size }] of arrays.entries()) {
        const at = (from + row) * count + offset;
        requireDigits(results.rows.subarray(row * count + offset, row * count + offset + size));
        logNorms[(from + row) * arrays.length + index] = logSquaredNorm(rows, at, at + size);
      }
    }
  });
  return { loss, gradients: rows, logNorms };
}

function outputsOf({ batch, outputSize }: ModelPlan, { outputs }: ModelResults, row: number): Float32Array {
  const length = batch * outputSize;
  return outputs.subarray(row * length, (row + 1) * length);
}

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

/** As the contract's, in float32: what leaves the last layer. */
export function outputs(device: Device, request: ModelRequest): Float64Array {
  const plan = planModel(request);
  const { count } = request.streams;
  const length = plan.batch * plan.outputSize;
  const rows = new Float64Array(count * length);
  inBatches(device, { count, largest: mostInAJob(device, plan, 1).replicates }, (from, now) => {
    const job = openModelJob(device, plan, request, { first: from, replicates: now, results: 0 });
    rows.set(job.run(forwardPasses(plan, job.work, now).passes).outputs, from * length);
  });
  return rows;
}

/** As the contract's: sums of squares are taken on the device, of vectors over a power of two; logarithms and the loss in float64. */
export function layerNorms(device: Device, request: ModelRequest): LayerNorms {
  const plan = planModel(request);
  const { streams } = request;
  const { layers, batch } = plan;
  const width = layers.length + 1;
  const loss = new Float64Array(streams.count);
  const logForward = new Float64Array(streams.count * width);
  const logBackward = new Float64Array(streams.count * width);
  // a sum and an exponent before each layer and after the last, first of the signals, then of the cotangents
  const length = 4 * width;
  inBatches(device, { count: streams.count, largest: mostInAJob(device, plan, 1).replicates }, (from, now) => {
    const job = openModelJob(device, plan, request, { first: from, replicates: now, results: length });
    const { passes, points } = forwardPasses(plan, job.work, now);
    const back = backwardPasses(plan, job.work, points, { toInput: true }, now);
    const signals = [points[0]!.entering, ...points.map(({ step }) => step.output)];
    const cotangents = [back.input!, ...points.map(({ cotangent }) => cotangent!)];
    const norms = [...signals.map(({ place }) => place), ...cotangents].map((x, index) =>
      normPass({ x, out: further(job.results, 2 * index) }, batch * signals[index % width]!.size, now),
    );
    const results = job.run([...passes, ...back.passes, ...norms]);
    for (let row = 0; row < now; row++) {
      const found = results.rows.subarray(row * length, (row + 1) * length);
      loss[from + row] = lossOf(plan, outputsOf(plan, results, row), job.targetsOf(row));
      for (let point = 0; point < width; point++) {
        const at = (from + row) * width + point;
        logForward[at] = logSquareOf(found, point) - log(batch);
        logBackward[at] = logSquareOf(found, width + point);
      }
    }
  });
  return { loss, logForward, logBackward };
}

/** As the contract's: the eigenvalues in float64 of Hessians in float32, which moves each by the norm of their error at most. */
export function hessianEigenvalues(device: Device, request: ModelRequest): Float64Array {
  const matrices = hessians(device, request);
  const { count } = planModel(request);
  const out = count ** 2 + workspaceOf(count);
  const memory = new Float64Array(out + count);
  const rows = new Float64Array(request.streams.count * count);
  for (let row = 0; row < request.streams.count; row++) {
    memory.set(matrices.subarray(row * count ** 2, (row + 1) * count ** 2));
    denseEigenvalues(memory, count, 0, count ** 2, out, updateAndMultiply(memory));
    rows.set(memory.subarray(out), row * count);
  }
  return rows;
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
    const rows = hessianProducts(device, plan, request, { first, replicates, vectors: part });
    products.set(rows, first * vectors.length + from * count);
  };
  inBatches(device, { count: request.streams.count, largest: most.replicates }, (first, replicates) => {
    if (replicates > 1) multiply(first, replicates, 0, perReplicate);
    else
      inBatches(device, { count: perReplicate, largest: most.vectors }, (from, now) => multiply(first, 1, from, now));
  });
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
