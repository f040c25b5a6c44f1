import { openStream } from "../../../numerics/random.ts";
import { LANES } from "../../../numerics/stream.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { TrajectoryRequest } from "../../contract/model-request.ts";
import { drawParameters } from "../../draws/draw-parameters.ts";
import { drawEpochOrder } from "../../draws/epoch-order.ts";
import { stateOf } from "../../program/optimiser-state.ts";
import type { Device } from "../device/device.ts";
import { requireFinite } from "../device/requirements.ts";
import type { Pass, Work } from "../job.ts";
import type { Place } from "../place.ts";
import { elementwisePass } from "../program/elementwise-pass.ts";
import { drawExamples, numbersInAJob, numbersOfReplicate, ROWS_AT_MOST, requireNoAlarm } from "../program/model-job.ts";
import type { Workspace } from "../program/model-passes.ts";
import type { ModelPlan } from "../program/model-plan.ts";
import { stepTable, widenPass } from "./descend-pass.ts";
import { type ArrayDraws, drawPass, parameterDraws } from "./parameter-draws.ts";

/** What the trainings of a job share: how their parameters are drawn, and sizes. `plan` is of the examples that a step sees. */
export interface TrainingPlan {
  readonly plan: ModelPlan;
  readonly request: TrajectoryRequest;
  /** Parts of the batch. */
  readonly parts: number;
  readonly records: number;
  readonly drawn: readonly ArrayDraws[] | undefined;
  /** What draws are added to; without draws of the device's own, the offset. */
  readonly constants: Float64Array;
}

/** @throws UnsupportedError for numbers of the request that float32 does not hold */
export function planTraining(plan: ModelPlan, request: TrajectoryRequest): TrainingPlan {
  const { batch, miniBatch = batch.size, steps, recordEvery, offset, noise = 0, optimiser } = request;
  const draws = parameterDraws(request.network, plan.count);
  requireSingle(
    Object.values(optimiser).filter((value) => typeof value === "number"),
    "numbers of the optimiser",
  );
  requireSingle([noise], "noise");
  requireSingle(draws?.drawn.map(({ scale }) => scale) ?? [], "scales of weights");
  const constants = draws?.constants ?? new Float64Array(plan.count);
  return {
    ...{ plan, request, drawn: draws?.drawn },
    constants: offset === undefined ? constants : constants.map((value, i) => value + offset[i]!),
    parts: batch.size / miniBatch,
    records: 1 + steps / recordEvery,
  };
}

/** Numbers that lose no digits in float32 times one that is not small: 0, or of 2^-80 to 2^80. */
function requireSingle(values: readonly number[], what: string): void {
  for (const value of values) {
    const size = Math.abs(value);
    if (value === 0 || (size >= 2 ** LEAST_EXPONENT && size <= 2 ** -LEAST_EXPONENT)) continue;
    throw new UnsupportedError(
      `engine webgpu computes in float32, which requires ${what} of 2^${LEAST_EXPONENT} to 2^${-LEAST_EXPONENT}, got ${value}`,
    );
  }
}

/** Counters of a job, one number each. */
export interface Counters {
  readonly step: Place;
  readonly record: Place;
  readonly part: Place;
}

/** Where a job of trainings keeps things in its array of float32; parameters are in a second one, of float64. */
export interface TrainingJob {
  readonly work: Workspace;
  readonly counters: Counters;
  /** Three numbers a record: loss, sum and exponent of the gradient's norm. */
  readonly records: Place;
  readonly observed: Place;
  /** See `rangePass`. */
  readonly range: Place;
  readonly gradients: Place;
  /** The mean of the parts' gradients; where there is one part, that. */
  readonly sum: Place;
  readonly norm: Place;
  readonly first: Place;
  readonly second: Place;
  readonly table: Place;
  /** The whole batch, and the order in which the steps see it; `drawnOrder` is 0, 1, ... */
  readonly inputs: Place;
  readonly targets: Place;
  readonly order: Place;
  readonly drawnOrder: Place;
  readonly examples: { readonly inputs: number; readonly targets: number };
  /** Fill the parameters. */
  readonly opening: readonly Pass[];
  readonly run: (passes: readonly Work[]) => TrainingResults;
}

export interface TrainingResults {
  readonly rowOf: (row: number) => Float32Array;
  /** Parameters after the last step. */
  readonly parameters: Float64Array;
}

/** Numbers of a row's results: its records and range. */
const resultsOf = (records: number) => 3 * records + 2;

