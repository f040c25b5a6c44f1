import { homeOf } from "../project/roots.ts";
import { EXIT, type ExitCode } from "../report/exit-code.ts";
import { clip } from "../report/layout/clip.ts";
import type { Command, Io } from "./arguments/command.ts";
import { commandHelp, overviewHelp } from "./arguments/help.ts";
import { didYouMean } from "./arguments/nearest.ts";
import { parseArguments } from "./arguments/parse-arguments.ts";
import { InterruptedError, knownMessage, UsageError } from "./errors.ts";
import { cleaned } from "./process/clean-output.ts";
import { version } from "./version.ts";

/** Whatever a message quotes. */
const LONGEST_MESSAGE = 2000;

type Load = () => Promise<{ readonly default: Command }>;

/** Each command is loaded when it is asked for, so that `plateau list` does not wait for the judges of `plateau run`. */
const COMMANDS: { readonly [name: string]: { readonly summary: string; readonly load: Load } } = {
  init: {
    summary: "begin a project: a claim that holds, to be changed into yours",
    load: () => import("./commands/init.ts"),
  },
  list: { summary: "suites and claims, and what each says", load: () => import("./commands/list.ts") },
  plan: {
    summary: "what each claim needs to be decided, and how long it takes",
    load: () => import("./commands/plan.ts"),
  },
  run: { summary: "decide claims and write the result", load: () => import("./commands/run.ts") },
  merge: { summary: "put the shards of a run together and judge it", load: () => import("./commands/merge.ts") },
  sample: { summary: "raw observations at any cell, without a verdict", load: () => import("./commands/sample.ts") },
  report: { summary: "show a result again, for people or programs", load: () => import("./commands/report.ts") },
  import: {
    summary: "take results that exist into the project, to be judged without running anything",
    load: () => import("./import/import.ts"),
  },
  export: { summary: "tables for notebooks: CSV, JSON or Parquet", load: () => import("./commands/export.ts") },
  dashboard: { summary: "build the project's pages", load: () => import("./commands/dashboard.ts") },
  compare: { summary: "what changed against the accepted baselines", load: () => import("./commands/compare.ts") },
  speed: { summary: "did it get slower: base and head in one job", load: () => import("./commands/speed.ts") },
  accept: { summary: "make results the new baselines", load: () => import("./commands/accept.ts") },
  check: {
    summary: "whether claims keep the rules of a run, and a paper's text says what the evidence does",
    load: () => import("./commands/manuscript/check.ts"),
  },
  cite: {
    summary: "macros and BibTeX entries of claims, for a paper",
    load: () => import("./commands/manuscript/cite.ts"),
  },
  badge: { summary: "an SVG of what became of claims", load: () => import("./commands/manuscript/badge.ts") },
  demo: {
    summary: "plant three faults in a small project, and see each caught",
    load: () => import("./commands/demo/demo.ts"),
  },
  calibrate: {
    summary: "how often judges and suites err, on synthetic truth",
    load: () => import("./commands/calibrate.ts"),
  },
  store: { summary: "how large the store of samples is, and what can go", load: () => import("./commands/store.ts") },
  ci: { summary: "one step of a workflow: run, merge, gate, comment, …", load: () => import("./commands/ci.ts") },
  doctor: { summary: "what this machine can run, and why not the rest", load: () => import("./commands/doctor.ts") },
};

/** Of what a command may touch, all that does not depend on its words. */
export type Surroundings = Omit<Io, "home" | "command">;

/** Runs the command that the words name. Never throws: errors become one line, or a stack where they are bugs. */
export async function dispatch(words: readonly string[], raw: Surroundings): Promise<ExitCode> {
  const io = cleaned(raw);
  try {
    return await execute(words, io);
  } catch (error) {
    return explain(error, io);
  }
}

async function execute(words: readonly string[], io: Omit<Io, "home">): Promise<ExitCode> {
  const [name, ...rest] = words;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    io.stdout(overviewHelp(Object.entries(COMMANDS).map(([key, { summary }]) => ({ name: key, summary }))));
    return name === undefined ? EXIT.misuse : EXIT.holds;
  }
  if (name === "--version") {
    io.stdout(`${version()}\n`);
    return EXIT.holds;
  }
  const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (entry === undefined) throw new UsageError(unknownCommand(name));
  const { default: command } = await entry.load();
  const parsed = parseArguments(command, rest);
  if (parsed.values.help) {
    io.stdout(commandHelp(command));
    return EXIT.holds;
  }
  return command.run(parsed, { ...io, home: homeOf(parsed.values.root, io) });
}

function unknownCommand(name: string): string {
  const names = Object.keys(COMMANDS);
  return `plateau has no command ${name}${didYouMean(name, names) || `, needed one of ${names.join(" ")}`}`;
}

function explain(error: unknown, io: Pick<Io, "stderr" | "signal">): ExitCode {
  if (error instanceof InterruptedError || io.signal.aborted) {
    io.stderr(
      `plateau: interrupted${error instanceof InterruptedError && error.message ? `, ${error.message}` : ""}\n`,
    );
    return EXIT.interrupted;
  }
  const known = knownMessage(error);
  if (known !== undefined) {
    io.stderr(`plateau: ${clip(known.replace(/\s*\n\s*/g, "; "), LONGEST_MESSAGE)}\n`);
    return EXIT.misuse;
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr(`plateau: this is a bug of plateau ${version()}; please report it with what follows\n${stack}\n`);
  return EXIT.bug;
}
