import { log } from "../../../numerics/elementary.ts";
import { fillGaussian, openStream, type Stream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import type { Trajectories, TrajectoryRequest } from "../../contract/model-request.ts";
import { stateOf } from "../../program/optimiser-state.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { requireDraws } from "../require-range.ts";
import { miniBatches, wholeBatches } from "./batches.ts";
import { type DescentState, descend } from "./descend.ts";
import { differentiate } from "./gradients.ts";
import { type Model, openModel, type Point } from "./model.ts";
import { disposeRows, drawRows, fromArrays, type ModelRows, toArrays } from "./model-rows.ts";

/**
 * Many trajectories side by side; gradients are the library's, steps and noise the project's own.
 * @throws UnsupportedError for noise that float32 cannot hold
 */
export function trajectories(tf: Library, pointwises: Pointwises, request: TrajectoryRequest): Trajectories {
  const model = openModel(tf, pointwises, request);
  const { streams, noise = 0 } = request;
  requireDraws(Float64Array.of(noise), "noise");
  const records = 1 + request.steps / request.recordEvery;
  const losses = new Float64Array(streams.count * records);
  const logGradients = new Float64Array(streams.count * records);
  const parameters = new Float64Array(streams.count * model.parameters);
  for (const chunk of chunksOf(streams, 12 * model.parameters + 3 * model.activations)) {
    const start = chunk.first - streams.first;
    const write: Write = (row, record, loss, logGradient) => {
      losses[(start + row) * records + record] = loss;
      logGradients[(start + row) * records + record] = logGradient;
    };
    follow(tf, model, request, chunk, write, (end) => fromArrays(model, end, parameters, start));
  }
  return { losses, logGradients, parameters };
}

type Write = (row: number, record: number, loss: number, logGradient: number) => void;

function follow(
  tf: Library,
  model: Model,
  request: TrajectoryRequest,
  { key, first, count }: StreamRange,
  write: Write,
  finish: (parameters: readonly Tensor[]) => void,
): void {
  const { optimiser, steps, recordEvery, miniBatch, noise = 0 } = request;
  const replicates = Array.from({ length: count }, (_, row) => first + row);
  const streams = replicates.map((replicate) => openStream(key, replicate, LANES.noise));
  const rows = drawRows(tf, model, replicates);
  const batches = miniBatch === undefined ? wholeBatches(rows) : miniBatches(tf, rows, request, miniBatch, replicates);
  let state = startOf(tf, request, rows);
  for (let step = 0; step < steps; step++) {
    const next = tf.tidy(() => {
      const recorded = step % recordEvery === 0 ? record(step / recordEvery) : undefined;
      const seen = batches.next(step);
      // the whole batch's gradient is the step's own unless it sees a part
      const found =
        seen === rows && recorded !== undefined ? recorded : differentiate(tf, model, seen, state.parameters);
      const noisy = noise > 0 ? withNoise(tf, model, found, streams, noise) : found;
      return descend(tf, optimiser, step + 1, state, noisy);
    });
    replace(state, next, rows);
    state = next;
  }
  tf.tidy(() => {
    record(steps / recordEvery);
  });
  finish(state.parameters);
  replace(state, { parameters: [], first: [], second: [] }, rows);
  batches.dispose();
  disposeRows(rows);

  /** Writes losses and gradients of the whole batch; gives the gradients. */
  function record(at: number): readonly Tensor[] {
    const { losses, gradients } = evaluate(tf, model, batches.parts, state.parameters);
    const squares = squaredNorms(gradients, count);
    for (const [row, loss] of losses.entries()) write(row, at, loss, log(squares[row]!));
    return gradients;
  }
}

/** Of each row's whole gradient, in float64: float32 has no squares of gradients below 1e-19. */
function squaredNorms(gradients: readonly Tensor[], rows: number): Float64Array {
  const sums = new Float64Array(rows);
  for (const gradient of gradients) {
    const values = gradient.dataSync();
    const length = values.length / rows;
    for (let row = 0; row < rows; row++) {
      let sum = sums[row]!;
      for (let i = row * length; i < (row + 1) * length; i++) sum += values[i]! * values[i]!;
      sums[row] = sum;
    }
  }
  return sums;
}

/** Means over parts of a batch. */
function evaluate(
  tf: Library,
  model: Model,
  parts: readonly Point[],
  parameters: readonly Tensor[],
): { readonly losses: Float64Array; readonly gradients: readonly Tensor[] } {
  const losses = new Float64Array(parameters[0]!.shape[0]!);
  const gradients = parts
    .map((part) =>
      differentiate(tf, model, part, parameters, {
        onLosses: (values) => {
          for (const [row, value] of values.entries()) losses[row]! += value / parts.length;
        },
      }),
    )
    .reduce((sum, part) => sum.map((gradient, index) => tf.add(gradient, part[index]!)));
  return { losses, gradients: parts.length === 1 ? gradients : gradients.map((sum) => tf.div(sum, parts.length)) };
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
