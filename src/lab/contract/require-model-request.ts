import type { Dataset } from "../../numerics/dataset.ts";
import { type Kinds, requireKnown } from "../networks/kinds.ts";
import { layerSizes, parameterCount } from "../networks/layered-network.ts";
import type { BatchLaw, Loss, ModelRequest, TrajectoryRequest } from "./model-request.ts";
import { requireWidth } from "./propagation.ts";
import { requireOptimiser } from "./require-optimiser.ts";

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
  requireKnown("a loss", loss, LOSSES);
  requireKnown("a batch's inputs", batch.inputs, INPUTS);
  requireTargets(loss, batch);
  if (batch.inputs === "pictures") requirePictures(data, batch.size, sizes[0]!);
  if (batch.targets === "labels") requireLabels(batch, data, sizes[sizes.length - 1]!);
  if (offset !== undefined && offset.length !== parameters) {
    throw new RangeError(`an offset requires ${parameters} numbers, one a parameter, got ${offset.length}`);
  }
}

const LOSSES: Kinds<Loss> = { squared: true, "cross-entropy": true };
const INPUTS: Kinds<BatchLaw["inputs"]> = { gaussian: true, sphere: true, pictures: true };
const TARGETS: Kinds<Extract<BatchLaw["targets"], string>> = { gaussian: true, classes: true, labels: true };

/** @throws RangeError, too, for vectors that are not whole rows of parameters */
export function requireVectors(request: ModelRequest & { readonly vectors: Float64Array }): void {
  requireModelRequest(request);
  const count = parameterCount(request.network);
  const { length } = request.vectors;
  if (length % count !== 0) {
    throw new RangeError(`vectors require rows of ${count} numbers, one a parameter, got ${length} in all`);
  }
}

/** @throws RangeError, too, for a number of iterations that is not a positive integer */
export function requireIterations(request: ModelRequest & { readonly iterations: number }): void {
  const { iterations } = request;
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`Lanczos requires a positive integer number of iterations, got ${iterations}`);
  }
  requireModelRequest(request);
}

/** @throws RangeError, too, for numbers of steps or an optimiser that make no sense */
export function requireTrajectories(request: TrajectoryRequest): void {
  requireOptimiser(request.optimiser);
  requireSteps(request);
  requireModelRequest(request);
  requireMiniBatch(request);
}

/** @throws RangeError for numbers of steps, of records or of noise that no trajectory has */
function requireSteps({ steps, recordEvery, noise }: TrajectoryRequest): void {
  if (!Number.isInteger(steps) || steps < 1) {
    throw new RangeError(`a trajectory requires a positive integer number of steps, got ${steps}`);
  }
  if (!Number.isInteger(recordEvery) || recordEvery < 1 || steps % recordEvery !== 0) {
    throw new RangeError(`records require an interval that divides ${steps} steps, got ${recordEvery}`);
  }
  if (noise !== undefined && !(noise >= 0 && noise < Infinity)) {
    throw new RangeError(`noise requires a standard deviation from 0 up, got ${noise}`);
  }
}

function requireMiniBatch({ batch, miniBatch = batch.size }: TrajectoryRequest): void {
  if (!Number.isInteger(miniBatch) || miniBatch < 1 || batch.size % miniBatch !== 0) {
    throw new RangeError(`mini-batches require a size that divides the batch's ${batch.size}, got ${miniBatch}`);
  }
}

function requireTargets(loss: ModelRequest["loss"], { targets }: BatchLaw): void {
  if (typeof targets !== "object") requireKnown("a batch's targets", targets, TARGETS);
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
