import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { join, resolve } from "node:path";
import { type AdversaryCalibration, adversaryTable } from "../../calibration/adversary/adversary-table.ts";
import type { JudgesCalibration } from "../../calibration/judges/calibrate-judges.ts";
import { judgeTable } from "../../calibration/judges/judge-table.ts";
import type { SuiteCalibration } from "../../calibration/suites/calibrate-suites.ts";
import { suiteTable } from "../../calibration/suites/suite-table.ts";
import { readProject } from "../../project/project.ts";
import { findRoots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { writeAtomically } from "../../run/files/atomic-file.ts";
import { makeFolders } from "../../run/files/make-folders.ts";
import { discoverSuites, type FoundSuite } from "../../run/plan/discover.ts";
import { defineCommand } from "../arguments/command.ts";
import { MOST_WORKERS, parseCount } from "../arguments/option-values.ts";
import { openCalibrator } from "../calibrator.ts";
import { UsageError } from "../errors.ts";

const MOST_TRIALS = 1e9;
export default defineCommand({
  name: "calibrate",
  summary: "Measure how often judges and whole suites err, on synthetic values whose true answer is known.",
  usage: "calibrate [suite…] [options]",
  notes: [
    "Writes judges, adversary and suites, each as .md and .json, suites one by one as they are done. Equal options give equal files, whatever the number of workers. With names only those suites are measured anew: the tables keep the rest. All together take hours of processor time: what was interrupted goes on with --missing.",
    "Exit 1 if a promised error rate is exceeded beyond chance.",
  ],
  examples: [
    { command: "calibrate", does: "the committed tables in docs/calibration" },
    { command: "calibrate SUITE", does: "the part of them that is about one suite" },
    { command: "calibrate --only adversary --missing", does: "rows for the claims that are new or have other sizes" },
    { command: "calibrate --trials 10000 --suites 100 --out calibration", does: "a quick look" },
  ],
  options: {
    trials: {
      type: "string",
      default: "100000",
      placeholder: "N",
      description: "trials of the cheapest judges at each level; dear ones take a stated part",
    },
    suites: {
      type: "string",
      default: "10000",
      placeholder: "N",
      description: "simulated runs of each suite in each setting",
    },
    adversary: {
      type: "string",
      default: "200",
      placeholder: "N",
      description: "trials of the adversary's worst laws",
    },
    only: { type: "string", placeholder: "TABLE", description: "judges, adversary or suites alone" },
    missing: {
      type: "boolean",
      description: "keep the rows that the tables have, and measure what they lack or what a claim has changed",
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
    const attacks = parseCount("--adversary", values.adversary, MOST_TRIALS);
    const only = tableNamed(positionals.length === 0 ? values.only : "suites");
    const all = await discoverSuites(roots.suites);
    const chosen = positionals.length === 0 ? all : suitesNamed(positionals, all);
    const calibrator = openCalibrator(workers, io);
    const table = async <T>(name: Table, text: (found: T) => string, measure: Measure<T>): Promise<T> =>
      only === undefined || only === name
        ? measure((found) => writeTables(out, name, text(found), found))
        : readTable<T>(out, name);
    try {
      const known = async <T extends { readonly seed: number }>(name: Table): Promise<T | undefined> =>
        values.missing ? ofSeed(await readTable<T>(out, name), seed, name) : undefined;
      const judges = await table<JudgesCalibration>("judges", judgeTable, async (write) =>
        written(write, await calibrator.judges(trials, seed, await known("judges"))),
      );
      const adversary = await table<AdversaryCalibration>("adversary", adversaryTable, async (write) => {
        const rows = (await known<AdversaryCalibration>("adversary"))?.rows;
        const found = await calibrator.adversary(all, attacks, seed, rows);
        return written(write, { seed, trials: attacks, rows: found });
      });
      const names = all.map(({ suite }) => suite.name);
      const page = (found: readonly SuiteCalibration[]) => suiteTable(found, names);
      const suites = await table<readonly SuiteCalibration[]>("suites", page, async (write) => {
        const isAdded = positionals.length > 0 || values.missing;
        const before = isAdded ? await readTable<readonly SuiteCalibration[]>(out, "suites") : [];
        if (values.missing) for (const each of before) ofSeed(each, seed, "suites");
        let found = inOrder(
          all,
          before.filter(({ suite }) => !positionals.includes(suite)),
        );
        const lacking = chosen.filter(({ suite }) => !found.some((other) => other.suite === suite.name));
        // what is kept may be on a page of an older version, or beside suites that are there no more
        if (lacking.length === 0) return written(write, found);
        for (const each of lacking) {
          found = inOrder(all, [...found, ...(await calibrator.suite(each, runs, seed))]);
          await write(found);
        }
        return found;
      });
      const found: Tables = { judges, adversary, suites };
      io.stdout(values.json ? `${JSON.stringify(found, null, 2)}\n` : summary(found, out));
      return isKept(found) ? EXIT.holds : EXIT.failed;
    } finally {
      await calibrator.close();
    }
  },
});

const TABLES = ["judges", "adversary", "suites"] as const;
type Table = (typeof TABLES)[number];

/** Measures a table and writes it, as often as something of it is done that an interruption must not lose. */
type Measure<T> = (write: Write<T>) => Promise<T>;
type Write<T> = (found: T) => Promise<void>;

async function written<T>(write: Write<T>, found: T): Promise<T> {
  await write(found);
  return found;
}

interface Tables {
  readonly judges: JudgesCalibration;
  readonly adversary: AdversaryCalibration;
  readonly suites: readonly SuiteCalibration[];
}

function tableNamed(name: string | undefined): Table | undefined {
  const table = TABLES.find((each) => each === name);
  if (name === undefined || table !== undefined) return table;
  throw new UsageError(`--only takes ${TABLES.join(", ")}, got ${name}`);
}

function suitesNamed(names: readonly string[], all: readonly FoundSuite[]): readonly FoundSuite[] {
  const unknown = names.find((name) => !all.some(({ suite }) => suite.name === name));
  if (unknown === undefined) return all.filter(({ suite }) => names.includes(suite.name));
  throw new UsageError(`no suite is called ${unknown}, suites are ${all.map(({ suite }) => suite.name).join(" ")}`);
}

/** Rows of another seed would stand beside those of this one as if they were of one run. */
function ofSeed<T extends { readonly seed: number }>(table: T, seed: number, name: Table): T {
  if (table.seed === seed) return table;
  throw new UsageError(`--missing adds to ${name} of seed ${table.seed}, got seed ${seed}`);
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
    throw new UsageError(`calibrate of a part adds to ${path}, which cannot be read: ${(error as Error).message}`);
  }
}

async function writeTables(folder: string, name: string, text: string, data: unknown): Promise<void> {
  await writeAtomically(join(folder, `${name}.md`), text);
  await writeAtomically(join(folder, `${name}.json`), `${JSON.stringify(data, finiteOrNull, 2)}\n`);
}

/** JSON has no infinities: a width that no number of replicates detects is null. */
function finiteOrNull(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? null : value;
}

function isKept({ judges: { counted, tilted }, adversary, suites }: Tables): boolean {
  return [...counted, ...tilted, ...adversary.rows, ...suites.flatMap(({ rows }) => rows)].every(({ kept }) => kept);
}

function summary({ judges, adversary, suites }: Tables, out: string): string {
  const rows = [...judges.counted, ...judges.tilted, ...adversary.rows];
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
