import { lstatSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { StoreError } from "./store.ts";

/** One stored range of replicates. */
export interface StoredFile {
  readonly path: string;
  /** Key of the samples that it belongs to. */
  readonly key: string;
  readonly bytes: number;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

/** Which files of a store are let go. Several conditions: a file goes where any of them says so, but never one that is kept. */
export interface PruneRule {
  /** Written before this moment. */
  readonly before?: number;
  /** The oldest ones, until the rest takes no more bytes. */
  readonly most?: number;
  readonly isKept?: (file: StoredFile) => boolean;
}

const KEY_FOLDER = /^[0-9a-f]{64}$/;
const RANGE_FILE = /^\d+\+\d+\.f64$/;

/** The samples files of a store, oldest first; nothing else that lies in its folder. Throws `StoreError`. */
export function storedFiles(root: string): readonly StoredFile[] {
  const files: StoredFile[] = [];
  for (const prefix of names(root).filter((name) => /^[0-9a-f]{2}$/.test(name))) {
    for (const key of names(join(root, prefix)).filter((name) => KEY_FOLDER.test(name))) {
      for (const name of names(join(root, prefix, key)).filter((each) => RANGE_FILE.test(each))) {
        const path = join(root, prefix, key, name);
        const found = lstatSync(path, { throwIfNoEntry: false });
        if (found?.isFile()) files.push({ path, key, bytes: found.size, at: found.mtimeMs });
      }
    }
  }
  return files.sort((a, b) => a.at - b.at || (a.path < b.path ? -1 : 1));
}

/** The files that a rule lets go, of files from the oldest to the newest. */
export function prunable(files: readonly StoredFile[], { before, most, isKept }: PruneRule): readonly StoredFile[] {
  const free = files.filter((file) => isKept?.(file) !== true);
  const old = new Set(free.filter(({ at }) => before !== undefined && at < before));
  let left = files.reduce((sum, file) => sum + (old.has(file) ? 0 : file.bytes), 0);
  return free.filter((file) => {
    if (old.has(file)) return true;
    if (most === undefined || left <= most) return false;
    left -= file.bytes;
    return true;
  });
}

/** Deletes files of a store and the folders that become empty: a run that wanted them computes them again. Throws `StoreError`. */
export function removeStored(files: readonly StoredFile[]): void {
  for (const { path } of files) {
    try {
      rmSync(path, { force: true });
    } catch (error) {
      throw new StoreError(`sample store cannot delete ${path}: ${(error as Error).message}`, { cause: error });
    }
    for (const folder of [join(path, ".."), join(path, "../..")]) {
      try {
        rmdirSync(folder);
      } catch {
        break; // not empty, or filled again by a run
      }
    }
  }
}

function names(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return [];
    throw new StoreError(`sample store cannot read ${folder}: ${(error as Error).message}`, { cause: error });
  }
}
