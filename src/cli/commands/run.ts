import { resolve } from "node:path";
import type { Result } from "../../claim/result.ts";
import { readAbstracts } from "../../project/abstracts.ts";
import { type GitState, gitState } from "../../project/git-state.ts";
import type { KnownClaim } from "../../project/known-claims.ts";
import { type Project, readProject } from "../../project/project.ts";
import { findRoots, type Roots } from "../../project/roots.ts";
import { EXIT, type ExitCode } from "../../report/exit-code.ts";
import { exitOf } from "../../report/result-exit.ts";
import type { RunEvent } from "../../run/events.ts";
import { usableCores } from "../../run/machine.ts";
import { type RunOptions, run as runClaims } from "../../run/run.ts";
import { type EarlyWorkers, startEarly } from "../../run/sample/early-workers.ts";
import type { Shard } from "../../run/shard/shard.ts";
import { abstractClaims, abstractsOf } from "../abstract/abstract-claims.ts";
import { abstractOf } from "../abstract/abstract-words.ts";
import type { Named } from "../arguments/claim-names.ts";
import { type Arguments, defineCommand, type Io, type Options } from "../arguments/command.ts";
import { MOST_WORKERS, parseCount, parseEngines, parseTier } from "../arguments/option-values.ts";
import { claimsAsked } from "../claim-list.ts";
import { InterruptedError, UsageError } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { progressOn } from "../progress.ts";
import { pointToLatest, pointToUnfinished, shownPath, storeFolder } from "../result-place.ts";
import { type AskedRun, runRequest } from "../run-request.ts";
import { version } from "../version.ts";

/** A day: a longer limit is none. */
const MOST_SECONDS = 86_400;

const options = {
  tier: { type: "string", placeholder: "TIER", description: "how much evidence: smoke, full or deep (default: smoke)" },
  engine: {
    type: "string",
    placeholder: "NAME",
    description: `what computes, see plateau doctor; NAME,NAME compares all others with the first (default: ${INSTRUMENT.defaultEngineIs})`,
  },
  fast: {
    type: "boolean",
    description: `the engine ${INSTRUMENT.fast?.engine}: fused and single-precision arithmetic, never compared by bytes`,
  },
  seed: {
    type: "string",
    placeholder: "N",
    description: `master seed, a whole number, or fresh for a new one (default: the project's)`,
  },
  workers: {
    type: "string",
    placeholder: "N",
    description: "worker processes (default: one a core, or one for work of a moment)",
  },
  out: {
    type: "string",
    placeholder: "DIR",
    description: "folder of the result, new or empty (default: results/<time>-<tier>)",
  },
  resume: { type: "boolean", description: "go on with the run in --out, or the last one; nothing else need be named" },
  store: {
    type: "string",
    placeholder: "DIR",
    description: "where samples are kept and found (default: .plateau/samples of the project)",
  },
  shard: {
    type: "string",
    placeholder: "I/N",
    description: "only the I-th of N parts, or auto: from a Slurm array or Kubernetes indexed job (needs --out)",
  },
  timeout: {
    type: "string",
    placeholder: "SECONDS",
    description: "limit of one piece of work (default: from its predicted cost)",
  },
  abstract: {
    type: "boolean",
    description:
      "what the abstract says (suites/<paper>/abstract.json), of the papers named or of all, as far as claims of grade stated carry it, at the full tier",
  },
  within: {
    type: "string",
    placeholder: "SECONDS",
    description: "of --abstract the cheapest claims, as far as so much predicted computing goes",
  },
  verbose: { type: "boolean", description: "show every cell and every control" },
  quiet: { type: "boolean", description: "show what does not hold, and one sentence" },
} as const satisfies Options;

