import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, statSync } from "node:fs";
import { access, constants, readdir } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf, fileProblem, writeUnflushed } from "./atomic-file.ts";
import { makeFolders } from "./make-folders.ts";
import { readRegular } from "./read-regular.ts";

/** Replicates `first` to `first + count - 1`. */
export interface ReplicateRange {
  readonly first: number;
  readonly count: number;
}

/**
 * Observations of a range of replicates by content. A key stands for all that they depend on (code, streams, setup, engine,
 * data), so what was computed once is found again and nothing stale ever is. `values` are the measures one after the
 * other, `count` numbers each.
 */
export interface SampleStore {
  /** Ranges that are there, by first replicate. Not yet verified. */
  readonly ranges: (key: string) => Promise<readonly ReplicateRange[]>;
  /** Undefined for a file that is torn, tampered with, of another shape or gone: it is computed again, never used. */
  readonly read: (key: string, range: ReplicateRange, columns: number) => Promise<Float64Array | undefined>;
  /**
   * Whole or not at all, also with other processes writing the same. What this user may not write is not kept, and `unkept`
   * of the store is told: a store may be shared, or read-only. Throws `StoreError` for all else, a full disk above all.
   */
  readonly write: (key: string, range: ReplicateRange, values: Float64Array) => Promise<void>;
}

/** A store that cannot be used: what happened, where. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

const DIGEST_BYTES = 32;

/** What may not be written: another user's folder, or a file system that is read-only. */
const REFUSED: ReadonlySet<string> = new Set(["EACCES", "EPERM", "EROFS"]);

/**
 * Opens the store in a folder, which is made when it is not there. `unkept` is told the first time that samples could not be
 * kept, and why. Throws `StoreError` when the folder can be neither made nor read.
 */
export async function openStore(
  root: string,
  unkept: (reason: string) => void = () => undefined,
): Promise<SampleStore> {
  try {
    makeFolders(root);
    await access(root, constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new StoreError(`sample store ${root} requires a directory to read and write: ${fileProblem(error)}`, {
      cause: error,
    });
  }
  let told = false;
  const tellOnce = (reason: string) => {
    if (!told) unkept(reason);
    told = true;
  };
  return {
    ranges: (key) => rangesIn(folderOf(root, key)),
    read: (key, range, columns) => readRange(join(folderOf(root, key), fileName(range)), { key, range, columns }),
    write: async (key, range, values) => writeRange({ root, key, range, values, unkept: tellOnce }),
  };
}

function folderOf(root: string, key: string): string {
  return join(root, key.slice(0, 2), key);
}

function fileName({ first, count }: ReplicateRange): string {
  return `${first}+${count}.f64`;
}

async function rangesIn(folder: string): Promise<readonly ReplicateRange[]> {
  // most often there is none, which an error would tell at twenty times the cost
  if (!existsSync(folder)) return [];
  const names = await readdir(folder).catch(() => [] as string[]);
  return names
    .map((name) => /^(\d+)\+(\d+)\.f64$/.exec(name))
    .filter((match) => match !== null)
    .map((match) => ({ first: Number(match[1]), count: Number(match[2]) }))
    .sort((a, b) => a.first - b.first || b.count - a.count);
}

async function readRange(
  path: string,
  { key, range, columns }: { readonly key: string; readonly range: ReplicateRange; readonly columns: number },
): Promise<Float64Array | undefined> {
  const file = await readRegular(path).catch(() => undefined);
  if (file?.byteLength !== DIGEST_BYTES + range.count * columns * Float64Array.BYTES_PER_ELEMENT) return undefined;
  const payload = new Uint8Array(file.byteLength - DIGEST_BYTES);
  payload.set(file.subarray(DIGEST_BYTES));
  const intact = digestOf(key, range, payload).equals(file.subarray(0, DIGEST_BYTES));
  return intact ? new Float64Array(payload.buffer) : undefined;
}

interface Writing {
  readonly root: string;
  readonly key: string;
  readonly range: ReplicateRange;
  readonly values: Float64Array;
  readonly unkept: (reason: string) => void;
}

function writeRange({ root, key, range, values, unkept }: Writing): void {
  const payload = bytesOf(values);
  const path = join(folderOf(root, key), fileName(range));
  try {
    makeLikeRoot(root, join(root, key.slice(0, 2)));
    makeLikeRoot(root, folderOf(root, key));
    // a torn file is told by its digest
    writeUnflushed(path, [digestOf(key, range, payload), payload]);
  } catch (error) {
    const reason = `sample store cannot write ${path}: ${fileProblem(error)}`;
    if (!REFUSED.has((error as NodeJS.ErrnoException).code ?? "")) throw new StoreError(reason, { cause: error });
    unkept(reason);
  }
}

/** A folder with the permissions of the store's own: who may add to a shared store may add to each of its folders. */
function makeLikeRoot(root: string, folder: string): void {
  if (existsSync(folder)) return;
  try {
    mkdirSync(folder);
    chmodSync(folder, statSync(root).mode & 0o7777);
  } catch (error) {
    // another process made it meanwhile
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

/** Covers the place as well as the bytes, so that a file which was moved or renamed is not taken for another. */
function digestOf(key: string, { first, count }: ReplicateRange, payload: Uint8Array): Buffer {
  return createHash("sha256").update(`${key} ${first}+${count}\n`).update(payload).digest();
}
