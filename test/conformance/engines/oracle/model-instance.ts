import type { ModelRequest } from "../../../../src/lab/contract/model-request.ts";
import { drawBatch } from "../../../../src/lab/draws/batch.ts";
import { fillPicture } from "../../../../src/lab/draws/input.ts";
import { fillWeights } from "../../../../src/lab/draws/weights.ts";
import type { Bias, ImageShape, Initialisation, LayerDescription } from "../../../../src/lab/networks/network.ts";
import { fillGaussian, nextUniform, openStream, type Stream } from "../../../../src/numerics/random.ts";
import { LANES } from "../../../../src/numerics/stream.ts";

/** Everything that one replicate of a request has drawn. */
export interface ModelInstance {
  readonly parameters: readonly number[];
  /** One row an example. */
  readonly inputs: readonly (readonly number[])[];
  /** One row an example for the squared loss, one class an example (a row of one number) for cross-entropy. */
  readonly targets: readonly (readonly number[])[];
}

/** A replicate's draws, again from the definition of the request, layer by layer and lane by lane. */
export function drawInstance(request: ModelRequest, replicate: number): ModelInstance {
  const { network, streams, offset } = request;
  const stream = openStream(streams.key, replicate, LANES.weights);
  const { drawn, shape } = drawAll(network.layers, network.input, network.init, stream);
  const parameters = drawn.map((value, index) => value + (offset?.[index] ?? 0));
  return { parameters, ...drawExamples(request, replicate, sizeOf(network.input), sizeOf(shape)) };
}

type Shape = number | ImageShape;

function drawAll(
  layers: readonly LayerDescription[],
  input: Shape,
  init: Initialisation,
  stream: Stream,
): { readonly drawn: readonly number[]; readonly shape: Shape } {
  const drawn: number[] = [];
  let shape = input;
  for (const layer of layers) {
    if (layer.kind === "multiplier") drawn.push(layer.initial);
    if (layer.kind === "residual") drawn.push(...drawAll(layer.branch, shape, init, stream).drawn);
    if (layer.kind === "dense") {
      const fanIn = sizeOf(shape);
      drawn.push(...drawWeights(layer.initial, init, { fanIn, outputs: layer.width, fanOut: layer.width }, stream));
      drawn.push(...drawBias(layer.bias, layer.width, stream));
      shape = layer.width;
    }
    if (layer.kind === "convolution" && typeof shape !== "number") {
      const places = layer.size ** 2;
      const fans = { fanIn: places * shape.channels, outputs: layer.channels, fanOut: places * layer.channels };
      drawn.push(...drawWeights(layer.initial, init, fans, stream));
      drawn.push(...drawBias(layer.bias, layer.channels, stream));
      shape = { ...shape, channels: layer.channels };
    }
  }
  return { drawn, shape };
}

function drawWeights(
  initial: "zero" | undefined,
  init: Initialisation,
  { fanIn, outputs, fanOut }: { readonly fanIn: number; readonly outputs: number; readonly fanOut: number },
  stream: Stream,
): readonly number[] {
  const weights = new Float64Array(fanIn * outputs);
  if (initial === "zero") return [...weights];
  if (init.fan === "in" || outputs === fanOut) {
    fillWeights(init, { weights, at: 0, fanIn, fanOut: outputs }, stream);
  } else {
    const gain = (init.gain * fanIn) / ((fanIn + fanOut) / 2);
    fillWeights({ ...init, fan: "in", gain }, { weights, at: 0, fanIn, fanOut: outputs }, stream);
  }
  return [...weights];
}

function drawBias(bias: Bias, count: number, stream: Stream): readonly number[] {
  if (bias === "none") return [];
  if (bias.standardDeviation === 0) return new Array<number>(count).fill(0);
  return gaussians(stream, count).map((z) => bias.standardDeviation * z);
}

function drawExamples(
  { batch, data, streams }: ModelRequest,
  replicate: number,
  inputSize: number,
  outputSize: number,
): Pick<ModelInstance, "inputs" | "targets"> {
  const target = openStream(streams.key, replicate, LANES.target);
  const rows = (values: readonly number[], size: number) =>
    Array.from({ length: batch.size }, (_, example) => values.slice(example * size, (example + 1) * size));
  const picks = new Int32Array(batch.size);
  if (batch.inputs === "pictures") drawBatch(data!, streams.key, replicate, picks);
  const gaussian = () =>
    rows(gaussians(openStream(streams.key, replicate, LANES.input), batch.size * inputSize), inputSize);
  const inputs =
    batch.inputs === "pictures"
      ? Array.from(picks, (picture) => {
          const row = new Float64Array(inputSize);
          fillPicture(data!, picture, row, 0);
          return [...row];
        })
      : batch.inputs === "gaussian"
        ? gaussian()
        : gaussian().map((row) => row.map((x) => x / Math.sqrt(row.reduce((total, y) => total + y * y, 0))));
  if (batch.targets === "labels") return { inputs, targets: Array.from(picks, (pick) => [data!.labels[pick]!]) };
  if (batch.targets === "classes") {
    return { inputs, targets: inputs.map(() => [Math.floor(nextUniform(target) * outputSize)]) };
  }
  if (batch.targets === "gaussian") {
    return { inputs, targets: rows(gaussians(target, batch.size * outputSize), outputSize) };
  }
  const { constant } = batch.targets;
  return { inputs, targets: inputs.map(() => new Array<number>(outputSize).fill(constant)) };
}

function gaussians(stream: Stream, count: number): readonly number[] {
  const out = new Float64Array(count);
  fillGaussian(stream, out, 0, count);
  return [...out];
}

function sizeOf(shape: Shape): number {
  return typeof shape === "number" ? shape : shape.channels * shape.height * shape.width;
}