export default defineCommand({
  name: "run",
  summary: "Decide claims: draw their samples, judge them, write the result and show it.",
  usage: "run [suite|claim…] [options]",
  notes: [
    "Without a name everything found is run. A claim may be named by a unique ending of its id. Samples that are in the store are not computed again. Ctrl-C loses at most the samples in the making; --resume goes on.",
    "With several engines the first one's evidence is the result; each other decides every claim as well, and is compared by verdicts and, replicate by replicate, by estimates. Exit 1 if one supports what another refutes or is outside its derived bound; what an engine refuses is listed as unsupported and fails nothing, unless the first refuses it: such a claim is skipped, exit 3.",
    "A shard gives no verdict: it exits 0 once its part of the evidence is written, and plateau merge judges.",
  ],
  examples: [
    { command: "run", does: "every claim of every suite at the smoke tier" },
    { command: "run --abstract --within 40", does: "what the abstract says, decided with all the evidence" },
    { command: "run SUITE CLAIM --tier full", does: "a suite and one claim more, with all their evidence" },
    { command: "run --seed fresh", does: "another draw: was the committed seed a lucky one?" },
    { command: "run SUITE --engine wasm,tensorflow", does: "each claim on both, compared" },
    { command: "run --shard 2/4 --out shards/2", does: "a quarter; then plateau merge shards/* --out DIR" },
    { command: "run --resume", does: "go on with the interrupted run" },
  ],
  options,
  positionals: { min: 0, max: Infinity, what: "names of suites or claims" },
  run: async (args, io) => {
    const early = startWorkers(args);
    try {
      return await prepareAndRun(args, early, io);
    } finally {
      early?.end();
    }
  },
});

/** Most workers that are started before it is known how many the claims need, or whether their samples are in the store. */
const MOST_EARLY = 2;

/** With the default engine where another one will be named by the journal of the run that is gone on with: it costs a little time. */
function startWorkers({ values, positionals }: Arguments<typeof options>): EarlyWorkers | undefined {
  const cores = usableCores();
  if (cores === 1 || values.help) return undefined;
  const fast = values.fast ? INSTRUMENT.fast?.engine : undefined;
  const engine = fast ?? values.engine?.split(",")[0] ?? INSTRUMENT.defaultEngine().engine;
  // one claim is likely to need no second one, which would only hold up the first
  const wanted = Number(values.workers ?? (positionals.length === 1 ? 1 : cores));
  return startEarly(Math.min(MOST_EARLY, wanted || 1), { instrument: INSTRUMENT.module, engine });
}

async function prepareAndRun(
  args: Arguments<typeof options>,
  early: EarlyWorkers | undefined,
  io: Io,
): Promise<ExitCode> {
  const { values } = args;
  const { repository, suites } = findRoots(values.root, io);
  const commit = gitState(repository);
  const { request, all } = await prepare(args, { repository, suites }, io);
  if (values.seed === "fresh") io.stderr(`fresh seed ${request.seed}\n`);
  const result = await runWithProgress({ ...request, ...(early && { early }) }, commit, io);
  const path = resolve(request.out, "result.json");
  if (request.shard !== undefined)
    return tellShard({ ...request, shard: request.shard }, result, { path, json: values.json, io });
  const exit = exitOf(result);
  if (values.json) {
    io.stdout(`${JSON.stringify({ path, exit, ...result }, null, 2)}\n`);
    return exit;
  }
  const { terminalReport } = await loadReport();
  const { columns, color } = io;
  const { verbose, quiet } = values;
  const abstract = abstractOf(result, repository, all);
  io.stdout(terminalReport(result, { columns, color, path: shownPath(path, io), verbose, quiet, abstract }));
  return exit;
}

/** Begun while workers compute, it takes no time at the end. */
function loadReport(): Promise<typeof import("../../report/terminal/terminal.ts")> {
  return import("../../report/terminal/terminal.ts");
}

/** A part decides nothing about the run: what it says is how to go on. */
function tellShard(
  { shard: { index, count }, claims, out }: RunOptions & { readonly shard: Shard },
  result: Result,
  { path, json, io }: { readonly path: string; readonly json: boolean; readonly io: Io },
): ExitCode {
  const { computed, found } = result.provenance;
  const part = `shard ${index} of ${count}: ${result.evidence.claims.length} of ${claims.length} claims`;
  io.stdout(
    json
      ? `${JSON.stringify({ path, exit: EXIT.holds, shard: { index, count }, ...result }, null, 2)}\n`
      : `${part}, ${computed} replicates computed, ${found} found; in ${shownPath(out, io)}, for plateau merge\n`,
  );
  return EXIT.holds;
}

