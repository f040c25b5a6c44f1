import type { StreamRange } from "../../../numerics/stream.ts";
import type { BatchRequest } from "../../contract/picture-batch.ts";
import { drawBatch } from "../../draws/batch.ts";
import { fillPicture } from "../../draws/input.ts";
import type { Library } from "../library.ts";
import type { Scaled } from "./passes.ts";

export interface PictureBatches {
  readonly inputs: Scaled;
  /** Each picture's class, `batch` a replicate. */
  readonly labels: Uint8Array;
}

/** The pictures of each replicate's batch, each over its norm. */
export function drawPictureBatches(tf: Library, { data, batch }: BatchRequest, chunk: StreamRange): PictureBatches {
  const { width } = data;
  const picks = new Int32Array(batch);
  const picture = new Float64Array(width);
  const values = new Float32Array(chunk.count * batch * width);
  const labels = new Uint8Array(chunk.count * batch);
  for (let row = 0; row < chunk.count; row++) {
    drawBatch(data, chunk.key, chunk.first + row, picks);
    for (const [example, pick] of picks.entries()) {
      fillPicture(data, pick, picture, 0);
      values.set(picture, (row * batch + example) * width);
      labels[row * batch + example] = data.labels[pick]!;
    }
  }
  const unit = tf.tensor(values, [chunk.count, batch, width]);
  return { inputs: { unit, logSquare: new Float64Array(chunk.count * batch) }, labels };
}
