import { type ChildProcess, spawn } from "node:child_process";
import type { Program } from "../../claim/origin/origin.ts";
import { startGuard } from "../sample/guard.ts";

/** How a program came to its end. */
export interface ProgramEnd {
  /** It could not be started: there is no such command. */
  readonly missing?: string;
  /** In words that name no moment. */
  readonly words: string;
}

export interface ProgramProcess {
  readonly send: (line: string) => void;
  /** Whoever is told each line that it writes from now on. */
  readonly listen: (heard: (line: string) => void) => void;
  /** Resolves when it is gone and all that it wrote has been heard. */
  readonly gone: Promise<ProgramEnd>;
  /** The last that it wrote to standard error. */
  readonly errors: () => string;
  /** Ends it and whatever it has started, at once. */
  readonly kill: () => void;
}

/** Characters of standard error that are kept. */
const MOST_ERRORS = 20_000;
/** A line that is longer than any answer. */
const LONGEST_LINE = 2 ** 20;

/**
 * Starts a program in a group of processes of its own, which no Ctrl-C of a terminal reaches and which does not outlive this
 * process. Libraries are held to the cores that the program takes, and Python writes its lines at once and hashes alike.
 */
export function startProgram({ argv, environment, takes }: Program, folder: string): ProgramProcess {
  const [command, ...words] = argv;
  const env = { ...process.env, ...usualEnvironment(takes === "gpu" ? undefined : takes.cores), ...environment };
  const child = spawn(command, words, { cwd: folder, env, detached: true, stdio: ["pipe", "pipe", "pipe"] });
  const guard = child.pid === undefined ? undefined : startGuard(`-${child.pid}`);
  let errors = "";
  let hear: (line: string) => void = () => undefined;
  child.stdin.on("error", () => undefined);
  child.stderr.on("data", (part: Buffer) => {
    errors = (errors + part.toString()).slice(-MOST_ERRORS);
  });
  readLines(child, (line) => hear(line));
  const gone = new Promise<ProgramEnd>((resolve) => {
    child.on("error", (error: NodeJS.ErrnoException) => {
      const words = `${command} could not be started: ${error.code ?? error.message}`;
      resolve({ words, ...(error.code === "ENOENT" ? { missing: command } : {}) });
    });
    child.on("close", (code, signal) => {
      guard?.release();
      resolve({ words: signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}` });
    });
  });
  return {
    gone,
    send: (line) => void child.stdin.write(`${line}\n`),
    listen: (heard) => {
      hear = heard;
    },
    errors: () => errors,
    kill: () => killGroup(child),
  };
}

/** Threads times workers would be more than the cores; buffered lines would be answers that never come. */
function usualEnvironment(cores: number | undefined): Readonly<Record<string, string>> {
  const threads = cores === undefined ? {} : { OMP_NUM_THREADS: String(cores), OPENBLAS_NUM_THREADS: String(cores) };
  return { ...threads, PYTHONUNBUFFERED: "1", PYTHONHASHSEED: "0" };
}

function readLines({ stdout }: ChildProcess, heard: (line: string) => void): void {
  let rest = "";
  stdout?.setEncoding("utf8");
  stdout?.on("data", (part: string) => {
    const lines = (rest + part).split("\n");
    rest = lines.pop()!;
    if (rest.length > LONGEST_LINE) lines.push(rest.slice(0, LONGEST_LINE));
    for (const line of lines) if (line.trim() !== "") heard(line);
    if (rest.length > LONGEST_LINE) rest = "";
  });
  stdout?.on("end", () => {
    if (rest.trim() !== "") heard(rest);
  });
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch {
    // it is gone, or its system has no groups
    child.kill("SIGKILL");
  }
}
