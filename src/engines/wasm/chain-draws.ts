import { drawChain, requireChain } from "../../networks/chain-weights.ts";
import type { Chain, Initialisation } from "../../networks/network.ts";
import { LANES, type StreamKey, type StreamRange } from "../../numerics/stream.ts";
import { type DrawKernels, KEY_BYTES, placeKey } from "./draw-kernels.ts";
import type { Kernels } from "./module.ts";
import { layoutFrom, provide } from "./network-plan.ts";
import { requireReplicates } from "./replicates.ts";

/** Bytes that `openChainDraws` takes. */
export function chainDrawBytes(depth: number): number {
  return KEY_BYTES + 16 * depth;
}

/**
 * Draws the weights of one chain after another into arrays of length `depth`: what `drawChain` gives, byte for byte. Takes
 * `chainDrawBytes` from address `at` on, of a memory that must not grow meanwhile. Gaussian and uniform laws are drawn by kernels;
 * the others, a block or a rejection loop a weight, gain nothing and are drawn by the reference.
 */
export function openChainDraws(
  { functions, memory }: Kernels<DrawKernels>,
  at: number,
  network: Chain,
  key: StreamKey,
): (replicate: number, chain: Float64Array) => void {
  const { depth, init } = network;
  const values = at + KEY_BYTES;
  const draws = new Float64Array(memory.buffer, values, 2 * depth);
  placeKey(functions, at, key);
  switch (init.law) {
    case "gaussian":
      return (replicate, chain) => {
        functions.fillGaussian(0, replicate, LANES.weights, at, values, 2 * depth);
        spread(draws, init, chain);
      };
    case "uniform":
      return (replicate, chain) => {
        functions.fillUniform(0, replicate, LANES.weights, at, values, depth);
        stretch(draws, init, chain);
      };
    default:
      return (replicate, chain) => drawChain(network, key, replicate, chain);
  }
}

/** Weights of chains, as `chainWeights` of src/networks/chain-weights.ts. */
export function chainWeights(
  kernels: Kernels<DrawKernels>,
  request: { readonly network: Chain; readonly streams: StreamRange },
): Float64Array {
  const { network, streams } = request;
  requireChain(network);
  const { depth } = network;
  requireReplicates(streams);
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  provide(kernels, layout);
  const draw = openChainDraws(kernels, drawsAt, network, streams.key);
  const weights = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    draw(streams.first + row, weights.subarray(row * depth, (row + 1) * depth));
  }
  return weights;
}

/** A layer of one weight takes one Gaussian, the first of its block. */
function spread(draws: Float64Array, init: Initialisation, chain: Float64Array): void {
  const scale = Math.sqrt(init.gain);
  for (let layer = 0; layer < chain.length; layer++) chain[layer] = draws[2 * layer]! * scale;
}

function stretch(draws: Float64Array, init: Initialisation, chain: Float64Array): void {
  const scale = Math.sqrt(3) * Math.sqrt(init.gain);
  for (let layer = 0; layer < chain.length; layer++) chain[layer] = (2 * draws[layer]! - 1) * scale;
}
