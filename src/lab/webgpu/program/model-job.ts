import { fillGaussian, type Stream } from "../../../numerics/random.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { ModelRequest } from "../../contract/model-request.ts";
import { drawModelBatch } from "../../draws/draw-model-batch.ts";
import { drawParameters } from "../../draws/draw-parameters.ts";
import type { Device } from "../device/device.ts";
import { requireFinite } from "../device/requirements.ts";
import type { Pass } from "../job.ts";
import type { Place } from "../place.ts";
import { backwardPasses, forwardPasses, tangentPasses, type Workspace } from "./model-passes.ts";
import type { ModelPlan } from "./model-plan.ts";
import { LEAST_EXPONENT } from "./norm-pass.ts";

/** Rows of a job: all pairs of these replicates with these vectors, replicates outside. */
export interface Rows {
  /** From the request's first. */
  readonly first: number;
  readonly replicates: number;
  /** Rows of parameters, for products with the Hessian. */
  readonly vectors?: Float64Array;
  /** Whether they are one a replicate, and not all for each. */
  readonly isEach?: boolean;
  /** Numbers read back of each row, beside the outputs. */
  readonly results: number;
}

/** One array for everything: first what is read back, then what is uploaded, then the rest. */
export interface ModelJob {
  readonly work: Workspace;
  /** Replicates times vectors (or 1). */
  readonly rowCount: number;
  /** What is read back of each row. */
  readonly results: Place;
  readonly vectors: Place;
  /** A replicate's targets, counted from the job's first, as the device has them. */
  readonly targetsOf: (row: number) => Float32Array;
  readonly run: (passes: readonly Pass[]) => ModelResults;
}

export interface ModelResults {
  readonly rows: Float32Array;
  /** What leaves the last layer: one number an output and example of each replicate. */
  readonly outputs: Float32Array;
}

/** Lays out a job and draws its parameters, inputs and targets, in float64, rounded once. */
export function openModelJob(
  device: Device,
  plan: ModelPlan,
  request: ModelRequest,
  { first, replicates, vectors = NONE, isEach = false, results: resultCount }: Rows,
): ModelJob {
  const { count, batch, inputSize, outputSize, targetCount } = plan;
  const vectorCount = isEach ? 1 : Math.max(1, vectors.length / count);
  const rowCount = replicates * vectorCount;
  let end = 0;
  const take = (length: number, copies: number): Place => {
    const place = { begin: end, stride: length, divisor: 1, modulus: copies };
    end += length * copies;
    return place;
  };
  const results = take(resultCount, rowCount);
  const outputs = take(batch * outputSize, replicates);
  const alarm = take(1, 1);
  const uploadAt = end;
  const one = take(1, 1);
  const parameters = take(count, replicates);
  const inputs = take(batch * inputSize, replicates);
  const targets = take(targetCount, replicates);
  const directions = take(count, isEach ? replicates : vectorCount);
  const upload = new Float32Array(end - uploadAt);
  const at = (place: Place) => place.begin - uploadAt;
  upload[at(one)] = 1;
  upload.set(vectors, at(directions));
  for (let row = 0; row < replicates; row++) {
    const drawn = drawReplicate(plan, request, first + row);
    upload.set(drawn.parameters, at(parameters) + row * parameters.stride);
    upload.set(drawn.inputs, at(inputs) + row * inputs.stride);
    upload.set(drawn.targets, at(targets) + row * targets.stride);
  }
  requireFinite(upload, "parameters, vectors and batches in float32");
  const residual = take(batch * outputSize, replicates);
  const probabilities = take(batch * outputSize, replicates);
  return {
    work: {
      ...{ parameters, inputs, targets, one, alarm, outputs, residual, probabilities },
      takePoint: (length) => take(length, replicates),
      takeRow: (length) => take(length, rowCount),
      seenFromRow: (place) => ({ ...place, divisor: vectorCount }),
    },
    rowCount,
    results,
    vectors: directions,
    targetsOf: (row) => upload.subarray(at(targets) + row * targetCount, at(targets) + (row + 1) * targetCount),
    run(passes) {
      const bytes = 4 * uploadAt;
      const buffer = { bytes: 4 * end, data: upload, dataAt: 4 * uploadAt };
      const [values] = device.run({ buffers: [buffer], passes, reads: [{ buffer: 0, bytes }] });
      const numbers = new Float32Array(values!);
      requireNoOverflow(numbers, numbers[alarm.begin]!);
      return {
        rows: numbers.subarray(0, outputs.begin),
        outputs: numbers.subarray(outputs.begin, alarm.begin),
      };
    },
  };
}

const NONE = new Float64Array(0);

/** Products with the Hessian in one job: a row of parameters for each replicate and vector. */
export function hessianProducts(
  device: Device,
  plan: ModelPlan,
  request: ModelRequest,
  rows: Omit<Rows, "results">,
): Float32Array {
  const job = openModelJob(device, plan, request, { ...rows, results: plan.count });
  const { work, rowCount, results, vectors } = job;
  const { passes, points } = forwardPasses(plan, work, rows.replicates);
  const back = backwardPasses(plan, work, points, { curved: true }, rows.replicates);
  const along = tangentPasses(plan, work, points, { vectors, products: results }, rowCount);
  const products = job.run([...passes, ...back.passes, ...along]).rows;
  requireDigits(products);
  return products;
}

