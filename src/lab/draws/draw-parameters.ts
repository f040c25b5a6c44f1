import { fillGaussian, openStream, type Stream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";
import { refuseUnknown } from "../networks/kinds.ts";
import { type ParameterArray, type PlacedLayer, placeLayers } from "../networks/layered-network.ts";
import type { Initialisation, LayeredNetwork } from "../networks/network.ts";
import { fillWeights } from "./weights.ts";

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
  drawLayers(placeLayers(network), network.init, openStream(key, replicate, LANES.weights), {
    out,
    at,
    gaussians: (stream, from, to) => fillGaussian(stream, out, from, to),
  });
}

/** Where draws go: parameters begin at `at`; `gaussians` is `fillGaussian` into `out`, by the engine where it has its own. */
export interface DrawPlace {
  readonly out: Float64Array;
  readonly at: number;
  readonly gaussians: (stream: Stream, from: number, to: number) => void;
}

/** `drawParameters` for layers whose places are known. */
export function drawLayers(
  layers: readonly PlacedLayer[],
  init: Initialisation,
  stream: Stream,
  place: DrawPlace,
): void {
  for (const { description, arrays, branch } of layers) {
    const [weights, bias] = arrays;
    switch (description.kind) {
      case "dense":
      case "convolution": {
        const size = description.kind === "convolution" ? description.size : 1;
        if (description.initial === "zero") fill(place, weights!, 0);
        else drawWeights(init, weights!, size * size, stream, place);
        if (bias !== undefined && description.bias !== "none") {
          drawBias(description.bias.standardDeviation, bias, stream, place);
        }
        break;
      }
      case "multiplier":
        fill(place, weights!, description.initial);
        break;
      case "activation":
      case "batch-normalisation":
      case "layer-normalisation":
      case "residual":
        break;
      default:
        refuseUnknown("a layer", description);
    }
    drawLayers(branch, init, stream, place);
  }
}

function drawWeights(
  init: Initialisation,
  { offset, length, rows, columns }: ParameterArray,
  places: number,
  stream: Stream,
  { out, at, gaussians }: DrawPlace,
): void {
  const from = at + offset;
  const average = (columns + places * rows) / 2;
  const isOwnFan = init.fan === "in" || places === 1;
  if (init.law === "gaussian" && isOwnFan) {
    // What `fillWeights` does for this law, with the engine's own draws.
    gaussians(stream, from, from + length);
    multiply(out, from, length, (1 / Math.sqrt(init.fan === "in" ? columns : average)) * Math.sqrt(init.gain));
    return;
  }
  const layer = { weights: out, at: from, fanIn: columns, fanOut: rows };
  fillWeights(isOwnFan ? init : { ...init, fan: "in", gain: (init.gain * columns) / average }, layer, stream);
}

function drawBias(
  standardDeviation: number,
  array: ParameterArray,
  stream: Stream,
  { out, at, gaussians }: DrawPlace,
): void {
  const from = at + array.offset;
  if (standardDeviation === 0) {
    fill({ out, at }, array, 0);
    return;
  }
  gaussians(stream, from, from + array.length);
  multiply(out, from, array.length, standardDeviation);
}

function multiply(out: Float64Array, from: number, length: number, factor: number): void {
  for (let i = from; i < from + length; i++) out[i]! *= factor;
}

function fill({ out, at }: Pick<DrawPlace, "out" | "at">, { offset, length }: ParameterArray, value: number): void {
  out.fill(value, at + offset, at + offset + length);
}
