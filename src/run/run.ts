import { join, resolve } from "node:path";
import type { TierName } from "../claim/claim.ts";
import type { DatasetName } from "../claim/experiment.ts";
import { RESULT_SCHEMA_VERSION, type Result } from "../claim/result.ts";
import type { EngineName } from "../engines/engine.ts";
import { engineNamed } from "../engines/engines.ts";
import type { Dataset } from "../numerics/dataset.ts";
import { codeHasher } from "./code-hash.ts";
import { loadDataset } from "./datasets.ts";
import type { RunEvent } from "./events.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { type Journal, type JournalHeader, openJournal } from "./journal.ts";
import { describeMachine, usableCores } from "./machine.ts";
import { type Plan, type PlannedClaim, type PlannedSeries, planRun } from "./plan.ts";
import { openPool, type Pool } from "./pool.ts";
import { createProgress, type Progress } from "./progress.ts";
import { writeResult } from "./result-file.ts";
import { createSampleFiles } from "./sample-files.ts";
import { type SampleKey, sampleKeyer } from "./sample-key.ts";
import { createSampler } from "./sampler.ts";
import { claimsOfShard, type Shard } from "./shard.ts";
import { markOf, writeShard } from "./shard-file.ts";
import { slots } from "./slots.ts";
import { openStore } from "./store.ts";

export interface RunOptions {
  readonly claims: readonly PlannedClaim[];
  readonly tier: TierName;
  readonly seed: string;
  readonly engine: EngineName;
  /** Folder of the result: new or empty, unless `resume`. */
  readonly out: string;
  /** Folder of stored samples, shared by runs. */
  readonly store: string;
  readonly resume?: boolean;
  /** Run only this part of the claims: the file written is then a shard, which is no result until it is merged. */
  readonly shard?: Shard;
  /** Worker threads; one a core by default. */
  readonly workers?: number;
  /** Seconds that a chunk may take, instead of a limit derived from its predicted cost. */
  readonly timeout?: number;
  /** Aborted by Ctrl-C: the run then rejects with the signal's reason and can be resumed. */
  readonly signal?: AbortSignal;
}

/** What a run needs from the world besides files: passed in, so that nothing in here reads a clock or a repository. */
export interface RunEffects {
  readonly emit: (event: RunEvent) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly versions: {
    readonly plateau: string;
    readonly commit: string | null;
    readonly dirty: boolean | null;
    readonly command: readonly string[];
  };
}

/**
 * Runs claims: plan, samples from the store or from workers, verdicts, and `result.json` with the raw samples in `out`.
 * Evidence depends on claims, tier, seed and code alone: never on workers, order, interruptions or what the store held.
 *
 * A cell that crashes or hangs is evidence; what stops the run is thrown: `ClaimError`, `DatasetError`, `JournalError`,
 * `StoreError`, `ResultFileError`, `UnsupportedError`, and the signal's reason. All that was finished by then is kept.
 */
