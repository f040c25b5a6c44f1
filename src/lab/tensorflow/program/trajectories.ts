import { log } from "../../../numerics/elementary.ts";
import { fillGaussian, openStream, type Stream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { Trajectories, TrajectoryRequest } from "../../contract/model-request.ts";
import { stateOf } from "../../program/optimiser-state.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { type DescentState, descend } from "./descend.ts";
import { differentiate } from "./gradients.ts";
import { type Model, openModel } from "./model.ts";
import { disposeRows, drawRows, fromArrays, type ModelRows, toArrays } from "./model-rows.ts";

/**
 * Many trajectories side by side; gradients are the library's, steps and noise the project's own.
 * @throws UnsupportedError for mini-batches
 */
export function trajectories(tf: Library, pointwises: Pointwises, request: TrajectoryRequest): Trajectories {
  if (request.miniBatch !== undefined) {
    throw new UnsupportedError(
      `engine tensorflow follows whole batches alone, as a row's examples are one tensor; got mini-batches of ${request.miniBatch}`,
    );
  }
  const model = openModel(tf, pointwises, request);
  const { streams } = request;
  const records = 1 + request.steps / request.recordEvery;
  const losses = new Float64Array(streams.count * records);
  const logGradients = new Float64Array(streams.count * records);
  const parameters = new Float64Array(streams.count * model.parameters);
  for (const chunk of chunksOf(streams, 12 * model.parameters + 3 * model.activations)) {
    const start = chunk.first - streams.first;
    const write: Record = (row, record, loss, logGradient) => {
      losses[(start + row) * records + record] = loss;
      logGradients[(start + row) * records + record] = logGradient;
    };
    follow(tf, model, request, chunk, write, (end) => fromArrays(model, end, parameters, start));
  }
  return { losses, logGradients, parameters };
}

type Record = (row: number, record: number, loss: number, logGradient: number) => void;

function follow(
  tf: Library,
  model: Model,
  request: TrajectoryRequest,
  { key, first, count }: StreamRange,
  write: Record,
  finish: (parameters: readonly Tensor[]) => void,
): void {
  const { optimiser, steps, recordEvery, noise = 0 } = request;
  const replicates = Array.from({ length: count }, (_, row) => first + row);
  const streams = replicates.map((replicate) => openStream(key, replicate, LANES.noise));
  const rows = drawRows(tf, model, replicates);
  let state = startOf(tf, request, rows);
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() => {
      const onLosses = step % recordEvery === 0 ? recorder(step / recordEvery) : undefined;
      const found = evaluate(tf, model, rows, state.parameters, onLosses);
      const noisy = noise > 0 ? withNoise(tf, model, found, streams, noise) : found;
      return descend(tf, optimiser, step + 1, state, noisy);
    });
    replace(state, next, rows);
    state = next;
  }
  tf.tidy(() => {
    evaluate(tf, model, rows, state.parameters, recorder(steps / recordEvery));
  });
  finish(state.parameters);
  replace(state, { parameters: [], first: [], second: [] }, rows);
  disposeRows(rows);

  function recorder(record: number): (losses: Float32Array, gradients: Float64Array) => void {
    return (losses, gradients) => {
      for (const [row, loss] of losses.entries()) {
        const part = gradients.subarray(row * model.parameters, (row + 1) * model.parameters);
        write(row, record, loss, log(part.reduce((sum, value) => sum + value * value, 0)));
      }
    };
  }
}

/** Gradients at `parameters`; `onRecord` is given losses and all gradients. */
function evaluate(
  tf: Library,
  model: Model,
  rows: ModelRows,
  parameters: readonly Tensor[],
  onRecord: ((losses: Float32Array, gradients: Float64Array) => void) | undefined,
): readonly Tensor[] {
  if (onRecord === undefined) return differentiate(tf, model, rows, parameters);
  let losses = new Float32Array();
  const found = differentiate(tf, model, rows, parameters, {
    onLosses: (values) => {
      losses = values as typeof losses;
    },
  });
  const flat = new Float64Array(losses.length * model.parameters);
  fromArrays(model, found, flat, 0);
  onRecord(losses, flat);
  return found;
}

function startOf(tf: Library, { optimiser }: TrajectoryRequest, { parameters }: ModelRows): DescentState {
  const { first, second } = stateOf(optimiser);
  const zeros = (wanted: boolean) => (wanted ? parameters.map((w) => tf.fill(w.shape, 0)) : []);
  return { parameters, first: zeros(first), second: zeros(second) };
}

/** Frees what `next` no longer holds of `state`; the rows' own parameters are theirs. */
function replace(state: DescentState, next: DescentState, rows: ModelRows): void {
  const kept = new Set([...next.parameters, ...next.first, ...next.second, ...rows.parameters]);
  for (const tensor of [...state.parameters, ...state.first, ...state.second]) {
    if (!kept.has(tensor)) tensor.dispose();
  }
}

function withNoise(
  tf: Library,
  model: Model,
  gradients: readonly Tensor[],
  streams: readonly Stream[],
  noise: number,
): readonly Tensor[] {
  const draws = new Float64Array(model.parameters);
  const flat = new Float32Array(streams.length * model.parameters);
  for (const [row, stream] of streams.entries()) {
    fillGaussian(stream, draws, 0, model.parameters);
    flat.set(draws, row * model.parameters);
  }
  const added = toArrays(tf, model, flat);
  return gradients.map((gradient, index) => tf.add(gradient, tf.mul(added[index]!, noise)));
}
