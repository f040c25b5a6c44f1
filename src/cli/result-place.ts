import { mkdirSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { writeAtomically } from "../run/files/atomic-file.ts";
import { makeFolders } from "../run/files/make-folders.ts";
import type { Io } from "./arguments/command.ts";
import { UsageError } from "./errors.ts";

/** Results of runs without `--out`, below the project's folder. */
const RESULTS = "results";
/** A text file with the folder of the last result, so that `report`, `compare` and `accept` need no path. */
const LATEST = "latest";
/** Likewise of the run that began last, until its result is there: what `run --resume` goes on with. */
const UNFINISHED = "unfinished";

/**
 * Makes `results/2026-01-02T03-04-05Z-smoke`: sorted by time, and a name that every file system takes. Where runs start in
 * one second the next ones are called `-2`, `-3`, ... Throws the file system's error.
 */
export function newResultFolder(io: Pick<Io, "home" | "now">, tier: string): string {
  const stamp = io
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  makeFolders(join(io.home, RESULTS));
  for (let number = 1; ; number++) {
    const folder = join(io.home, RESULTS, number === 1 ? `${stamp}-${tier}` : `${stamp}-${tier}-${number}`);
    if (isMade(folder)) return folder;
  }
}

function isMade(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Leaves word of a run that begins, for `latestRun`. */
export function pointToUnfinished(io: Pick<Io, "home">, folder: string): Promise<void> {
  return leavePointer(io, UNFINISHED, folder);
}

/** Leaves word of a result that is complete, for `latestFolder`. */
export async function pointToLatest(io: Pick<Io, "home">, folder: string): Promise<void> {
  await leavePointer(io, LATEST, folder);
  if ((await pointedTo(io, UNFINISHED)) === folder) await rm(pointer(io, UNFINISHED), { force: true });
}

/** The folder of the last result here. Throws `UsageError` when there was none. */
export async function latestFolder(io: Pick<Io, "home">): Promise<string> {
  const folder = await pointedTo(io, LATEST);
  if (folder !== undefined) return folder;
  throw new UsageError(
    `no result was named and ${pointer(io, LATEST)} is not there, needed the path of a result or an earlier run`,
  );
}

/** Likewise, or undefined when there was none. */
export function newestResult(io: Pick<Io, "home">): Promise<string | undefined> {
  return pointedTo(io, LATEST);
}

/** The folder of the run that began last: an interrupted one, else that of the last result. Throws `UsageError`. */
export async function latestRun(io: Pick<Io, "home">): Promise<string> {
  return (await pointedTo(io, UNFINISHED)) ?? latestFolder(io);
}

function pointer({ home }: Pick<Io, "home">, name: string): string {
  return join(home, RESULTS, name);
}

/** Relative to the folder that the pointer lies in, so that both may be moved together. */
async function leavePointer(io: Pick<Io, "home">, name: string, folder: string): Promise<void> {
  makeFolders(join(io.home, RESULTS));
  await writeAtomically(pointer(io, name), `${relative(join(io.home, RESULTS), folder)}\n`);
}

async function pointedTo(io: Pick<Io, "home">, name: string): Promise<string | undefined> {
  const text = await readFile(pointer(io, name), "utf8").catch(() => undefined);
  return text === undefined ? undefined : resolve(io.home, RESULTS, text.trim());
}

/** Path of a result file: what was named (a folder means its result.json), or the last run's. */
export async function resultPath(named: string | undefined, io: Pick<Io, "cwd" | "home">): Promise<string> {
  const path = named === undefined ? await latestFolder(io) : resolve(io.cwd, named);
  return path.endsWith(".json") ? path : join(path, "result.json");
}

/** A path as a person types it: relative where it lies in the current folder. */
export function shownPath(path: string, { cwd }: Pick<Io, "cwd">): string {
  const short = relative(cwd, path);
  return short === "" || isAbsolute(short) || short.split(sep)[0] === ".." ? path : short;
}

/** The store of samples: what was named, else the project's. */
export function storeFolder(named: string | undefined, { cwd, home }: Pick<Io, "cwd" | "home">): string {
  return named === undefined ? join(home, ".plateau/samples") : resolve(cwd, named);
}