async function prepare(
  { values, positionals }: Arguments<typeof options>,
  roots: Pick<Roots, "suites" | "repository">,
  io: Io,
): Promise<{ readonly request: RunOptions; readonly all: readonly Named[] }> {
  const { tier, seed, engine, fast, out, shard, resume } = values;
  const limit = values.timeout === undefined ? {} : { timeout: parseCount("--timeout", values.timeout, MOST_SECONDS) };
  const workers =
    values.workers === undefined ? {} : { workers: parseCount("--workers", values.workers, MOST_WORKERS) };
  const { imported, all } = await claimsAsked(values.abstract ? [] : positionals, roots.suites);
  const project = readProject(roots.repository);
  const asked = { names: positionals, tier, seed, engine, fast, out, shard, resume };
  const request = await runRequest(
    values.abstract
      ? ofAbstract(
          asked,
          { all: imported, project, workers: usableCores(), ...workers, roots, within: values.within },
          io,
        )
      : asked,
    { all: imported, project },
    io,
  );
  const store = storeFolder(values.store, io);
  const given = { ...request, ...limit, ...workers, instrument: INSTRUMENT, store, resume, signal: io.signal };
  return { request: given, all };
}

/** The names of the claims that carry the abstract in place of none. */
function ofAbstract(
  asked: AskedRun,
  {
    all,
    project,
    workers,
    roots,
    within,
  }: {
    readonly all: readonly KnownClaim[];
    readonly project: Pick<Project, "seed">;
    readonly workers: number;
    readonly roots: Pick<Roots, "repository">;
    readonly within: string | undefined;
  },
  io: Pick<Io, "stderr">,
): AskedRun {
  if (asked.resume) throw new UsageError("run takes --resume or --abstract, got two");
  const tier = parseTier(asked.tier ?? "full");
  const engines = parseEngines(asked.engine, asked.fast, io);
  const names = abstractClaims(all, abstractsOf(asked.names, readAbstracts(roots.repository)), {
    ...{ tier, seed: project.seed, rates: INSTRUMENT.rates(engines[0]), workers },
    within: within === undefined ? Infinity : parseCount("--within", within, MOST_SECONDS),
  });
  return { ...asked, engine: engines.join(","), names, tier };
}

async function runWithProgress(request: RunOptions, git: Promise<GitState>, io: Io): Promise<Result> {
  const { claims, tier, seed, engine, others = [], out, shard } = request;
  const progress = progressOn(io);
  const pointing: Promise<void>[] = [];
  // the last result is what report and compare show: a part is none. A pointer that cannot be written costs no run: only the
  // path must then be named
  const leave = (point: typeof pointToLatest) => {
    if (shard === undefined) pointing.push(point(io, out).catch(() => undefined));
  };
  const emit = (event: RunEvent) => {
    if (event.kind === "started") {
      leave(pointToUnfinished);
      // what goes wrong goes wrong again when it is needed
      loadReport().catch(() => undefined);
    }
    if (event.kind === "finished") leave(pointToLatest);
    progress.emit(event);
  };
  const names = claims.map(({ claim }) => claim.id);
  const part = shard === undefined ? [] : ["--shard", `${shard.index}/${shard.count}`];
  const command = [
    "plateau",
    "run",
    ...names,
    "--tier",
    tier,
    "--seed",
    seed,
    "--engine",
    [engine, ...others].join(","),
    ...part,
  ];
  const { commit, dirty } = await git;
  const versions = { plateau: version(), commit, dirty, command };
  try {
    return await runClaims(request, { emit, now: () => io.now().getTime(), versions });
  } catch (error) {
    if (!io.signal.aborted) throw error;
    throw new InterruptedError(`what was computed is kept: plateau run --resume --out ${shownPath(out, io)}`);
  } finally {
    progress.close();
    for (const pointed of pointing) await pointed;
  }
}
