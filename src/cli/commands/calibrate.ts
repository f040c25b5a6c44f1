import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { Piscina } from "piscina";
import type { CalibrationTask } from "../../calibration/calibration-task.ts";
import type { JudgesCalibration } from "../../calibration/judges/calibrate-judges.ts";
import { JUDGE_CASES } from "../../calibration/judges/judge-cases.ts";
import { judgeTable } from "../../calibration/judges/judge-table.ts";
import type { ArmEvents } from "../../calibration/suites/arm-events.ts";
import {
  SUITE_DEFAULTS,
  SUITE_LEANS,
  type SuiteCalibration,
  settingsOf,
  summariseSuite,
} from "../../calibration/suites/calibrate-suites.ts";
import { suiteArms } from "../../calibration/suites/suite-arms.ts";
import { suiteTable } from "../../calibration/suites/suite-table.ts";
import { TILTED_CASES } from "../../calibration/tilted/tilted-cases.ts";
import type { Lean } from "../../predictions/synthetic/standard-law.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { makeFolders } from "../../run/files/make-folders.ts";
import { discoverSuites, type FoundSuite } from "../../run/plan/discover.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { MOST_WORKERS, parseCount } from "../arguments/option-values.ts";
import { InterruptedError, UsageError } from "../errors.ts";

const MOST_TRIALS = 1e9;
/** Tilted trials are drawn where errors happen: a twentieth of the counted ones has standard errors of a few percent. */
const TILTED_PART = 0.05;

export default defineCommand({
  name: "calibrate",
  summary: "Measure how often judges and whole suites err, on synthetic values whose true answer is known.",
  usage: "calibrate [suite…] [options]",
  notes: [
    "Writes judges.md, judges.json, suites.md and suites.json. Equal options give equal files, whatever the number of workers. With names only those suites are measured anew: the tables keep the rest. All together take hours of processor time.",
    "Exit 1 if a promised error rate is exceeded beyond chance.",
  ],
  examples: [
    { command: "calibrate", does: "the committed tables in docs/calibration" },
    { command: "calibrate SUITE", does: "the part of them that is about one suite" },
    { command: "calibrate --trials 10000 --suites 100 --out calibration", does: "a quick look" },
  ],
  options: {
    trials: {
      type: "string",
      default: "1000000",
      placeholder: "N",
      description: "trials of the cheapest judges at each level; dear ones take a stated part",
    },
    suites: {
      type: "string",
      default: "10000",
      placeholder: "N",
      description: "simulated runs of each suite in each setting",
    },
    seed: { type: "string", placeholder: "N", description: "32-bit seed (default: the project's, as for runs)" },
    workers: { type: "string", placeholder: "N", description: "worker threads (default: one a core)" },
    out: { type: "string", default: "docs/calibration", placeholder: "DIR", description: "folder of the tables" },
  },
  positionals: { min: 0, max: Infinity, what: "names of suites" },
  run: async ({ values, positionals }, io) => {
    const trials = parseCount("--trials", values.trials, MOST_TRIALS);
    const runs = parseCount("--suites", values.suites, MOST_TRIALS);
    const roots = findRoots(values.root, io);
    const seed = parseCount("--seed", values.seed ?? readProject(roots.repository).seed, 2 ** 32 - 1);
    const workers =
      values.workers === undefined ? availableParallelism() : parseCount("--workers", values.workers, MOST_WORKERS);
    const out = resolve(io.cwd, values.out);
    makeFolders(out);
    const all = await discoverSuites(roots.suites);
    const chosen = positionals.length === 0 ? all : suitesNamed(positionals, all);
    const calibrator = openCalibrator(workers, io);
    try {
      const judges =
        positionals.length === 0
          ? await calibrator.judges(trials, seed)
          : await readTable<JudgesCalibration>(out, "judges");
      await writeTables(out, "judges", judgeTable(judges), judges);
      const kept = positionals.length === 0 ? [] : await readTable<readonly SuiteCalibration[]>(out, "suites");
      const found = inOrder(all, [
        ...kept.filter(({ suite }) => !positionals.includes(suite)),
        ...(await calibrator.suites(chosen, runs, seed)),
      ]);
      await writeTables(out, "suites", suiteTable(found), found);
      io.stdout(values.json ? `${JSON.stringify({ judges, suites: found }, null, 2)}\n` : summary(judges, found, out));
      return isKept(judges, found) ? EXIT.holds : EXIT.failed;
    } finally {
      await calibrator.close();
    }
  },
});

function suitesNamed(names: readonly string[], all: readonly FoundSuite[]): readonly FoundSuite[] {
  const unknown = names.find((name) => !all.some(({ suite }) => suite.name === name));
  if (unknown === undefined) return all.filter(({ suite }) => names.includes(suite.name));
  throw new UsageError(`no suite is called ${unknown}, suites are ${all.map(({ suite }) => suite.name).join(" ")}`);
}

/** Tables of suites that are there still, by suite; those of one suite in the order of `SUITE_LEANS`. */
function inOrder(all: readonly FoundSuite[], tables: readonly SuiteCalibration[]): readonly SuiteCalibration[] {
  return all.flatMap(({ suite }) => tables.filter((table) => table.suite === suite.name));
}

/** What an earlier run of the command wrote, this version's own file. */
async function readTable<T>(folder: string, name: string): Promise<T> {
  const path = join(folder, `${name}.json`);
  try {
    return JSON.parse(await readFile(path, "utf8")) as T;
  } catch (error) {
    throw new UsageError(`calibrate with names adds to ${path}, which cannot be read: ${(error as Error).message}`);
  }
}

