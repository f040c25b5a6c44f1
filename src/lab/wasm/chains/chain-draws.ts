import { LANES, type StreamKey, type StreamRange } from "../../../numerics/stream.ts";
import { drawChain } from "../../draws/chain-weights.ts";
import type { Chain, Initialisation } from "../../networks/network.ts";
import { KEY_BYTES, placeKey } from "../draw-kernels.ts";
import type { Kernels } from "../module.ts";
import { layoutFrom, provide } from "../network-plan.ts";
import { type ChainPlaces, openPlaces, placeChain, placesBytes } from "./chain-frame.ts";

/** Bytes that `openChainDraws` takes. */
export function chainDrawBytes(depth: number): number {
  return KEY_BYTES + 16 * depth;
}

export interface ChainDraws {
  /** The weights of one replicate, into an array of length `depth`. */
  readonly draw: (replicate: number, chain: Float64Array) => void;
  /** Those of `wanted` replicates, from `replicate` on, into the first places; into the others anything. */
  readonly place: (replicate: number, wanted: number, places: ChainPlaces) => void;
}

/**
 * Draws what `drawChain` gives, byte for byte. Takes `chainDrawBytes` from address `at` on, of a memory that must not grow meanwhile.
 * Gaussian and uniform laws are drawn by kernels; the others, a block or a rejection loop a weight, gain nothing and
 * are drawn by the reference.
 */
export function openChainDraws({ functions, memory }: Kernels, at: number, network: Chain, key: StreamKey): ChainDraws {
  const { depth, init } = network;
  const values = at + KEY_BYTES;
  const draws = new Float64Array(memory.buffer, values, 2 * depth);
  const scale = scaleOf(init);
  const { weights: lane } = LANES;
  placeKey(functions, at, key);
  switch (init.law) {
    case "gaussian":
      return {
        draw: (replicate, chain) => {
          // A layer of one weight takes one Gaussian, the first of its block.
          functions.fillGaussian(0, replicate, lane, at, values, 2 * depth);
          for (let layer = 0; layer < depth; layer++) chain[layer] = draws[2 * layer]! * scale;
        },
        place: (replicate, _wanted, places) =>
          functions.placeGaussianChains(places.at, depth, places.stride, replicate, lane, at, scale),
      };
    case "uniform":
      return {
        draw: (replicate, chain) => {
          functions.fillUniform(0, replicate, lane, at, values, depth);
          for (let layer = 0; layer < depth; layer++) chain[layer] = (2 * draws[layer]! - 1) * scale;
        },
        place: (replicate, _wanted, places) =>
          functions.placeUniformChains(places.at, depth, places.stride, replicate, lane, at, scale),
      };
    default: {
      const draw = (replicate: number, chain: Float64Array) => drawChain(network, key, replicate, chain);
      const chain = new Float64Array(depth);
      return {
        draw,
        place: (replicate, wanted, places) => {
          for (let place = 0; place < wanted; place++) {
            draw(replicate + place, chain);
            placeChain(places, place, chain);
          }
        },
      };
    }
  }
}

function scaleOf(init: Initialisation): number {
  return init.law === "uniform" ? Math.sqrt(3) * Math.sqrt(init.gain) : Math.sqrt(init.gain);
}

/** Weights of chains, as `chainWeights` of src/lab/draws/chain-weights.ts. */
export function chainWeights(
  kernels: Kernels,
  request: { readonly network: Chain; readonly streams: StreamRange },
): Float64Array {
  const { network, streams } = request;
  const { depth } = network;
  const { chains } = kernels;
  const stride = 8 * chains;
  const layout = layoutFrom(kernels.heapBase);
  const drawsAt = layout.take(chainDrawBytes(depth));
  const placesAt = layout.take(placesBytes(chains, depth, stride));
  const rowsAt = layout.take(8 * chains * depth);
  provide(kernels, layout);
  const { place } = openChainDraws(kernels, drawsAt, network, streams.key);
  const places = openPlaces(kernels, placesAt, depth, stride);
  const rows = new Float64Array(kernels.memory.buffer, rowsAt, chains * depth);
  const weights = new Float64Array(streams.count * depth);
  for (let first = 0; first < streams.count; first += chains) {
    const here = Math.min(chains, streams.count - first);
    place(streams.first + first, here, places);
    kernels.functions.readChains(placesAt, depth, stride, rowsAt);
    weights.set(rows.subarray(0, here * depth), first * depth);
  }
  return weights;
}
