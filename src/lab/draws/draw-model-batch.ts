import type { Dataset } from "../../numerics/dataset.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { nextUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { BatchLaw } from "../contract/model-request.ts";
import { drawBatch } from "./batch.ts";
import { fillPicture } from "./input.ts";

/** Where a batch goes: inputs row by row, targets row by row (`squared`) or one class an example (`cross-entropy`). */
export interface BatchPlace {
  readonly values: Float64Array;
  /** `fillGaussian` into `values`, by the engine where it has its own. */
  readonly gaussians: (stream: Stream, from: number, to: number) => void;
  readonly inputs: number;
  readonly targets: number;
  readonly inputSize: number;
  readonly outputSize: number;
}

/**
 * One replicate's batch. Lane `input`: one `fillGaussian` for all examples, for `sphere` each is then divided by its norm. Lane
 * `choice`: the pictures, by `drawBatch`. Lane `target`: one `fillGaussian` for all targets, or a uniform an example whose
 * product with the number of outputs is cut to the class.
 */
export function drawModelBatch(
  batch: BatchLaw,
  data: Dataset | undefined,
  key: StreamKey,
  replicate: number,
  place: BatchPlace,
): void {
  const { values, gaussians, inputs, inputSize } = place;
  const { size } = batch;
  if (batch.inputs === "pictures") {
    drawPictures(batch, data!, key, replicate, place);
  } else {
    gaussians(openStream(key, replicate, LANES.input), inputs, inputs + size * inputSize);
    if (batch.inputs === "sphere") {
      for (let example = 0; example < size; example++) {
        const from = inputs + example * inputSize;
        normalise(values, from, from + inputSize);
      }
    }
  }
  drawTargets(batch, key, replicate, place);
}

function drawPictures(batch: BatchLaw, data: Dataset, key: StreamKey, replicate: number, place: BatchPlace): void {
  const { values, inputs, targets, inputSize } = place;
  const picks = new Int32Array(batch.size);
  drawBatch(data, key, replicate, picks);
  for (let example = 0; example < batch.size; example++) {
    fillPicture(data, picks[example]!, values, inputs + example * inputSize);
    if (batch.targets === "labels") values[targets + example] = data.labels[picks[example]!]!;
  }
}

function drawTargets(batch: BatchLaw, key: StreamKey, replicate: number, place: BatchPlace): void {
  const { values, gaussians, targets, outputSize } = place;
  if (batch.targets === "labels") return;
  if (batch.targets === "classes") {
    const stream = openStream(key, replicate, LANES.target);
    for (let example = 0; example < batch.size; example++) {
      values[targets + example] = Math.floor(nextUniform(stream) * outputSize);
    }
    return;
  }
  const end = targets + batch.size * outputSize;
  if (batch.targets === "gaussian") gaussians(openStream(key, replicate, LANES.target), targets, end);
  else values.fill(batch.targets.constant, targets, end);
}
