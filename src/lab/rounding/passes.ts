import { fillGaussian } from "../../numerics/random.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import type { Precision } from "../contract/about.ts";
import type { BatchLaw } from "../contract/model-request.ts";
import { drawModelBatch } from "../draws/draw-model-batch.ts";
import { drawParameters } from "../draws/draw-parameters.ts";
import { arraysOf, countOf, placeLayers, sizeOf } from "../networks/layered-network.ts";
import type { LayeredNetwork } from "../networks/network.ts";
import { applyLayers, type Surroundings } from "./layers.ts";
import { scale, subtract } from "./pointwise.ts";
import { type Cotangents, pullBack, type Quantity, type Tape } from "./tape.ts";

/** A squared loss over a batch that is drawn: no pictures. */
export interface PassRequest {
  readonly network: LayeredNetwork;
  readonly batch: BatchLaw;
}

/** What a pass forward leaves on a tape. */
export interface ForwardPass {
  readonly batch: number;
  /** The input and what leaves each layer: batch x size numbers. */
  readonly points: readonly Quantity[];
  /** Arrays of parameters, in their order. */
  readonly parameters: readonly Quantity[];
  readonly targets: Quantity;
}

/** Precision of an engine that rounds each operation once and has curved activations within `curves` units. */
export type RunningPrecision = Precision & Required<Pick<Precision, "curves">>;

/** One replicate forward; undefined for a network with an activation that has not been analysed. */
export function passForward(
  tape: Tape,
  { network, batch }: PassRequest,
  replicate: { readonly key: StreamKey; readonly index: number },
  { draw, curves }: RunningPrecision,
  onKink?: Surroundings["onKink"],
): ForwardPass | undefined {
  const layers = placeLayers(network);
  const drawn = drawReplicate({ network, batch }, replicate);
  const leaf = (values: Float64Array, units: number) =>
    tape.record(values, { rounding: { units, sizes: () => values } });
  const parameters = arraysOf(layers).map(({ offset, length }) =>
    leaf(drawn.parameters.slice(offset, offset + length), draw),
  );
  let taken = 0;
  const points: Quantity[] = [];
  const around = { batch: batch.size, curves, next: () => parameters[taken++]!, ...(onKink ? { onKink } : {}) };
  const output = applyLayers(layers, leaf(drawn.inputs, 1), around, (point) => points.push(point));
  if (output === undefined) return undefined;
  return { batch: batch.size, points, parameters, targets: leaf(drawn.targets, 1) };
}

/** Derivatives of the loss with respect to all quantities from `last` on; of the parameters too where it is absent. */
export function passBack({ batch, points, targets }: ForwardPass, last?: Quantity): Cotangents {
  const output = points[points.length - 1]!;
  return pullBack(new Map([[output, scale(subtract(output, targets), 1 / batch)]]), last);
}

function drawReplicate(
  { network, batch }: PassRequest,
  { key, index }: { readonly key: StreamKey; readonly index: number },
): { readonly parameters: Float64Array; readonly inputs: Float64Array; readonly targets: Float64Array } {
  const layers = placeLayers(network);
  const parameters = new Float64Array(countOf(arraysOf(layers)));
  drawParameters(network, key, index, parameters, 0);
  const [inputSize, outputSize] = [sizeOf(network.input), sizeOf(layers[layers.length - 1]!.output)];
  const targets = batch.size * inputSize;
  const values = new Float64Array(targets + batch.size * outputSize);
  const gaussians: Parameters<typeof drawModelBatch>[4]["gaussians"] = (stream, from, to) =>
    fillGaussian(stream, values, from, to);
  drawModelBatch(batch, undefined, key, index, { values, gaussians, inputs: 0, targets, inputSize, outputSize });
  return { parameters, inputs: values.slice(0, targets), targets: values.slice(targets) };
}
