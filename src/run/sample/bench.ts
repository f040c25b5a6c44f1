import type { Instrument, OpenedEngine } from "../../claim/instrument.ts";
import type { Journal } from "../files/journal.ts";
import type { SampleKey } from "../files/sample-key.ts";
import type { ReplicateRange, SampleStore } from "../files/store.ts";
import type { Plan, PlannedSeries } from "../plan/plan.ts";
import type { ProgramPool } from "../program/program-pool.ts";
import type { Progress } from "../progress.ts";
import type { Pool } from "./pool.ts";
import { createSampler, type Sampler } from "./sampler.ts";
import { type InSlot, slots } from "./slots.ts";

/** What all engines of a run work with. */
export interface Workshop {
  readonly plan: Plan;
  readonly instrument: Instrument;
  readonly store: SampleStore;
  readonly pool: Pool;
  readonly programs: ProgramPool;
  /** Folder in which data sets are kept. */
  readonly cache: string;
  readonly journal: Journal;
  readonly workers: number;
  /** Seconds that a chunk may take, instead of a limit derived from its predicted cost. */
  readonly timeout: number | undefined;
}

/** An engine's place in a run: its own keys in the store, so that samples of two engines never mix, and its own count of work. */
export interface Bench {
  readonly engine: OpenedEngine;
  readonly keyOf: (series: PlannedSeries) => SampleKey;
  readonly progress: Progress;
}

/** A sampler that computes with the bench's engine, tells its progress and writes to the journal. */
export function benchSampler(workshop: Workshop, bench: Bench): Sampler {
  const { journal } = workshop;
  return sampler(workshop, bench, async (series, range, from) => {
    const seconds = bench.progress.done(series, range, from);
    if (from === "store") return;
    const { stream, claim } = series;
    await journal.append({ engine: bench.engine.name, stream, ...range, claim, seconds });
  });
}

/** A sampler that finds again what a bench has made, and counts none of it. */
export function secondSampler(workshop: Workshop, bench: Bench): Sampler {
  return sampler(workshop, bench, () => undefined);
}

function sampler(
  { plan, instrument, store, pool, programs, cache, workers, timeout }: Workshop,
  { engine, keyOf, progress }: Bench,
  onReplicates: Parameters<typeof createSampler>[0]["onReplicates"],
): Sampler {
  const compute = async (series: PlannedSeries, range: ReplicateRange, limit: number) => {
    if (series.experiment.origin?.by === "program") {
      return progress.timed(series, range, () => programs.compute(series, range, limit));
    }
    const task = {
      address: series.address,
      seed: plan.seed,
      stream: series.stream,
      range,
      instrument: instrument.module,
      engine: engine.name,
      code: keyOf(series).code,
      cache,
    };
    return progress.timed(series, range, () => pool.compute(task, limit));
  };
  const limit = timeout === undefined ? {} : { timeout };
  const together = instrument.together?.(engine.name) ?? 1;
  return createSampler({ store, keyOf, inSlot: placesOn(workers), compute, onReplicates, together, ...limit });
}

/** Cores for what workers and programs compute; programs that take the GPU wait for each other and take no core from the rest. */
function placesOn(workers: number): (series: PlannedSeries) => InSlot {
  const cores = slots(workers);
  const gpu = slots(1);
  return ({ experiment: { origin } }) => {
    if (origin?.by !== "program") return cores;
    const { takes } = origin;
    return takes === "gpu" ? gpu : (work) => cores(work, takes.cores);
  };
}
