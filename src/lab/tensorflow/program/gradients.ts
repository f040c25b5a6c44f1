import { log } from "../../../numerics/elementary.ts";
import { UnsupportedError } from "../../contract/engine.ts";
import type { ModelGradients, ModelRequest } from "../../contract/model-request.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { LEAST_TRUSTED, largestOf, requireRange, requireRowsInRange } from "../require-range.ts";
import { type Model, openModel, type Point } from "./model.ts";
import { disposeRows, drawRows, fromArrays, type ModelRows } from "./model-rows.ts";

/**
 * Losses and gradients, by the library's differentiation.
 * @throws UnsupportedError where an array's gradient underflows in float32, or overflows
 */
export function gradients(tf: Library, pointwises: Pointwises, request: ModelRequest): ModelGradients {
  const model = openModel(tf, pointwises, request);
  const { streams } = request;
  const { parameters, arrays } = model;
  const loss = new Float64Array(streams.count);
  const all = new Float64Array(streams.count * parameters);
  for (const { first, count } of chunksOf(streams, 4 * parameters + 3 * model.activations)) {
    const start = first - streams.first;
    const rows = drawRows(
      tf,
      model,
      Array.from({ length: count }, (_, row) => first + row),
    );
    loss.set(readGradients(tf, model, rows, 1, all, start), start);
    requireHeld(tf, model, rows, all.subarray(start * parameters, (start + count) * parameters));
    disposeRows(rows);
  }
  const logNorms = new Float64Array(streams.count * arrays.length);
  for (let row = 0; row < streams.count; row++) {
    for (const [index, { offset, length }] of arrays.entries()) {
      const part = all.subarray(row * parameters + offset, row * parameters + offset + length);
      logNorms[row * arrays.length + index] = log(part.reduce((sum, value) => sum + value * value, 0));
    }
  }
  return { loss, gradients: all, logNorms };
}

export interface Differentiation {
  /** Gradients of this many times the loss; absent: 1. */
  readonly factor?: number;
  /** Is given the losses of all rows. */
  readonly onLosses?: (losses: Float32Array) => void;
}

/** Gradient of the sum of all rows' losses with respect to each array: each row's own, as rows do not mix. */
export function differentiate(
  tf: Library,
  model: Model,
  point: Point,
  parameters: readonly Tensor[],
  { factor = 1, onLosses }: Differentiation = {},
): readonly Tensor[] {
  const total = (...arrays: Tensor[]) => {
    const losses = model.losses(point, arrays);
    onLosses?.(losses.dataSync());
    return tf.mul(tf.sum(losses, [0], false), factor);
  };
  return tf.grads(total)(parameters);
}

/** Gradients of `factor` times the loss into rows `at`, ... of `out`; gives the losses. */
function readGradients(
  tf: Library,
  model: Model,
  rows: ModelRows,
  factor: number,
  out: Float64Array,
  at: number,
): Float32Array {
  let losses: Float32Array = new Float32Array();
  tf.tidy(() => {
    const onLosses = (values: Float32Array) => {
      losses = values;
    };
    fromArrays(model, differentiate(tf, model, rows, rows.parameters, { factor, onLosses }), out, at);
  });
  return losses;
}

/** A loss that is 2^60 times as large tells a gradient that is 0 from one that float32 could not hold. */
const MAGNIFICATION = 2 ** 60;

function requireHeld(tf: Library, model: Model, rows: ModelRows, found: Float64Array): void {
  const { parameters, arrays } = model;
  const partsOf = (all: Float64Array) =>
    Array.from({ length: all.length / parameters }, (_, row) =>
      arrays.map(({ offset, length }) =>
        largestOf(all.subarray(row * parameters + offset, row * parameters + offset + length)),
      ),
    ).flat();
  const sizes = partsOf(found);
  if (found.every(Number.isFinite) && sizes.every((size) => !(size < LEAST_TRUSTED))) return;
  requireSignals(tf, model, rows);
  requireRange(found, "the gradient");
  const magnified = new Float64Array(found.length);
  readGradients(tf, model, rows, MAGNIFICATION, magnified, 0);
  for (const [index, size] of partsOf(magnified).entries()) {
    if (size > 0 && sizes[index]! < LEAST_TRUSTED) {
      throw new UnsupportedError(
        `engine tensorflow computes in float32, which requires gradients of at least 2^-100, got ${size / MAGNIFICATION} in array ${index % arrays.length}`,
      );
    }
  }
}

/**
 * Signals that fade out on the way leave gradients of 0 behind, however large the loss is made, and those that overflow leave NaN.
 * @throws UnsupportedError where one does
 */
export function requireSignals(tf: Library, model: Model, rows: ModelRows): void {
  tf.tidy(() => {
    model.losses(rows, rows.parameters, (value, point) => {
      const values = value.dataSync();
      requireRowsInRange(values, values.length / value.shape[0]!, `the signal at point ${point}`);
      return value;
    });
  });
}
