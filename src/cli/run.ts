import { resolve } from "node:path";
import { terminalReport } from "../report/terminal.ts";
import type { RunEvent } from "../run/events.ts";
import { usableCores } from "../run/machine.ts";
import { run as runClaims } from "../run/run.ts";
import { selectClaims } from "./claim-names.ts";
import { defineCommand, type Io } from "./command.ts";
import { InterruptedError } from "./errors.ts";
import { gitState } from "./git-state.ts";
import { knownClaims } from "./known-claims.ts";
import { MASTER_SEED, MOST_WORKERS, parseCount, parseEngine, parseSeed, parseTier } from "./option-values.ts";
import { progressOn } from "./progress.ts";
import { exitOf } from "./result-exit.ts";
import { latestFolder, newResultFolder, pointToLatest, shownPath } from "./result-place.ts";
import { findRoots } from "./roots.ts";
import { version } from "./version.ts";

export default defineCommand({
  name: "run",
  summary: "Decide claims: draw their samples, judge them, write the result and show it.",
  usage: "run <suite|claim…> [options]",
  notes: [
    "A claim may be named by a unique ending of its id. Samples that are in the store are not computed again. Ctrl-C loses at most the samples in the making; --resume goes on.",
  ],
  examples: [
    { command: "run vanishing escape", does: "both suites at the smoke tier" },
    { command: "run critical-width-is-linear-in-depth --tier full", does: "one claim, with all its evidence" },
    { command: "run vanishing --seed fresh", does: "another draw: was the committed seed a lucky one?" },
    { command: "run vanishing --tier full --out results/a --resume", does: "go on with an interrupted run" },
  ],
  options: {
    tier: {
      type: "string",
      default: "smoke",
      placeholder: "TIER",
      description: "how much evidence: smoke, full or deep",
    },
    engine: {
      type: "string",
      default: "reference",
      placeholder: "NAME",
      description: "what computes; see plateau doctor",
    },
    seed: {
      type: "string",
      default: MASTER_SEED,
      placeholder: "N",
      description: "master seed, a whole number, or fresh for a new one",
    },
    workers: { type: "string", placeholder: "N", description: "worker threads (default: one a core)" },
    out: {
      type: "string",
      placeholder: "DIR",
      description: "folder of the result, new or empty (default: results/<time>-<tier>)",
    },
    resume: { type: "boolean", description: "go on with the run in --out, or with the last one" },
    store: {
      type: "string",
      default: ".plateau/samples",
      placeholder: "DIR",
      description: "where samples are kept and found",
    },
    verbose: { type: "boolean", description: "show every cell and every control" },
  },
  positionals: { min: 1, max: Infinity, what: "the name of a suite or claim (plateau list shows them)" },
  run: async ({ values, positionals }, io) => {
    const tier = parseTier(values.tier);
    const engine = parseEngine(values.engine);
    const seed = parseSeed(values.seed);
    const workers =
      values.workers === undefined ? usableCores() : parseCount("--workers", values.workers, MOST_WORKERS);
    const roots = findRoots(values.root, io);
    const claims = selectClaims(positionals, await knownClaims(roots.suites));
    const out = await outFolder(values.out, values.resume, tier, io);
    if (values.seed === "fresh") io.stderr(`fresh seed ${seed}\n`);
    const progress = progressOn(io);
    let pointed: Promise<void> | undefined;
    const emit = (event: RunEvent) => {
      if (event.kind === "started") pointed = pointToLatest(io, out);
      progress.emit(event);
    };
    const command = ["plateau", "run", ...positionals, "--tier", tier, "--seed", seed, "--engine", engine];
    const { commit, dirty } = await gitState(roots.repository);
    try {
      const result = await runClaims(
        {
          claims,
          tier,
          seed,
          engine,
          out,
          store: resolve(io.cwd, values.store),
          resume: values.resume,
          workers,
          signal: io.signal,
        },
        { emit, now: () => io.now().getTime(), versions: { plateau: version(), commit, dirty, command } },
      );
      progress.close();
      const path = resolve(out, "result.json");
      const exit = exitOf(result.evidence);
      io.stdout(
        values.json
          ? `${JSON.stringify({ path, exit, ...result }, null, 2)}\n`
          : terminalReport(result, {
              columns: io.columns,
              color: io.color,
              path: shownPath(path, io),
              verbose: values.verbose,
            }),
      );
      return exit;
    } catch (error) {
      progress.close();
      if (io.signal.aborted)
        throw new InterruptedError(`what was computed is kept: add --resume --out ${shownPath(out, io)}`);
      throw error;
    } finally {
      // a pointer that cannot be written only means that the path must be named
      await pointed?.catch(() => undefined);
    }
  },
});

async function outFolder(named: string | undefined, resume: boolean, tier: string, io: Io): Promise<string> {
  if (named !== undefined) return resolve(io.cwd, named);
  return resume ? await latestFolder(io) : newResultFolder(io, tier);
}
