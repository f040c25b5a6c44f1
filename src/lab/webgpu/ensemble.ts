import type { Dataset } from "../../numerics/dataset.ts";
import { log } from "../../numerics/elementary.ts";
import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";
import type { InputLaw, Sampling } from "../contract/propagation.ts";
import { fillInput } from "../draws/input.ts";
import { fillWeights } from "../draws/weights.ts";
import type { Mlp } from "../networks/network.ts";
import { inBatches } from "./batches.ts";
import type { Device } from "./device/device.ts";
import { requireFinite } from "./device/requirements.ts";
import { type EnsemblePlan, planEnsemble } from "./ensemble-plan.ts";
import type { Job, JobBuffer, Pass } from "./job.ts";
import { imageShader, transposedImageShader } from "./shaders/image-shader.ts";
import { backwardShader, forwardShader, packParameters } from "./shaders/pass-shader.ts";

export interface EnsembleRequest {
  readonly network: Mlp;
  readonly input: InputLaw;
  readonly streams: StreamRange;
  readonly data?: Dataset;
  readonly revive?: boolean;
  readonly sampling?: Sampling;
}

/** What a row's passes found: views of one batch's results, valid during the call. */
export interface Row {
  readonly row: number;
  readonly logInput: number;
  /** (sum of squares, exponent) of the layers, forward. */
  readonly forward: Float32Array;
  /** The same of the cotangents, where they were asked for. */
  readonly backward: Float32Array;
}

/** Fills the cotangent at the output of a replicate. */
export type Cotangents = (replicate: number, out: Float64Array) => void;

/** Weights drawn by one pass at most, so that a pass takes a fraction of a second on a small card: drivers end what takes longer than 2 s. */
const DRAWS_A_PASS = 2 ** 31;

/** Networks a dispatch: what every device allows. */
const ROWS_AT_MOST = 65_535;

/** Bytes a job's buffers hold at most, though the device may allow more. */
const BYTES_A_JOB = 2 ** 28;

/**
 * Forward passes of all networks, with `cotangents` backward passes too; `record` is called once a row. Inputs and cotangents come from
 * the CPU, rounded to float32; weights never leave the device.
 * @throws RangeError, UnsupportedError or DeviceError as its parts do
 */
export function runEnsemble(
  device: Device,
  request: EnsembleRequest,
  cotangents: Cotangents | undefined,
  record: (plan: EnsemblePlan, row: Row) => void,
): void {
  const { network, streams } = request;
  const { sampling = "direct" } = request;
  const plan = planEnsemble(network, device.adapter, { sampling, needsMatrices: cotangents !== undefined });
  const largest = mostRows(device, plan, { isBackward: cotangents !== undefined });
  inBatches(device, { count: streams.count, largest }, (from, count) => {
    const batch = fillBatch(plan, request, cotangents, from, count);
    const results = device.run(jobOf(plan, request, batch, from, count)).map((bytes) => new Float32Array(bytes));
    for (let row = 0; row < count; row++) {
      const at = 2 * plan.depth * row;
      const cut = (values: Float32Array | undefined) => (values ?? NOTHING).subarray(at, at + 2 * plan.depth);
      record(plan, {
        row: from + row,
        logInput: batch.logInputs[row]!,
        forward: cut(results[0]),
        backward: cut(results[1]),
      });
    }
  });
}

const NOTHING = new Float32Array(0);

/** Networks of a job, with `batch` inputs each. */
export function mostRows(
  device: Device,
  { depth, width, maskWords, uploaded }: EnsemblePlan,
  { isBackward = false, batch = 1 }: { readonly isBackward?: boolean; readonly batch?: number },
): number {
  const ahead = batch * (4 * width + 2 * 8 * depth) + 4 * uploaded;
  const bytes = isBackward ? ahead + 4 * width + 2 * 8 * depth + 4 * maskWords : ahead;
  const limit = Math.min(BYTES_A_JOB, device.adapter.bufferBytes);
  return Math.min(Math.floor(ROWS_AT_MOST / batch), Math.floor(limit / bytes));
}

interface Batch {
  readonly logInputs: Float64Array;
  readonly inputs: Float32Array<ArrayBuffer>;
  readonly cotangents: Float32Array<ArrayBuffer> | undefined;
  /** Weights over the root of the gain, where the shaders do not draw them. */
  readonly weights: Float32Array<ArrayBuffer> | undefined;
}

function fillBatch(
  { width, uploaded }: EnsemblePlan,
  { network, input, streams, data }: EnsembleRequest,
  cotangents: Cotangents | undefined,
  from: number,
  count: number,
): Batch {
  const source = { input, width: network.widths[0]!, key: streams.key, data };
  const vector = new Float64Array(width);
  const logInputs = new Float64Array(count);
  const inputs = new Float32Array(count * width);
  const outputs = cotangents === undefined ? undefined : new Float32Array(count * width);
  for (let row = 0; row < count; row++) {
    const replicate = streams.first + from + row;
    vector.fill(0);
    logInputs[row] = fillInput(source, replicate, vector);
    requireFinite(vector, "inputs");
    inputs.set(vector, row * width);
    if (outputs === undefined) continue;
    vector.fill(0);
    cotangents!(replicate, vector);
    outputs.set(vector, row * width);
  }
  const weights = uploaded === 0 ? undefined : drawWeights(network, uploaded, streams, from, count);
  return { logInputs, inputs, cotangents: outputs, weights };
}