/**
 * Refuses numbers that are not all zero and whose largest is so small that a device, which may take what is below 2^-126 for zero, may
 * have lost digits or whole numbers on the way to them.
 * @throws UnsupportedError
 */
export function requireDigits(numbers: Float32Array): void {
  const largest = numbers.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest === 0 || largest >= 2 ** LEAST_EXPONENT) return;
  throw new UnsupportedError(
    `engine webgpu computes in float32, in which this network's derivatives fall below 2^${LEAST_EXPONENT}, where it loses digits`,
  );
}

interface Drawn {
  readonly parameters: Float64Array;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

function drawReplicate(plan: ModelPlan, request: ModelRequest, row: number): Drawn {
  const { count } = plan;
  const { network, streams, offset } = request;
  const parameters = new Float64Array(count);
  drawParameters(network, streams.key, streams.first + row, parameters, 0);
  if (offset !== undefined) for (let i = 0; i < count; i++) parameters[i]! += offset[i]!;
  return { parameters, ...drawExamples(plan, request, row) };
}

/** The inputs and targets of the whole batch, which may be larger than the plan's. */
export function drawExamples(
  { loss, inputSize, outputSize }: Pick<ModelPlan, "loss" | "inputSize" | "outputSize">,
  { batch, streams, data }: Pick<ModelRequest, "batch" | "streams" | "data">,
  row: number,
): Pick<Drawn, "inputs" | "targets"> {
  const targets = batch.size * inputSize;
  const values = new Float64Array(targets + batch.size * (loss === "squared" ? outputSize : 1));
  const gaussians = (stream: Stream, from: number, to: number) => fillGaussian(stream, values, from, to);
  const place = { values, gaussians, inputs: 0, targets, inputSize, outputSize };
  drawModelBatch(batch, data, streams.key, streams.first + row, place);
  return { inputs: values.subarray(0, targets), targets: values.subarray(targets) };
}

function requireNoOverflow(numbers: Float32Array, alarm: number): void {
  requireNoAlarm(alarm);
  if (numbers.every(Number.isFinite)) return;
  throw new UnsupportedError("engine webgpu computes in float32, in which this network's numbers overflow");
}

/** @throws UnsupportedError where a normalisation lost what it needs */
export function requireNoAlarm(alarm: number): void {
  if (Number.isFinite(alarm)) return;
  throw new UnsupportedError(
    "engine webgpu computes in float32, in which numbers that are normalised overflow, or differ by less than 2^-12 of themselves",
  );
}

/** Rows z that a dispatch may have. */
export const ROWS_AT_MOST = 65_535;

/** Bytes a job's array holds at most, though the device may allow more. */
const BYTES_A_JOB = 2 ** 28;

/** Numbers of 4 bytes that an array of a job may have. */
export function numbersInAJob(device: Device): number {
  return Math.min(BYTES_A_JOB, device.adapter.bufferBytes) / 4;
}

/** Numbers that a replicate takes at the point. */
export function numbersOfReplicate(plan: ModelPlan): number {
  const { batch, count, inputSize, outputSize, targetCount } = plan;
  return 2 * count + batch * (inputSize + 3 * outputSize) + targetCount + measure(plan).point;
}

/** How much fits into a job, one at least: replicates with all vectors each, or vectors of one replicate. */
export function mostInAJob(
  device: Device,
  plan: ModelPlan,
  vectors: number,
): { readonly replicates: number; readonly vectors: number } {
  const replicate = numbersOfReplicate(plan);
  const row = plan.count + measure(plan).along;
  const limit = numbersInAJob(device);
  const most = (numbers: number, cost: number, rows: number) =>
    Math.max(1, Math.min(Math.floor(ROWS_AT_MOST / rows), Math.floor(numbers / cost)));
  return {
    replicates: most(limit - vectors * plan.count, replicate + vectors * row, vectors),
    vectors: most(limit - replicate, row + plan.count, 1),
  };
}

/** Numbers that the passes of a product with the Hessian take: each replicate, and each pair of one with a vector. */
function measure(plan: ModelPlan): { readonly point: number; readonly along: number } {
  const taken = { point: 0, along: 0 };
  const place: Place = { begin: 0, stride: 0, divisor: 1, modulus: 1 };
  const take = (kind: keyof typeof taken) => (length: number) => {
    taken[kind] += length;
    return place;
  };
  const all = { parameters: place, inputs: place, targets: place, one: place, alarm: place, outputs: place };
  const work: Workspace = {
    ...{ ...all, residual: place, probabilities: place, seenFromRow: () => place },
    ...{ takePoint: take("point"), takeRow: take("along") },
  };
  const { points } = forwardPasses(plan, work, 1);
  backwardPasses(plan, work, points, { gradients: place, curved: true, toInput: true }, 1);
  tangentPasses(plan, work, points, { vectors: place, products: place }, 1);
  return taken;
}
