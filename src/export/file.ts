import { open, stat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileProblem, sweepLeftovers, writeAtomically, writeParts } from "../run/files/atomic-file.ts";
import { ExportError } from "./table.ts";

/**
 * Writes pieces into a file that is there whole or not at all (a pipe or a device is written to as it is). Gives the bytes
 * written. Throws `ExportError` when it cannot be written; what the pieces throw is passed on.
 */
export async function writeExport(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const there = await stat(path).catch(() => undefined);
  if (there?.isDirectory()) throw new ExportError(`export file ${path} cannot be written: it is a directory`);
  const special = there !== undefined && !there.isFile();
  try {
    if (special) return await writeInto(path, pieces);
    await sweepLeftovers(dirname(path), basename(path));
    return await writeAtomically(path, pieces);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    throw new ExportError(`export file ${path} cannot be written: ${fileProblem(error)}`, { cause: error });
  }
}

async function writeInto(path: string, pieces: AsyncIterable<string | Uint8Array>): Promise<number> {
  const file = await open(path, "w");
  try {
    return await writeParts(file, pieces);
  } finally {
    await file.close();
  }
}

/** The file system's refusals have a system call; errors of what makes the pieces have a name of ours. */
function isSystemError(error: unknown): boolean {
  return error instanceof Error && "syscall" in error;
}
