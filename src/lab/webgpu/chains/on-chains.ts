import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import { drawChain } from "../../draws/chain-weights.ts";
import type { Chain } from "../../networks/network.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import type { Program } from "../machine/assembler.ts";
import { runProgram, threadsInAJob } from "../machine/run-program.ts";

export interface DrawnChains {
  readonly network: Chain;
  readonly streams: StreamRange;
}

/**
 * Runs a program that ends itself, whose registers begin with a chain's weights and then its results, on each chain. Calls `see` with one
 * after another: its index among the streams, its weights and its results.
 */
export function onChains(
  device: Device,
  { network, streams }: DrawnChains,
  { program, results }: { readonly program: Program; readonly results: number },
  see: (row: number, chain: Float64Array, results: Float64Array) => void,
): void {
  const { depth } = network;
  inBatches(device, { count: streams.count, largest: threadsInAJob(device, program) }, (from, count) => {
    const first = streams.first + from;
    const start = drawColumns(network, { ...streams, first, count });
    const { registers } = runProgram(device, {
      ...{ program, count, start, last: 0, every: 1, records: 0, reads: depth + results },
      stream: { key: streams.key, first, lane: LANES.noise },
    });
    for (let row = 0; row < count; row++) {
      const read = (begin: number, length: number) => columnOf(registers, { begin, length, row, count });
      see(from + row, read(0, depth), read(depth, results));
    }
  });
}

/** Chains of the CPU's draws, a row of all of them a layer. */
export function drawColumns(network: Chain, { key, first, count }: StreamRange): Float64Array {
  const columns = new Float64Array(count * network.depth);
  const chain = new Float64Array(network.depth);
  for (let row = 0; row < count; row++) {
    drawChain(network, key, first + row, chain);
    for (let layer = 0; layer < network.depth; layer++) columns[layer * count + row] = chain[layer]!;
  }
  return columns;
}

/** What thread `row` of `count` has in `length` registers from `begin` on. */
export function columnOf(
  registers: Float64Array,
  { begin, length, row, count }: { begin: number; length: number; row: number; count: number },
): Float64Array {
  return Float64Array.from({ length }, (_, index) => registers[(begin + index) * count + row]!);
}