/** Lays out a job of the trainings `first`, ..., counted from the request's first. */
export function openTrainingJob(
  device: Device,
  { plan, request, parts, records: recordCount, drawn, constants }: TrainingPlan,
  { first, replicates }: { readonly first: number; readonly replicates: number },
): TrainingJob {
  const { count, batch, inputSize, outputSize, targetCount } = plan;
  const { network, streams, optimiser, steps } = request;
  const whole = request.batch.size;
  const targetSize = targetCount / batch;
  let end = 0;
  const take = (length: number, copies = replicates): Place => {
    const place = { begin: end, stride: length, divisor: 1, modulus: copies };
    end += length * copies;
    return place;
  };
  const results = take(resultsOf(recordCount));
  const alarm = take(1, 1);
  const uploadAt = end;
  const one = take(1, 1);
  const counters = { step: take(1, 1), record: take(1, 1), part: take(1, 1) };
  const steppings = stepTable(optimiser, steps);
  const table = take(steppings.length, 1);
  const base = take(count, 1);
  const drawnOrder = take(whole, 1);
  const inputs = take(whole * inputSize);
  const targets = take(whole * targetSize);
  const order = take(parts === 1 ? 0 : Math.ceil(steps / parts) * whole);
  // the same place, whoever fills it
  const parameters = take(count);
  const uploadEnd = drawn === undefined ? end : parameters.begin;
  const upload = new Float32Array(uploadEnd - uploadAt);
  const put = ({ begin, stride }: Place, values: ArrayLike<number>, row = 0) =>
    upload.set(values, begin - uploadAt + row * stride);
  put(one, [1]);
  put(table, steppings);
  put(base, constants);
  put(
    drawnOrder,
    Array.from({ length: whole }, (_, example) => example),
  );
  for (let row = 0; row < replicates; row++) {
    const examples = drawExamples(plan, request, first + row);
    put(inputs, examples.inputs, row);
    put(targets, examples.targets, row);
    if (parts > 1) put(order, drawOrders(request, first + row, order.stride), row);
    if (drawn === undefined) {
      const fresh = new Float64Array(count);
      drawParameters(network, streams.key, streams.first + first + row, fresh, 0);
      put(
        parameters,
        fresh.map((value, i) => value + constants[i]!),
        row,
      );
    }
  }
  requireFinite(upload, "parameters, rates and batches in float32");
  const state = stateOf(optimiser);
  const outputs = take(batch * outputSize);
  const residual = take(batch * outputSize);
  const probabilities = take(batch * outputSize);
  const observed = take(3);
  const gradients = take(count);
  const at = { key: streams.key, first: streams.first + first };
  const copy = { kind: "multiple", x: base, out: parameters, factor: 1 } as const;
  return {
    work: {
      parameters,
      inputs: parts === 1 ? inputs : take(batch * inputSize),
      targets: parts === 1 ? targets : take(targetCount),
      ...{ one, alarm, outputs, residual, probabilities },
      takePoint: (length) => take(length),
      takeRow: (length) => take(length),
      seenFromRow: (place) => place,
    },
    ...{ counters, observed, gradients, table, inputs, targets, order, drawnOrder },
    records: results,
    range: { ...results, begin: results.begin + 3 * recordCount },
    sum: parts === 1 ? gradients : take(count),
    norm: take(2),
    first: state.first ? take(count) : gradients,
    second: state.second ? take(count) : gradients,
    examples: { inputs: inputSize, targets: targetSize },
    opening: [
      ...(drawn === undefined
        ? []
        : [
            elementwisePass(copy, count, replicates),
            ...drawn.map((draws) => drawPass(draws, { out: parameters, base, ...at }, replicates)),
          ]),
      widenPass(parameters, count, replicates),
    ],
    run(passes) {
      const numbers = { bytes: 4 * end, data: upload, dataAt: 4 * uploadAt };
      const exact = { bytes: 8 * count * replicates };
      const [found, ends] = device.run({
        buffers: [numbers, exact],
        passes,
        reads: [
          { buffer: 0, bytes: 4 * uploadAt },
          { buffer: 1, bytes: exact.bytes },
        ],
      });
      const rows = new Float32Array(found!).subarray(0, alarm.begin);
      requireNoAlarm(new Float32Array(found!)[alarm.begin]!);
      const row = results.stride;
      requireRange(rows, row);
      return { rowOf: (index) => rows.subarray(index * row, (index + 1) * row), parameters: new Float64Array(ends!) };
    },
  };
}

/** All epochs' orders of one training, one after another. */
function drawOrders({ batch, streams }: TrajectoryRequest, row: number, length: number): Int32Array {
  const stream = openStream(streams.key, streams.first + row, LANES.order);
  const orders = new Int32Array(length);
  for (let from = 0; from < length; from += batch.size)
    drawEpochOrder(stream, orders.subarray(from, from + batch.size));
  return orders;
}

/** Below this what a device takes for zero may count: see `logSquareOf`. */
const LEAST_EXPONENT = -80;

/** @throws UnsupportedError where a training's numbers left the range in which float32 computes */
function requireRange(rows: Float32Array, width: number): void {
  for (let at = width - 2; at < rows.length; at += width) {
    const [least, greatest] = [rows[at]!, rows[at + 1]!];
    if (greatest <= 127 && least >= LEAST_EXPONENT) continue;
    const what = greatest > 127 ? "diverge" : `fall below 2^${LEAST_EXPONENT}, where it loses digits`;
    throw new UnsupportedError(`engine webgpu computes in float32, in which this training's signals ${what}`);
  }
}

/** How many trainings fit into a job, one at least. */
export function trainingsInAJob(device: Device, { plan, request, parts, records, constants }: TrainingPlan): number {
  const { inputSize, count, outputSize } = plan;
  const whole = request.batch.size * (inputSize + outputSize);
  const orders = parts === 1 ? 0 : request.steps * request.batch.size;
  // beside the parameters: gradients, their sum, m and v, and a norm
  const training = numbersOfReplicate(plan) + 4 * count + whole + orders / parts + resultsOf(records) + 5;
  const shared = constants.length + 2 * request.steps + request.batch.size + 4;
  const limit = numbersInAJob(device);
  return Math.max(1, Math.min(ROWS_AT_MOST, Math.floor((limit - shared) / training), Math.floor(limit / (2 * count))));
}
