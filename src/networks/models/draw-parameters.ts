import { fillGaussian, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import type { Initialisation, LayeredNetwork } from "../network.ts";
import { fillWeights } from "../weights.ts";
import { type ParameterArray, type PlacedLayer, placeLayers } from "./layered-network.ts";

/**
 * Fresh parameters of replicate `replicate` into out[at], ... from lane `weights`, layer after layer in the order of the
 * parameters: a layer's weights by one `fillWeights`, then its bias by one `fillGaussian`. What begins at zero (`initial: "zero"`,
 * a bias of standard deviation 0) and a multiplier take no draws. For `fan: "average"` a convolution's fan-out is size^2 times
 * its output channels. Cost: a draw a parameter.
 */
export function drawParameters(
  network: LayeredNetwork,
  key: StreamKey,
  replicate: number,
  out: Float64Array,
  at: number,
): void {
  drawLayers(placeLayers(network), network.init, openStream(key, replicate, LANES.weights), out, at);
}

export function drawLayers(
  layers: readonly PlacedLayer[],
  init: Initialisation,
  stream: Stream,
  out: Float64Array,
  at: number,
): void {
  for (const { description, arrays, branch } of layers) {
    const [weights, bias] = arrays;
    if (description.kind === "dense" || description.kind === "convolution") {
      const size = description.kind === "convolution" ? description.size : 1;
      if (description.initial === "zero") fill(out, at, weights!, 0);
      else drawWeights(init, weights!, size * size, stream, out, at);
      if (bias !== undefined && description.bias !== "none") {
        drawBias(description.bias.standardDeviation, bias, stream, out, at);
      }
    } else if (description.kind === "multiplier") {
      fill(out, at, weights!, description.initial);
    }
    drawLayers(branch, init, stream, out, at);
  }
}

function drawWeights(
  init: Initialisation,
  { offset, rows, columns }: ParameterArray,
  places: number,
  stream: Stream,
  out: Float64Array,
  at: number,
): void {
  const layer = { weights: out, at: at + offset, fanIn: columns, fanOut: rows };
  if (init.fan === "in" || places === 1) {
    fillWeights(init, layer, stream);
    return;
  }
  const average = (columns + places * rows) / 2;
  fillWeights({ ...init, fan: "in", gain: (init.gain * columns) / average }, layer, stream);
}

function drawBias(
  standardDeviation: number,
  { offset, length }: ParameterArray,
  stream: Stream,
  out: Float64Array,
  at: number,
): void {
  const from = at + offset;
  if (standardDeviation === 0) {
    out.fill(0, from, from + length);
    return;
  }
  fillGaussian(stream, out, from, from + length);
  for (let i = from; i < from + length; i++) out[i]! *= standardDeviation;
}

function fill(out: Float64Array, at: number, { offset, length }: ParameterArray, value: number): void {
  out.fill(value, at + offset, at + offset + length);
}
