import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey, type StreamRange } from "../../numerics/stream.ts";
import type { Chain } from "../networks/network.ts";
import { fillWeights } from "./weights.ts";

/**
 * Weights of chains, `count` rows of `depth`, row-major. A chain is the multilayer perceptron of width 1: the same
 * draws from lane `weights`, layer by layer, with fan-in = fan-out = 1, whatever the activation.
 *
 * Throws a RangeError when the description is wrong. Cost: `depth` draws a chain.
 */
export function chainWeights(request: { readonly network: Chain; readonly streams: StreamRange }): Float64Array {
  const { network, streams } = request;
  const weights = new Float64Array(streams.count * network.depth);
  for (let row = 0; row < streams.count; row++) {
    const chain = weights.subarray(row * network.depth, (row + 1) * network.depth);
    drawChain(network, streams.key, streams.first + row, chain);
  }
  return weights;
}

/** One chain's weights into `chain`, of length `depth`. */
export function drawChain(network: Chain, key: StreamKey, replicate: number, chain: Float64Array): void {
  const stream = openStream(key, replicate, LANES.weights);
  for (let at = 0; at < network.depth; at++)
    fillWeights(network.init, { weights: chain, at, fanIn: 1, fanOut: 1 }, stream);
}
