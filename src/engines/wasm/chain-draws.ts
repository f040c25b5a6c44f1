import { drawChain, requireChain } from "../../networks/chain-weights.ts";
import type { Chain } from "../../networks/network.ts";
import { LANES, type StreamKey, type StreamRange } from "../../numerics/stream.ts";
import { type DrawKernels, KEY_BYTES, placeKey } from "./draw-kernels.ts";
import type { Kernels } from "./module.ts";
import { layoutFrom, provide } from "./network-plan.ts";
import { requireReplicates } from "./replicates.ts";

/** Bytes that `openChainDraws` takes. */
export function chainDrawBytes(depth: number): number {
  return KEY_BYTES + rowBytesOf(depth);
}

/** Draws of one chain: at most two float64s a weight, whatever the law. */
export function rowBytesOf(depth: number): number {
  return 16 * depth;
}

export interface ChainDraws {
  /** The weights of one replicate, into an array of length `depth`. */
  readonly draw: (replicate: number, chain: Float64Array) => void;
  /** What they are made of, `rowBytesOf(depth)` bytes from address `out` on. */
  readonly fill: (replicate: number, out: number) => void;
  /** Weight i is (factor * u - shift) * scale, where u is the float64 that stands `drawBytes` * i bytes from the first. */
  readonly drawBytes: number;
  readonly factor: number;
  readonly shift: number;
  readonly scale: number;
}

/**
 * Draws what `drawChain` gives, byte for byte. Takes `chainDrawBytes` from address `at` on, of a memory that must not grow meanwhile.
 * Gaussian and uniform laws are drawn by kernels; the others, a block or a rejection loop a weight, gain nothing and
 * are drawn by the reference.
 */
export function openChainDraws(kernels: Kernels<DrawKernels>, at: number, network: Chain, key: StreamKey): ChainDraws {
  const { functions, memory } = kernels;
  const { depth, init } = network;
  placeKey(functions, at, key);
  switch (init.law) {
    case "gaussian": {
      // A layer of one weight takes one Gaussian, the first of its block.
      const fill = (replicate: number, out: number) =>
        functions.fillGaussian(0, replicate, LANES.weights, at, out, 2 * depth);
      return drawsOf(kernels, at, depth, { fill, drawBytes: 16, factor: 1, shift: 0, scale: Math.sqrt(init.gain) });
    }
    case "uniform": {
      const fill = (replicate: number, out: number) =>
        functions.fillUniform(0, replicate, LANES.weights, at, out, depth);
      const scale = Math.sqrt(3) * Math.sqrt(init.gain);
      return drawsOf(kernels, at, depth, { fill, drawBytes: 8, factor: 2, shift: 1, scale });
    }
    default: {
      const draw = (replicate: number, chain: Float64Array) => drawChain(network, key, replicate, chain);
      const fill = (replicate: number, out: number) => draw(replicate, new Float64Array(memory.buffer, out, depth));
      return { draw, fill, drawBytes: 8, factor: 1, shift: 0, scale: 1 };
    }
  }
}

function drawsOf({ memory }: Kernels<unknown>, at: number, depth: number, draws: Omit<ChainDraws, "draw">): ChainDraws {
  const { fill, drawBytes, factor, shift, scale } = draws;
  const row = at + KEY_BYTES;
  const drawn = new Float64Array(memory.buffer, row, rowBytesOf(depth) / 8);
  return {
    ...draws,
    draw: (replicate, chain) => {
      fill(replicate, row);
      for (let layer = 0; layer < depth; layer++) {
        chain[layer] = (factor * drawn[(layer * drawBytes) / 8]! - shift) * scale;
      }
    },
  };
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
  const { draw } = openChainDraws(kernels, drawsAt, network, streams.key);
  const weights = new Float64Array(streams.count * depth);
  for (let row = 0; row < streams.count; row++) {
    draw(streams.first + row, weights.subarray(row * depth, (row + 1) * depth));
  }
  return weights;
}
