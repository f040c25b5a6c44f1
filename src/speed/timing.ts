import { min } from "simple-statistics";
import { Bench } from "tinybench";
import type { SpeedWork } from "./speed-case.ts";

/** A stretch of calls to be timed: the same on both sides, so that both do the same work. */
export interface Stretch {
  /** Number of the first call. */
  readonly first: number;
  /** Calls that are timed as one, so that the clock costs nothing beside them. */
  readonly batch: number;
  /** How many such batches. */
  readonly batches: number;
}

export interface Timing {
  /** Milliseconds of processor time of the quickest batch: what disturbs a machine only ever adds. */
  readonly milliseconds: number;
  /** Units that all batches did. */
  readonly units: number;
}

/**
 * Processor time of this process, so that what else the machine does is not counted. Its step is a microsecond or so;
 * the system adds the time of V8's own threads (compiling, collecting), which belongs to the work.
 */
export function processorMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Times one stretch of a case's calls with tinybench. */
export async function timeStretch(work: SpeedWork, stretch: Stretch): Promise<Timing> {
  const { first, batch, batches } = stretch;
  const options = { iterations: batches, time: 0, warmup: false, retainSamples: true, throws: true } as const;
  const bench = new Bench({ ...options, now: processorMilliseconds });
  let call = first;
  let units = 0;
  const runBatch = () => {
    for (let done = 0; done < batch; done++) units += work(call++);
  };
  bench.add("batch", runBatch, { async: false });
  await bench.run();
  const result = bench.tasks[0]?.result;
  if (result?.state !== "completed") throw new Error(`a timing requires a completed run, got ${result?.state}`);
  return { milliseconds: min([...(result.latency.samples ?? [])]), units };
}

/** Calls that together take at least `milliseconds`: found by doubling, which warms the code up as well. */
export async function batchFor(work: SpeedWork, milliseconds: number): Promise<number> {
  for (let batch = 1; ; batch *= 2) {
    const found = await timeStretch(work, { first: 0, batch, batches: 2 });
    if (found.milliseconds >= milliseconds) return batch;
  }
}
