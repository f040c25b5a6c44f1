import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { gitState } from "../../project/git-state.ts";
import { knownClaims } from "../../project/known-claims.ts";
import { readProject } from "../../project/project.ts";
import { findRoots, packageRoot, type Roots } from "../../project/roots.ts";
import { EXIT } from "../../report/exit-code.ts";
import { type Check, checksText, inShort } from "../../report/terminal/checks-text.ts";
import { usableCores } from "../../run/machine.ts";
import { discoverSuites } from "../../run/plan/discover.ts";
import { type Plan, planRun } from "../../run/plan/plan.ts";
import { type ProgramCode, programCoder } from "../../run/program/program-code.ts";
import { loadDataset } from "../../run/sample/datasets.ts";
import { defineCommand, type Io } from "../arguments/command.ts";
import { checkEngine } from "../engine-check.ts";
import { knownMessage } from "../errors.ts";
import { INSTRUMENT } from "../instrument.ts";
import { storeFolder } from "../result-place.ts";
import { version } from "../version.ts";

/** Oldest Node.js that package.json allows. */
const OLDEST_NODE = [20, 19] as const;
/** What a run may use at most, with room for the system. */
const LEAST_MEMORY = 2 ** 30;
const GIB = 2 ** 30;

export default defineCommand({
  name: "doctor",
  summary: "Look at this machine: what works, and why the rest does not.",
  usage: "doctor [options]",
  notes: [
    "Each engine is opened and computes in a process of its own, so that one that crashes or hangs is only reported.",
    "Exit 0: everything that a run needs works. 2: something that it needs is broken.",
  ],
  examples: [
    { command: "doctor", does: "one line an engine, with the command that cures what is missing" },
    { command: "doctor --verbose", does: "why something is missing, and every version" },
    { command: "doctor --json", does: "for a bug report" },
  ],
  options: {
    verbose: { type: "boolean", description: "every version, and the whole reason why something is missing" },
  },
  positionals: { min: 0, max: 0, what: "no names" },
  run: async ({ values }, io) => {
    const roots = findRoots(values.root, io);
    const checks: readonly Check[] = [
      checkNode(),
      checkMachine(),
      ...(await checkEngines()),
      await attempt("suites", roots.suites, () => discoverSuites(roots.suites)),
      ...(await checkExperiments(roots, join(storeFolder(undefined, io), "data"))),
      await checkWriting(io),
      await checkCommit(roots.repository),
    ];
    const broken = checks.some(({ state }) => state === "broken");
    const exit = broken ? EXIT.misuse : EXIT.holds;
    io.stdout(
      values.json
        ? `${JSON.stringify({ plateau: version(), exit, checks }, null, 2)}\n`
        : `plateau ${version()}\n${checksText(values.verbose ? checks : checks.map(inShort), io)}`,
    );
    return exit;
  },
});

async function checkEngines(): Promise<readonly Check[]> {
  return Promise.all(INSTRUMENT.engines.map(async (engine) => ({ ...(await checkEngine(engine)), engine })));
}

/** Of suites that cannot be found or planned nothing is known: another check has said so. */
async function checkExperiments({ suites, repository }: Roots, cache: string): Promise<readonly Check[]> {
  const plan = await knownClaims(suites)
    .then((claims) => planRun(claims, "full", readProject(repository).seed))
    .catch(() => undefined);
  if (plan === undefined) return [];
  const data = plan.data.map((input) => attempt("data set", input.name, () => loadDataset(input, cache)));
  return [...(await Promise.all(data)), ...(await checkPrograms(plan))];
}

/** Each command of experiments that are programs, once: without it their claims are skipped. */
async function checkPrograms({ series }: Plan): Promise<readonly Check[]> {
  const codeOf = programCoder();
  const checks = new Map<string, Check>();
  for (const { experiment } of series.values()) {
    const { origin } = experiment;
    if (origin?.by !== "program" || checks.has(origin.argv.join(" "))) continue;
    const words = origin.argv.join(" ");
    const found = await attempt("program", words, async () => codeOf(experiment, origin));
    if (found.state === "broken") checks.set(words, found);
    else checks.set(words, programCheck(words, codeOf(experiment, origin)));
  }
  return [...checks.values()];
}

function programCheck(words: string, { versions }: ProgramCode): Check {
  const missing = versions.filter((version) => version.endsWith(" is missing"));
  const detail = `${words}: ${versions.join(", ")}`;
  if (missing.length === 0) return { name: "program", state: "works", detail };
  return { name: "program", state: "absent", detail: `${detail}; claims that need it are skipped` };
}

function checkNode(): Check {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const [needMajor, needMinor] = OLDEST_NODE;
  const works = major > needMajor || (major === needMajor && minor >= needMinor);
  const detail = works ? process.version : `${process.version} is too old, needed ${needMajor}.${needMinor} or later`;
  return { name: "node", state: works ? "works" : "broken", detail };
}

function checkMachine(): Check {
  const memory = totalmem();
  const detail = `${usableCores()} cores (${cpus()[0]?.model.trim() ?? "unknown"}), ${(memory / GIB).toFixed(1)} GiB of memory`;
  return { name: "machine", state: memory >= LEAST_MEMORY ? "works" : "broken", detail };
}

async function attempt(name: string, works: string, look: () => Promise<unknown>): Promise<Check> {
  try {
    await look();
    return { name, state: "works", detail: works };
  } catch (error) {
    const reason = knownMessage(error);
    if (reason === undefined) throw error;
    return { name, state: "broken", detail: reason };
  }
}

/** Runs write to results/ and .plateau/ of the project's folder. */
async function checkWriting({ home }: Io): Promise<Check> {
  return attempt("writing", `${home} can be written`, async () => {
    const folder = await mkdtemp(join(home, ".plateau-doctor-"));
    try {
      await writeFile(join(folder, "probe"), "probe");
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function checkCommit(repository: string): Promise<Check> {
  const { commit, dirty } = await gitState(repository);
  if (commit === null)
    return { name: "commit", state: "absent", detail: `no commit of ${packageRoot()}, accept needs one` };
  return { name: "commit", state: "works", detail: `${commit}${dirty ? " with uncommitted changes" : ""}` };
}
