import { log } from "../../../numerics/elementary.ts";
import type { LayerNorms, ModelRequest } from "../../contract/model-request.ts";
import { layerSizes } from "../../networks/layered-network.ts";
import type { Pointwises } from "../activations.ts";
import { chunksOf } from "../chunks.ts";
import type { Library, Tensor } from "../library.ts";
import { requireRange } from "../require-range.ts";
import { type Model, openModel } from "./model.ts";
import { disposeRows, drawRows } from "./model-rows.ts";

/**
 * Sizes of signals and of the loss's derivatives: zeros are added to every signal, and the library differentiates by them.
 * @throws UnsupportedError where a signal is so small that float32 may have lost it
 */
export function layerNorms(tf: Library, pointwises: Pointwises, request: ModelRequest): LayerNorms {
  const model = openModel(tf, pointwises, request);
  const { streams, batch } = request;
  const points = layerSizes(request.network).length;
  const loss = new Float64Array(streams.count);
  const logForward = new Float64Array(streams.count * points);
  const logBackward = new Float64Array(streams.count * points);
  for (const { first, count } of chunksOf(streams, 2 * model.parameters + 3 * model.activations)) {
    const start = first - streams.first;
    const { losses, signals, cotangents } = signalsOf(tf, model, first, count);
    loss.set(losses, start);
    for (let point = 0; point < points; point++) {
      const forward = logSquaresOfRows(signals[point]!, count, `the signal at point ${point}`);
      const backward = logSquaresOfRows(cotangents[point]!, count, `the derivative at point ${point}`);
      for (let row = 0; row < count; row++) {
        logForward[(start + row) * points + point] = forward[row]! - log(batch.size);
        logBackward[(start + row) * points + point] = backward[row]!;
      }
    }
  }
  return { loss, logForward, logBackward };
}

function signalsOf(tf: Library, model: Model, first: number, count: number) {
  const { batch, network } = model.request;
  const rows = drawRows(
    tf,
    model,
    Array.from({ length: count }, (_, row) => first + row),
  );
  let losses = new Float32Array();
  let signals: Float32Array[] = [];
  let cotangents: Float32Array[] = [];
  tf.tidy(() => {
    const zeros = layerSizes(network).map((size) => tf.fill([count, batch.size, size], 0));
    const total = (...shifts: Tensor[]) => {
      signals = [];
      const loss = model.losses(rows, rows.parameters, (value, point) => {
        signals.push(value.dataSync());
        return tf.add(value, shifts[point]!);
      });
      losses = loss.dataSync() as typeof losses;
      return tf.sum(loss, [0], false);
    };
    cotangents = tf
      .grads(total)(zeros)
      .map((cotangent) => cotangent.dataSync());
  });
  disposeRows(rows);
  return { losses, signals, cotangents };
}

/** ln of each row's sum of squares, in float64. */
function logSquaresOfRows(values: Float32Array, count: number, what: string): readonly number[] {
  const length = values.length / count;
  return Array.from({ length: count }, (_, row) => {
    const part = values.subarray(row * length, (row + 1) * length);
    requireRange(part, what);
    return log(part.reduce((sum, value) => sum + value * value, 0));
  });
}
