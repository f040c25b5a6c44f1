import { mkdir, readFile, writeFile } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { Io } from "./arguments/command.ts";
import { UsageError } from "./errors.ts";

/** Results of runs without `--out`, in the current folder. */
const RESULTS = "results";
/** A text file with the folder of the last run, so that `report`, `compare` and `accept` need no path. */
const LATEST = "latest";

/** `results/2026-01-02T03-04-05Z-smoke`: sorted by time, and a name that every file system takes. */
export function newResultFolder(io: Pick<Io, "cwd" | "now">, tier: string): string {
  const stamp = io
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(":", "-");
  return join(io.cwd, RESULTS, `${stamp}-${tier}`);
}

/** Leaves the pointer to a run's folder. */
export async function pointToLatest(io: Pick<Io, "cwd">, folder: string): Promise<void> {
  await mkdir(join(io.cwd, RESULTS), { recursive: true });
  await writeFile(join(io.cwd, RESULTS, LATEST), `${folder}\n`);
}

/** The folder of the last run here. Throws `UsageError` when there was none. */
export async function latestFolder(io: Pick<Io, "cwd">): Promise<string> {
  const pointer = join(io.cwd, RESULTS, LATEST);
  try {
    return (await readFile(pointer, "utf8")).trim();
  } catch {
    throw new UsageError(
      `no result was named and ${pointer} is not there, needed the path of a result or an earlier run`,
    );
  }
}

/** Path of a result file: what was named (a folder means its result.json), or the last run's. */
export async function resultPath(named: string | undefined, io: Pick<Io, "cwd">): Promise<string> {
  const path = resolve(io.cwd, named ?? (await latestFolder(io)));
  return path.endsWith(".json") ? path : join(path, "result.json");
}

/** A path as a person types it: relative where it lies in the current folder. */
export function shownPath(path: string, { cwd }: Pick<Io, "cwd">): string {
  const short = relative(cwd, path);
  return short === "" || isAbsolute(short) || short.split(sep)[0] === ".." ? path : short;
}
