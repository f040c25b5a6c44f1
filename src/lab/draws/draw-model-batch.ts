import type { Dataset } from "../../numerics/dataset.ts";
import { normalise } from "../../numerics/log-domain.ts";
import { nextUniform, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { BatchLaw, ModelRequest } from "../contract/model-request.ts";
import { layerSizes, parameterCount } from "../networks/layered-network.ts";
import { drawBatch } from "./batch.ts";
import { fillPicture, requireWidth } from "./input.ts";

/**
 * Refuses a request that no engine could answer.
 * @throws RangeError naming what was found and what was needed
 */
export function requireModelRequest(request: ModelRequest): void {
  const { network, loss, batch, data, offset } = request;
  const sizes = layerSizes(network);
  const parameters = parameterCount(network);
  if (!Number.isInteger(batch.size) || batch.size < 1) {
    throw new RangeError(`a batch requires a positive integer size, got ${batch.size}`);
  }
  requireTargets(loss, batch);
  if (batch.inputs === "pictures") requirePictures(data, batch.size, sizes[0]!);
  if (batch.targets === "labels") requireLabels(batch, data, sizes[sizes.length - 1]!);
  if (offset !== undefined && offset.length !== parameters) {
    throw new RangeError(`an offset requires ${parameters} numbers, one a parameter, got ${offset.length}`);
  }
}

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

function requireTargets(loss: ModelRequest["loss"], { targets }: BatchLaw): void {
  const categorical = targets === "classes" || targets === "labels";
  const name = typeof targets === "string" ? targets : `constant ${targets.constant}`;
  if (loss === "squared" && categorical) {
    throw new RangeError(`a squared loss requires gaussian or constant targets, got ${name}`);
  }
  if (loss === "cross-entropy" && !categorical) {
    throw new RangeError(`a cross-entropy requires classes or labels as targets, got ${name}`);
  }
}

function requirePictures(data: Dataset | undefined, size: number, width: number): void {
  if (data === undefined) throw new RangeError("inputs from pictures require data, got none");
  requireWidth(data, width);
  const pictures = data.labels.length;
  if (size > pictures) throw new RangeError(`a batch of ${data.name} requires 1 to ${pictures} pictures, got ${size}`);
}

function requireLabels(batch: BatchLaw, data: Dataset | undefined, outputs: number): void {
  if (batch.inputs !== "pictures") throw new RangeError(`labels require inputs from pictures, got ${batch.inputs}`);
  if (data!.classes !== outputs) {
    throw new RangeError(`the labels of ${data!.name} require ${data!.classes} outputs, got ${outputs}`);
  }
}
