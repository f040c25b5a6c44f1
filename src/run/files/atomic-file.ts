import { randomBytes } from "node:crypto";
import { closeSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { type FileHandle, open, readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** What a file is made of: a text, its pieces, or pieces that are made while it is written. */
type Parts = string | readonly Uint8Array[] | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file that others see whole or not at all: temporary file in the same folder, fsync, rename. Gives the bytes written.
 * Two writers of one path do not harm each other: the last rename wins. Throws the file system's own error, and what the pieces
 * throw.
 */
export async function writeAtomically(path: string, parts: Parts): Promise<number> {
  return written(await stageFile(path, parts));
}

/**
 * The same at once and without fsync, which takes as long as all the rest: after a loss of power the file may be torn. For what whoever
 * reads it checks, and what can be made again. Blocks for some .1 ms: four trips to another thread take twice as long of the processor.
 */
export function writeUnflushed(path: string, parts: readonly Uint8Array[]): void {
  const temporary = temporaryOf(path);
  try {
    const file = openSync(temporary, "wx");
    try {
      for (const part of parts) writeFileSync(file, part);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {
      // what went wrong first is said
    }
    throw error;
  }
}

function temporaryOf(path: string): string {
  return join(dirname(path), `.${basename(path)}.${process.pid}.${randomBytes(6).toString("hex")}.tmp`);
}

async function written(staged: StagedFile): Promise<number> {
  await staged.publish();
  return staged.bytes;
}

/** A file that is written beside its place, where nobody sees it yet. */
export interface StagedFile {
  readonly bytes: number;
  /** Puts it in its place, in one step. */
  readonly publish: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

/** The first half of `writeAtomically`, so that several files can be made visible within a moment. Throws likewise. */
export async function stageFile(path: string, parts: Parts): Promise<StagedFile> {
  const temporary = temporaryOf(path);
  const discard = () => rm(temporary, { force: true }).catch(() => undefined);
  const orDiscarded = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await discard();
      throw error;
    }
  };
  const bytes = await orDiscarded(writeWhole(temporary, parts));
  return { bytes, publish: () => orDiscarded(rename(temporary, path)), discard };
}

async function writeWhole(path: string, parts: Parts): Promise<number> {
  const file = await open(path, "wx");
  try {
    const bytes = await writeParts(file, parts);
    await file.sync();
    return bytes;
  } finally {
    await file.close();
  }
}

/**
 * Takes away what writers that were killed left in a folder: temporary files of processes that run no more, all of them or
 * those of the file `name` alone. For folders that one machine writes to: elsewhere a number may be of a living process.
 */
export async function sweepLeftovers(folder: string, name?: string): Promise<void> {
  for (const entry of await readdir(folder).catch(() => [] as string[])) {
    const [, of, pid] = /^\.(.+)\.(\d+)\.[0-9a-f]{12}\.tmp$/.exec(entry) ?? [];
    if (of === undefined || (name !== undefined && of !== name) || isRunning(Number(pid))) continue;
    await rm(join(folder, entry), { force: true }).catch(() => undefined);
  }
}

/** Whether a process of this machine has the number; one of another user counts. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

/** Writes all parts to an open file and gives their bytes. */
export async function writeParts(file: FileHandle, parts: Parts): Promise<number> {
  let written = 0;
  for await (const part of typeof parts === "string" ? [parts] : parts) {
    const bytes = typeof part === "string" ? Buffer.from(part) : part;
    await file.writeFile(bytes);
    written += bytes.byteLength;
  }
  return written;
}

/** The bytes behind a row of numbers, without copying. */
export function bytesOf(values: Float64Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}

/** What the file system refused, in words that a user can act on. */
export function fileProblem(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const words: { readonly [code: string]: string } = {
    ENOSPC: "no space is left on the device",
    EDQUOT: "the disk quota is used up",
    EFBIG: "the file would be larger than allowed",
    EACCES: "permission is denied",
    EPERM: "permission is denied",
    EROFS: "the file system is read-only",
    ENOENT: "it does not exist",
    ENOTDIR: "a part of the path is not a directory",
    EISDIR: "it is a directory",
    EIO: "the device reports an error",
    EMFILE: "too many files are open",
    ENFILE: "too many files are open on this machine",
    EEXIST: "a file is in the way",
    ELOOP: "its links lead in a circle",
    ENXIO: "it is a pipe or a device that nobody serves",
  };
  return (code && words[code]) ?? (error instanceof Error ? error.message : String(error));
}
