import { chunksOf } from "../chunks.ts";
import type { Library } from "../library.ts";
import { requireRowsInRange } from "../require-range.ts";
import type { Model } from "./model.ts";
import { disposeRows, drawRows } from "./model-rows.ts";

/**
 * What leaves the last layer, one row an example.
 * @throws UnsupportedError where a signal is so small that float32 may have lost it
 */
export function outputs(tf: Library, model: Model): Float64Array {
  const { streams, batch } = model.request;
  const length = batch.size * model.outputSize;
  const all = new Float64Array(streams.count * length);
  for (const { first, count } of chunksOf(streams, model.parameters + model.activations)) {
    all.set(outputsOf(tf, model, first, count), (first - streams.first) * length);
  }
  return all;
}

function outputsOf(tf: Library, model: Model, first: number, count: number): Float32Array {
  const rows = drawRows(
    tf,
    model,
    Array.from({ length: count }, (_, row) => first + row),
  );
  let last: Float32Array = new Float32Array();
  tf.tidy(() => {
    model.losses(rows, rows.parameters, (value, point) => {
      last = value.dataSync();
      requireRowsInRange(last, last.length / count, `the signal at point ${point}`);
      return value;
    });
  });
  disposeRows(rows);
  return last;
}