async function writeTables(folder: string, name: string, text: string, data: unknown): Promise<void> {
  await writeFile(join(folder, `${name}.md`), text);
  await writeFile(join(folder, `${name}.json`), `${JSON.stringify(data, finiteOrNull, 2)}\n`);
}

/** JSON has no infinities: a width that no number of replicates detects is null. */
function finiteOrNull(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

interface Calibrator {
  readonly judges: (trials: number, seed: number) => Promise<JudgesCalibration>;
  readonly suites: (suites: readonly FoundSuite[], runs: number, seed: number) => Promise<readonly SuiteCalibration[]>;
  readonly close: () => Promise<void>;
}

/** Runs of one arm a task: some seconds at most, so that workers end together and Ctrl-C is heard. */
const RUNS_A_TASK = 100;

function openCalibrator(workers: number, io: Io): Calibrator {
  const pool = new Piscina<CalibrationTask, ArmEvents | JudgesCalibration>({
    filename: new URL("../../calibration/calibration-task.js", import.meta.url).href,
    minThreads: workers,
    maxThreads: workers,
  });
  const all = async (label: string, tasks: readonly CalibrationTask[]) => {
    const answers: (ArmEvents | JudgesCalibration)[] = [];
    let next = 0;
    let done = 0;
    const lane = async () => {
      while (next < tasks.length) {
        const index = next++;
        answers[index] = await pool.run(tasks[index]!, { signal: io.signal });
        done += 1;
        report(io, label, done, tasks.length);
      }
    };
    try {
      await Promise.all(Array.from({ length: workers }, lane));
    } catch (error) {
      if (io.signal.aborted) throw new InterruptedError("tables that were not finished are not written");
      throw error;
    }
    return answers;
  };
  return {
    judges: async (trials, seed) => {
      const counted = JUDGE_CASES.map((_, index) => ({ kind: "counted" as const, index, trials, seed }));
      const part = Math.ceil(trials * TILTED_PART);
      const tilted = TILTED_CASES.map((_, index) => ({ kind: "tilted" as const, index, trials: part, seed }));
      return merged((await all("judges", [...tilted, ...counted])) as JudgesCalibration[]);
    },
    suites: async (suites, runs, seed) => {
      const tables: SuiteCalibration[] = [];
      for (const { suite, path } of suites) {
        for (const lean of SUITE_LEANS) {
          const tasks = tasksOf(suite, pathToFileURL(path).href, { runs, seed, lean });
          const events = (await all(`suite ${suite.name}, tails ${lean.tails}`, tasks)) as ArmEvents[];
          tables.push(summariseSuite(suite, events, { ...SUITE_DEFAULTS, lean, trials: runs, seed }));
        }
      }
      return tables;
    },
    close: () => pool.destroy(),
  };
}

function tasksOf(
  suite: FoundSuite["suite"],
  module: string,
  { runs, seed, lean }: { readonly runs: number; readonly seed: number; readonly lean: Lean },
): readonly CalibrationTask[] {
  const { tier } = SUITE_DEFAULTS;
  return suiteArms(suite, tier).arms.flatMap((named, arm) =>
    settingsOf(named).flatMap((setting) =>
      Array.from({ length: Math.ceil(runs / RUNS_A_TASK) }, (_, chunk): CalibrationTask => {
        const from = chunk * RUNS_A_TASK;
        const to = Math.min(runs, from + RUNS_A_TASK);
        return { kind: "arm", module, tier, arm, runs: { setting, from, to, seed, lean } };
      }),
    ),
  );
}

function merged(parts: readonly JudgesCalibration[]): JudgesCalibration {
  return {
    ...parts[0]!,
    counted: parts.flatMap(({ counted }) => counted),
    tilted: parts.flatMap(({ tilted }) => tilted),
  };
}

function report({ stderr, isTTY }: Io, label: string, done: number, all: number): void {
  if (isTTY) stderr(`\r\u001b[2K${label}: ${done} of ${all}${done === all ? "\n" : ""}`);
  // In a log a line for each tenth of the work is enough.
  else if (Math.floor((10 * done) / all) > Math.floor((10 * (done - 1)) / all)) {
    stderr(`${label}: ${done} of ${all}\n`);
  }
}

function isKept({ counted, tilted }: JudgesCalibration, suites: readonly SuiteCalibration[]): boolean {
  return [...counted, ...tilted, ...suites.flatMap(({ rows }) => rows)].every(({ kept }) => kept);
}

function summary(judges: JudgesCalibration, suites: readonly SuiteCalibration[], out: string): string {
  const rows = [...judges.counted, ...judges.tilted];
  const broken = rows.filter(({ kept }) => !kept);
  const lines = [
    `${rows.length - broken.length} of ${rows.length} error rates of judges are as promised`,
    ...broken.map(({ judge, law, alpha }) => `  exceeded: ${judge}, ${law}, alpha ${alpha}`),
    ...suites.flatMap(({ suite, lean, rows: settings }) =>
      settings
        .filter(({ promised }) => promised !== null)
        .map(({ setting, event, rate, promised, kept }) => {
          const verdict = kept ? "as promised" : "exceeded";
          return `${suite}, tails ${lean.tails}, ${setting}: ${event} in ${rate.events} of ${rate.trials} runs, ${promised} promised: ${verdict}`;
        }),
    ),
    `tables: ${out}`,
  ];
  return `${lines.join("\n")}\n`;
}