/** In float64 on the host, rounded once; layers begin at even places, as `planEnsemble` has them. */
export function drawWeights(
  { widths, init }: Mlp,
  length: number,
  { key, first }: StreamRange,
  from: number,
  count: number,
): Float32Array<ArrayBuffer> {
  const weights = new Float64Array(length);
  const all = new Float32Array(count * length);
  for (let row = 0; row < count; row++) {
    const stream = openStream(key, first + from + row, LANES.weights);
    let at = 0;
    for (let layer = 1; layer < widths.length; layer++) {
      const [fanIn, fanOut] = [widths[layer - 1]!, widths[layer]!];
      fillWeights({ ...init, gain: 1 }, { weights, at, fanIn, fanOut }, stream);
      at += 2 * Math.ceil((fanIn * fanOut) / 2);
    }
    all.set(weights, row * length);
  }
  requireFinite(all, "weights in float32");
  return all;
}

function jobOf(
  plan: EnsemblePlan,
  { streams, revive = false }: EnsembleRequest,
  parts: Batch,
  from: number,
  count: number,
): Job {
  const { maskWords, depth } = plan;
  const { inputs, cotangents, weights } = parts;
  const isBackward = cotangents !== undefined;
  const passes = passesOf(plan, { streams, revive, batch: 1 }, from, count);
  const { forward, backward } = shadersOf(plan, isBackward);
  const norms = { bytes: 8 * count * depth };
  const start = [bufferOf(plan.layers), bufferOf(inputs), norms];
  const drawn = weights === undefined ? [] : [bufferOf(weights)];
  const normsAhead = { buffer: 2, bytes: norms.bytes };
  if (!isBackward) {
    const bindings = weights === undefined ? [0, 1, 2] : [0, 1, 2, 3];
    return { buffers: [...start, ...drawn], passes: passes(forward, bindings), reads: [normsAhead] };
  }
  const uploads = weights === undefined ? [] : [6];
  const ahead = passes(forward, [0, 1, 2, 3, ...uploads]);
  const back = passes(backward, [0, 4, 5, 3, ...uploads]).toReversed();
  return {
    buffers: [...start, { bytes: 4 * count * maskWords }, bufferOf(cotangents), norms, ...drawn],
    passes: [...ahead, ...back],
    reads: [normsAhead, { buffer: 5, bytes: norms.bytes }],
  };
}

/** Forward passes of `count` networks with `batch` inputs each; what leaves the last layer is read back, and the layers' norms. */
export function batchJob(
  plan: EnsemblePlan,
  request: { readonly streams: StreamRange; readonly batch: number },
  { inputs, weights }: Pick<Batch, "inputs" | "weights">,
  from: number,
  count: number,
): Job {
  const passes = passesOf(plan, { ...request, revive: false }, from, count);
  const norms = { bytes: 8 * count * request.batch * plan.depth };
  const drawn = weights === undefined ? [] : [bufferOf(weights)];
  const bindings = weights === undefined ? [0, 1, 2] : [0, 1, 2, 3];
  return {
    buffers: [bufferOf(plan.layers), bufferOf(inputs), norms, ...drawn],
    passes: passes(shadersOf(plan, false).forward, bindings),
    reads: [
      { buffer: 1, bytes: inputs.byteLength },
      { buffer: 2, bytes: norms.bytes },
    ],
  };
}

function bufferOf(data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): JobBuffer {
  return { bytes: data.byteLength, data };
}

/** A shader's passes over all layers, in as many parts as their draws take. */
function passesOf(
  { depth, slope, maskWords, uploaded, image, largestLayer }: EnsemblePlan,
  { streams, revive, batch }: { readonly streams: StreamRange; readonly revive: boolean; readonly batch: number },
  from: number,
  count: number,
): (shader: string, bindings: readonly number[]) => readonly Pass[] {
  const rows = count * batch;
  // an image's draws begin where the layer before it left off, so that all layers are one pass
  const most = image === undefined ? Math.floor(DRAWS_A_PASS / (rows * largestLayer)) : depth;
  return (shader, bindings) =>
    rangesOf(depth, Math.max(1, most)).map(([first, to]) => ({
      shader,
      bindings,
      groups: [rows, 1, 1],
      parameters: packParameters({
        key: streams.key,
        replicate: (streams.first + from) % 2 ** 32,
        ...{ from: first, to, depth, revive: revive ? 1 : 0, maskWords, slope, uploaded, batch },
      }),
    }));
}

function shadersOf(
  { source, image, width }: EnsemblePlan,
  isBackward: boolean,
): { readonly forward: string; readonly backward: string } {
  if (image !== undefined) {
    return { forward: imageShader(image, width, isBackward), backward: transposedImageShader(width) };
  }
  return { forward: forwardShader(source, width, isBackward), backward: backwardShader(source, width) };
}

/** 0 to depth in pieces of `length`. */
function rangesOf(depth: number, length: number): readonly (readonly [from: number, to: number])[] {
  const ranges: [number, number][] = [];
  for (let from = 0; from < depth; from += length) ranges.push([from, Math.min(depth, from + length)]);
  return ranges;
}

const LN2 = log(2);

/** ln of the squared norm before the vector was divided by its power of two; -Infinity for zeros. */
export function logSquared(norms: Float32Array, layer: number): number {
  return log(norms[2 * layer]!) + logFactor(norms, layer);
}

/** ln of the square of that power of two. */
export function logFactor(norms: Float32Array, layer: number): number {
  return 2 * LN2 * norms[2 * layer + 1]!;
}
