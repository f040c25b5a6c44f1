import { LANES, type StreamRange } from "../../../numerics/stream.ts";
import type { Chain } from "../../networks/network.ts";
import { inBatches } from "../batches.ts";
import type { Device } from "../device/device.ts";
import { runProgram, threadsInAJob } from "../machine/run-program.ts";
import { type ChainSteps, chainProgram } from "./chain-program.ts";
import { columnOf, drawColumns } from "./on-chains.ts";

export interface ChainRun extends Omit<ChainSteps, "depth" | "records"> {
  readonly network: Chain;
  readonly streams: StreamRange;
  /** Steps from one record of the output to the next; absent for escapes. */
  readonly recordEvery?: number;
}

/** What is known of some chains, from `first` on (counted from the request's first). */
export interface FollowedChains {
  readonly first: number;
  readonly count: number;
  /** Weights after the last step. */
  readonly end: (row: number) => Float64Array;
  readonly outputs: (row: number) => Float64Array;
  /** Steps done, and whether the chain escaped with the last. */
  readonly steps: (row: number) => number;
  readonly hasEscaped: (row: number) => boolean;
}

/** Chains drawn on the CPU, `depth` draws each, take all their steps on the device. Calls `see` with some of them after another. */
export function followChains(device: Device, run: ChainRun, see: (chains: FollowedChains) => void): void {
  const { network, streams, steps, recordEvery } = run;
  const { depth } = network;
  const records = recordEvery === undefined ? 0 : 1 + steps / recordEvery;
  const program = chainProgram({ ...run, depth, ...(recordEvery === undefined ? {} : { records }) });
  inBatches(device, { count: streams.count, largest: threadsInAJob(device, program) }, (first, count) => {
    const start = drawColumns(network, { ...streams, first: streams.first + first, count });
    const {
      registers,
      steps: done,
      isOut,
    } = runProgram(device, {
      ...{ program, count, start, last: steps, stepsARound: 1 },
      stream: { key: streams.key, first: streams.first + first, lane: LANES.noise },
      ...{ every: recordEvery ?? 1, records: depth, reads: depth + records },
    });
    see({
      ...{ first, count, steps: done, hasEscaped: isOut },
      end: (row) => columnOf(registers, { begin: 0, length: depth, row, count }),
      outputs: (row) => columnOf(registers, { begin: depth, length: records, row, count }),
    });
  });
}