export async function run(options: RunOptions, effects: RunEffects): Promise<Result> {
  const started = effects.now();
  const engine = engineNamed(options.engine);
  const whole = planRun(options.claims, options.tier, options.seed);
  const plan = options.shard ? planRun(claimsOfShard(whole, options.shard), options.tier, options.seed) : whole;
  const keyOf = remembered(sampleKeyer(options.engine, codeHasher()));
  const out = resolve(options.out);
  const store = await openStore(resolve(options.store));
  const data = await loadAll(plan.data, resolve(options.store, "data"));
  const header = headerOf(whole, options.engine, keyOf);
  const journal = await openJournal(out, { ...header, ...shardText(options.shard) }, options.resume ?? false);
  const workers = options.workers ?? usableCores();
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const pool = openPool({ workers, signal });
  try {
    signal.throwIfAborted();
    const progress = createProgress({ plan, workers, effects, earlier: journal.earlier });
    effects.emit({ kind: "started", workers, out });
    const files = createSampleFiles(join(out, "samples"));
    const sampler = createSampler({
      store,
      keyOf,
      inSlot: slots(workers),
      compute: computeWith({ pool, plan, options, data, keyOf, progress }),
      onReplicates: recordWith(journal, progress),
      ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    });
    const evidence = await gatherEvidence({ plan, sampler, files, progress, emit: effects.emit, workers });
    const seconds = (effects.now() - started) / 1000;
    const provenance = {
      ...effects.versions,
      command: [...effects.versions.command],
      engine: { name: engine.name, versions: { ...engine.versions } },
      ...describeMachine(),
      workers,
      startedAt: new Date(started).toISOString(),
      seconds,
      ...progress.totals(),
      samples: files.index(),
    };
    const result: Result = { schema: RESULT_SCHEMA_VERSION, evidence, provenance };
    const path = join(out, "result.json");
    if (options.shard) await writeShard(path, { ...result, shard: markOf(header, options.shard) });
    else await writeResult(path, result);
    effects.emit({ kind: "finished", result: path, seconds });
    return result;
  } finally {
    stop.abort(new Error("the run has ended"));
    await pool.close();
    await journal.close();
  }
}

function shardText(shard: Shard | undefined): Pick<JournalHeader, "shard"> {
  return shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` };
}

/** Keys are asked for once a chunk; hashing setups and files once a series is enough. */
function remembered(keyer: (series: PlannedSeries) => SampleKey): (series: PlannedSeries) => SampleKey {
  const known = new Map<string, SampleKey>();
  return (series) => {
    const key = known.get(series.stream) ?? keyer(series);
    known.set(series.stream, key);
    return key;
  };
}

type Data = { readonly [name in DatasetName]?: Dataset };

async function loadAll(names: readonly DatasetName[], cache: string): Promise<Data> {
  const loaded: { [name in DatasetName]?: Dataset } = {};
  for (const name of names) loaded[name] = await loadDataset(name, cache);
  return loaded;
}

function headerOf(plan: Plan, engine: EngineName, keyOf: (series: PlannedSeries) => SampleKey): JournalHeader {
  const claims = plan.claims.map(({ claim, suite, share }) => [
    `${suite.name}: ${claim.id}`,
    `${plan.hashes.get(claim.id)} share ${share} of ${suite.errors.falseVerdict} ${suite.errors.undecided}`,
  ]);
  const code = [...plan.series.values()].map((series) => {
    const [experiment, engineCode] = keyOf(series).code;
    return [series.experiment.name, `${experiment.hash} ${engineCode.hash}`];
  });
  return {
    plateauJournal: 1,
    tier: plan.tier,
    seed: plan.seed,
    engine,
    claims: Object.fromEntries(claims.sort(byFirst)),
    code: Object.fromEntries(code.sort(byFirst)),
  };
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}

interface Computing {
  readonly pool: Pool;
  readonly plan: Plan;
  readonly options: RunOptions;
  readonly data: Data;
  readonly keyOf: (series: PlannedSeries) => SampleKey;
  readonly progress: Progress;
}

function computeWith({ pool, plan, options, data, keyOf, progress }: Computing) {
  return async (series: PlannedSeries, range: { readonly first: number; readonly count: number }, limit: number) => {
    const needed = (series.experiment.data ?? []).map((name) => [name, data[name]]);
    const task = {
      address: series.address,
      seed: plan.seed,
      stream: series.stream,
      range,
      engine: options.engine,
      code: keyOf(series).code,
      data: Object.fromEntries(needed) as Data,
    };
    return progress.timed(series, range, () => pool.compute(task, limit));
  };
}

function recordWith(journal: Journal, progress: Progress) {
  return async (
    series: PlannedSeries,
    range: { readonly first: number; readonly count: number },
    from: "store" | "worker",
  ): Promise<void> => {
    const seconds = progress.done(series, range, from);
    if (from === "worker") await journal.append({ stream: series.stream, ...range, claim: series.claim, seconds });
  };
}
