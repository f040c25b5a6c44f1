import { fillGaussian, type Stream } from "../../../numerics/random.ts";
import { drawModelBatch } from "../../draws/draw-model-batch.ts";
import { drawParameters } from "../../draws/draw-parameters.ts";
import type { Library, Tensor } from "../library.ts";
import { requireDraws } from "../require-range.ts";
import type { Model, Point } from "./model.ts";

/** Tensors of some rows, each the network and batch of one replicate; free them with `disposeRows`. */
export interface ModelRows extends Point {
  readonly parameters: readonly Tensor[];
}

/**
 * One row for each of `replicates`, which may repeat; the draws are the project's own, rounded to float32.
 * @throws UnsupportedError for draws that float32 cannot hold
 */
export function drawRows(tf: Library, model: Model, replicates: readonly number[]): ModelRows {
  const { request, inputSize, outputSize, parameters } = model;
  const { size } = request.batch;
  const flat = new Float32Array(replicates.length * parameters);
  const inputs = new Float32Array(replicates.length * size * inputSize);
  const targets = new Float32Array(replicates.length * size * outputSize);
  let drawn = drawReplicate(model, replicates[0]!);
  for (const [row, replicate] of replicates.entries()) {
    if (replicate !== replicates[row - 1] && row > 0) drawn = drawReplicate(model, replicate);
    flat.set(drawn.parameters, row * parameters);
    inputs.set(drawn.inputs, row * size * inputSize);
    targets.set(drawn.targets, row * size * outputSize);
  }
  return {
    parameters: toArrays(tf, model, flat),
    inputs: tf.tensor(inputs, [replicates.length, size, inputSize]),
    targets: tf.tensor(targets, [replicates.length, size, outputSize]),
  };
}

export function disposeRows(rows: ModelRows): void {
  for (const tensor of [...rows.parameters, rows.inputs, rows.targets]) tensor.dispose();
}

/** Rows of all parameters to one tensor an array; a bias is a row, so that it adds to every example. */
export function toArrays(tf: Library, model: Model, flat: Float32Array): readonly Tensor[] {
  const count = flat.length / model.parameters;
  return model.arrays.map(({ role, offset, length, rows, columns }) => {
    const values = new Float32Array(count * length);
    for (let row = 0; row < count; row++) {
      const from = row * model.parameters + offset;
      values.set(flat.subarray(from, from + length), row * length);
    }
    return tf.tensor(values, role === "bias" ? [count, 1, length] : [count, rows, columns]);
  });
}

/** One tensor an array to rows of all parameters, in float64, from row `at` of `out` on. */
export function fromArrays(model: Model, arrays: readonly Tensor[], out: Float64Array, at: number): void {
  for (const [index, { offset, length }] of model.arrays.entries()) {
    const values = arrays[index]!.dataSync();
    for (let row = 0; row < values.length / length; row++) {
      out.set(values.subarray(row * length, (row + 1) * length), (at + row) * model.parameters + offset);
    }
  }
}

interface Draws {
  readonly parameters: Float64Array;
  readonly inputs: Float64Array;
  readonly targets: Float64Array;
}

function drawReplicate({ request, parameters, inputSize, outputSize }: Model, replicate: number): Draws {
  const { network, batch, data, streams, offset, loss } = request;
  const flat = new Float64Array(parameters);
  drawParameters(network, streams.key, replicate, flat, 0);
  if (offset !== undefined) for (let i = 0; i < parameters; i++) flat[i]! += offset[i]!;
  const values = new Float64Array(batch.size * (inputSize + outputSize));
  const gaussians = (stream: Stream, from: number, to: number) => fillGaussian(stream, values, from, to);
  const place = { values, gaussians, inputs: 0, targets: batch.size * inputSize, inputSize, outputSize };
  drawModelBatch(batch, data, streams.key, replicate, place);
  const inputs = values.subarray(0, place.targets);
  const targets = values.subarray(place.targets);
  requireDraws(flat, "parameters");
  requireDraws(inputs, "inputs");
  requireDraws(targets, "targets");
  return {
    parameters: flat,
    inputs,
    targets: loss === "squared" ? targets : oneHot(targets.subarray(0, batch.size), outputSize),
  };
}

function oneHot(classes: Float64Array, outputs: number): Float64Array {
  const hot = new Float64Array(classes.length * outputs);
  for (const [example, label] of classes.entries()) hot[example * outputs + label] = 1;
  return hot;
}
