import { openStream, type Stream } from "../../../numerics/random.ts";
import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import { fillWeights, largestLayer } from "../../draws/weights.ts";
import { depthOf } from "../../networks/architecture.ts";
import type { Mlp } from "../../networks/network.ts";
import type { Library, Tensor } from "../library.ts";
import { requireWeights } from "../require-range.ts";

/** Draws of the same layer for all networks of a chunk; each call gives the next layer, replicates x fan-out x fan-in. */
export type LayerSource = () => Tensor;

/**
 * The project's own draws, rounded to float32, so that replicate r is the same network in every engine. (The library's
 * `heNormal` draws another law: a truncated Gaussian that is not rescaled.)
 * @throws UnsupportedError for weights out of float32's reach
 */
export function openLayers(tf: Library, network: Mlp, streams: StreamRange): LayerSource {
  const sources = openWeightStreams(streams);
  const draw = new Float64Array(largestLayer(network.widths));
  let layer = 0;
  return () => {
    layer++;
    const fanIn = network.widths[layer - 1]!;
    const fanOut = network.widths[layer]!;
    const values = new Float32Array(streams.count * fanIn * fanOut);
    for (const [row, stream] of sources.entries()) {
      fillWeights(network.init, { weights: draw, at: 0, fanIn, fanOut }, stream);
      const weights = draw.subarray(0, fanIn * fanOut);
      requireWeights(weights);
      values.set(weights, row * fanIn * fanOut);
    }
    return tf.tensor(values, [streams.count, fanOut, fanIn]);
  };
}

/** One stream a replicate, from lane `weights`. */
export function openWeightStreams({ key, first, count }: StreamRange): readonly Stream[] {
  return Array.from({ length: count }, (_, row) => openStream(key, first + row, LANES.weights));
}

/** Weights of a whole network. */
export function weightsOf(network: Mlp): number {
  let sum = 0;
  for (let layer = 1; layer <= depthOf(network); layer++) sum += network.widths[layer - 1]! * network.widths[layer]!;
  return sum;
}
