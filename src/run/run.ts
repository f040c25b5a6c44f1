import { writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { TierName } from "../claim/claim.ts";
import { ENGINES_SECTION_VERSION, type EngineComparison } from "../claim/engine-comparison.ts";
import { sealed } from "../claim/evidence/digests.ts";
import type { Instrument, OpenedEngine } from "../claim/instrument.ts";
import { type Evidence, type Provenance, RESULT_SCHEMA_VERSION, type Result } from "../claim/result.ts";
import type { ComputingEngine } from "./decide/below-rounding.ts";
import { gatherEvidence } from "./decide/gather-evidence.ts";
import { compareEngines } from "./engines/compare-engines.ts";
import type { RunEvent } from "./events.ts";
import { codeReader } from "./files/code/code-hash.ts";
import { type JournalHeader, openJournal } from "./files/journal.ts";
import { makeFolders } from "./files/make-folders.ts";
import { writeResult } from "./files/result-file.ts";
import { createSampleFiles } from "./files/sample-files.ts";
import { type SampleKey, sampleKeyer } from "./files/sample-key.ts";
import { openStore } from "./files/store.ts";
import { describeMachine, usableCores } from "./machine.ts";
import { type Plan, type PlannedClaim, type PlannedSeries, planRun } from "./plan/plan.ts";
import { usefulWorkers } from "./plan/useful-workers.ts";
import { programCoder } from "./program/program-code.ts";
import { openProgramPool } from "./program/program-pool.ts";
import { createProgress } from "./progress.ts";
import { type Bench, benchSampler, secondSampler, type Workshop } from "./sample/bench.ts";
import type { EarlyWorkers } from "./sample/early-workers.ts";
import { openPool } from "./sample/pool.ts";
import { claimsOfShard, type Shard } from "./shard/shard.ts";
import { markOf, writeShard } from "./shard/shard-file.ts";

export interface RunOptions {
  readonly claims: readonly PlannedClaim[];
  readonly tier: TierName;
  readonly seed: string;
  /** That the claims' experiments are written for. */
  readonly instrument: Instrument;
  /** Its evidence is the result. */
  readonly engine: string;
  /** Engines that decide every claim as well, to be compared with it. */
  readonly others?: readonly string[];
  /** Folder of the result: new or empty, unless `resume`. */
  readonly out: string;
  /** Folder of stored samples, shared by runs. */
  readonly store: string;
  readonly resume?: boolean;
  /** Run only this part of the claims: the file written is then a shard, which is no result until it is merged. */
  readonly shard?: Shard;
  /** Worker processes; by default one a core, and one for what takes no time. */
  readonly workers?: number;
  /** Some of them that were started before: they are ended with the run. */
  readonly early?: EarlyWorkers;
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
  // a clock that is set back meanwhile gives no negative times
  const secondsSince = (moment: number) => Math.max(0, effects.now() - moment) / 1000;
  const { instrument } = options;
  const engine = await instrument.identify(options.engine);
  const others = await Promise.all((options.others ?? []).map(instrument.identify));
  const whole = planRun(options.claims, options.tier, options.seed);
  const plan = options.shard ? planRun(claimsOfShard(whole, options.shard), options.tier, options.seed) : whole;
  const readCode = codeReader();
  const programCode = programCoder();
  const keyers = [engine, ...others].map((each) => remembered(sampleKeyer(each, instrument, readCode, programCode)));
  const out = resolve(options.out);
  const store = await openStore(resolve(options.store), (reason) => {
    effects.emit({ kind: "warning", text: `${reason}; samples are used and not kept` });
  });
  const cache = resolve(options.store, "data");
  const header = headerOf(whole, [engine, ...others], keyers);
  const journal = await openJournal(out, { ...header, ...shardText(options.shard) }, options.resume ?? false);
  const rates = [engine, ...others].map(({ name }) => instrument.rates(name));
  const workers = options.workers ?? usefulWorkers(plan, rates, usableCores());
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const heard = heardOnce(effects);
  const pool = openPool({ signal, heard, early: options.early });
  const programs = openProgramPool({ signal, heard, failed: keepErrors(out, effects) });
  const workshop = { plan, instrument, store, pool, programs, cache, journal, workers, timeout: options.timeout };
  try {
    signal.throwIfAborted();
    const bench = openBench(workshop, { engine, keyOf: keyers[0]!, effects });
    effects.emit({ kind: "started", workers, out });
    const files = createSampleFiles(join(out, "samples"));
    const sampler = benchSampler(workshop, bench);
    const { progress } = bench;
    const evidence = await gatherEvidence({
      ...{ plan, sampler, files, progress, workers },
      emit: effects.emit,
      engine: computing(instrument, engine),
    });
    const engines = await compareAll({ workshop, whole, bench, evidence, others, keyers: keyers.slice(1), effects });
    const seconds = secondsSince(started);
    const provenance = {
      ...effects.versions,
      command: [...effects.versions.command],
      engine: { name: engine.name, versions: { ...engine.versions } },
      ...describeMachine(),
      workers,
      startedAt: new Date(started).toISOString(),
      seconds,
      ...programsOf(plan, programCode),
      code: codeOf(plan, keyers[0]!),
      ...progress.totals(),
      samples: files.index(),
    };
    const result: Result = sealed({ schema: RESULT_SCHEMA_VERSION, evidence, provenance, ...engines });
    const path = join(out, "result.json");
    if (options.shard) await writeShard(path, sealed({ ...result, shard: markOf(header, options.shard) }));
    else await writeResult(path, result);
    effects.emit({ kind: "finished", result: path, seconds });
    return result;
  } finally {
    stop.abort(new Error("the run has ended"));
    programs.close();
    await pool.close();
    await journal.close();
  }
}

/** Lines that experiments print and are passed on: a program in a loop must not fill a log. */
const MOST_LINES = 20;

/** Tells the first lines that experiments print, each text once. */
function heardOnce({ emit }: RunEffects): (line: string) => void {
  const told = new Set<string>();
  return (line) => {
    if (told.has(line) || told.size >= MOST_LINES) return;
    told.add(line);
    const more = told.size === MOST_LINES ? " (and no more is shown)" : "";
    emit({ kind: "warning", text: `an experiment printed: ${line.slice(0, 200)}${more}` });
  };
}

/** What programs are run by, by their words. */
function programsOf(plan: Plan, codeOf: ReturnType<typeof programCoder>): Pick<Provenance, "programs"> {
  const found = [...plan.series.values()].flatMap(({ experiment }) => {
    const { origin } = experiment;
    if (origin?.by !== "program") return [];
    const versions = [...codeOf(experiment, origin).versions];
    return [[origin.argv.join(" "), versions] as [string, string[]]];
  });
  return found.length === 0 ? {} : { programs: Object.fromEntries(found.sort(byFirst)) };
}

/** What a program wrote to standard error before it failed is kept beside the result. */
function keepErrors(out: string, { emit }: RunEffects): (experiment: string, errors: string) => void {
  return (experiment, errors) => {
    if (errors.trim() === "") return;
    const path = join(out, "errors", `${experiment.replace(/[^A-Za-z0-9._-]+/g, "-")}.txt`);
    makeFolders(dirname(path));
    writeFileSync(path, errors);
    emit({
      kind: "warning",
      text: `experiment ${experiment} failed; all that it wrote to standard error is in ${path}`,
    });
  };
}

type KeyOf = (series: PlannedSeries) => SampleKey;

function openBench(
  { plan, workers, journal }: Workshop,
  { engine, keyOf, effects }: { readonly engine: OpenedEngine; readonly keyOf: KeyOf; readonly effects: RunEffects },
): Bench {
  const earlier = journal.earlier.filter((chunk) => chunk.engine === engine.name);
  return { engine, keyOf, progress: createProgress({ plan, workers, effects, earlier }) };
}

function computing(instrument: Instrument, { name }: OpenedEngine): ComputingEngine {
  return { name, unitRoundoff: instrument.unitRoundoff(name) };
}

interface ComparingAll {
  readonly workshop: Workshop;
  readonly whole: Plan;
  readonly bench: Bench;
  readonly evidence: Evidence;
  readonly others: readonly OpenedEngine[];
  readonly keyers: readonly KeyOf[];
  readonly effects: RunEffects;
}

/** One engine after the other, so that each has the machine to itself. */
async function compareAll({
  workshop,
  whole,
  bench,
  evidence,
  others,
  keyers,
  effects,
}: ComparingAll): Promise<Pick<Result, "engines">> {
  const found: EngineComparison[] = [];
  const estimates = whole.arms.reduce((sum, { arm }) => sum + arm.units.length, 0);
  for (const [index, engine] of others.entries()) {
    const started = effects.now();
    effects.emit({ kind: "engine", name: engine.name });
    const other = openBench(workshop, { engine, keyOf: keyers[index]!, effects });
    const { plan, workers } = workshop;
    const sampler = benchSampler(workshop, other);
    const claims = await compareEngines({
      deciding: {
        ...{ plan, sampler },
        progress: other.progress,
        emit: effects.emit,
        engine: computing(workshop.instrument, engine),
      },
      evidence,
      primary: secondSampler(workshop, bench),
      apart: workshop.instrument.apart(bench.engine.name, engine.name),
      workers,
      estimates,
    });
    const { computed, found: reused } = other.progress.totals();
    const seconds = (effects.now() - started) / 1000;
    const { name, versions } = engine;
    found.push({ engine: { name, versions: { ...versions } }, seconds, computed, found: reused, claims });
  }
  return found.length === 0 ? {} : { engines: { version: ENGINES_SECTION_VERSION, others: found } };
}

function shardText(shard: Shard | undefined): Pick<JournalHeader, "shard"> {
  return shard === undefined ? {} : { shard: `${shard.index}/${shard.count}` };
}

/** Keys are asked for once a chunk; hashing setups and files once a series is enough. */
function remembered(keyer: KeyOf): KeyOf {
  const known = new Map<string, SampleKey>();
  return (series) => {
    const key = known.get(series.stream) ?? keyer(series);
    known.set(series.stream, key);
    return key;
  };
}

function headerOf(plan: Plan, engines: readonly OpenedEngine[], keyers: readonly KeyOf[]): JournalHeader {
  const claims = plan.claims.map(({ claim, suite, share }) => [
    `${suite.name}: ${claim.id}`,
    `${plan.hashes.get(claim.id)} share ${share} of ${suite.errors.falseVerdict} ${suite.errors.undecided}`,
  ]);
  const code = [...plan.series.values()].map((series) => {
    const codes = keyers.map((keyOf) => keyOf(series).code);
    return [
      series.experiment.name,
      [codes[0]![0], ...codes.map(([, engine]) => engine)].map(({ hash }) => hash).join(" "),
    ];
  });
  return {
    plateauJournal: 2,
    tier: plan.tier,
    seed: plan.seed,
    engine: engines.map(({ name }) => name).join(","),
    claims: Object.fromEntries(claims.sort(byFirst)),
    code: Object.fromEntries(code.sort(byFirst)),
  };
}

/** Of the experiments alone: the engine is named with its versions. */
function codeOf(plan: Plan, keyOf: KeyOf): Record<string, string> {
  const entries = [...plan.series.values()].map((series) => [series.experiment.name, keyOf(series).code[0].hash]);
  return Object.fromEntries(entries.sort(byFirst));
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}
