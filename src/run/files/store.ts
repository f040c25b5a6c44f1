import { createHash } from "node:crypto";
import { access, constants, mkdir, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { bytesOf, fileProblem, writeAtomically } from "./atomic-file.ts";

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
  /** Whole or not at all, also with other processes writing the same. */
  readonly write: (key: string, range: ReplicateRange, values: Float64Array) => Promise<void>;
}

/** A store that cannot be used: what happened, where. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}

const DIGEST_BYTES = 32;

/** Opens the store in a folder, which is made when it is not there. Throws `StoreError` when it cannot be written. */
export async function openStore(root: string): Promise<SampleStore> {
  try {
    await mkdir(root, { recursive: true });
    await access(root, constants.W_OK | constants.R_OK | constants.X_OK);
  } catch (error) {
    throw new StoreError(`sample store ${root} requires a writable directory: ${fileProblem(error)}`, { cause: error });
  }
  return {
    ranges: (key) => rangesIn(folderOf(root, key)),
    read: (key, range, columns) => readRange(join(folderOf(root, key), fileName(range)), { key, range, columns }),
    write: (key, range, values) => writeRange(folderOf(root, key), { key, range, values }),
  };
}

function folderOf(root: string, key: string): string {
  return join(root, key.slice(0, 2), key);
}

function fileName({ first, count }: ReplicateRange): string {
  return `${first}+${count}.f64`;
}

async function rangesIn(folder: string): Promise<readonly ReplicateRange[]> {
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
  const file = await readFile(path).catch(() => undefined);
  if (file?.byteLength !== DIGEST_BYTES + range.count * columns * Float64Array.BYTES_PER_ELEMENT) return undefined;
  const payload = new Uint8Array(file.byteLength - DIGEST_BYTES);
  payload.set(file.subarray(DIGEST_BYTES));
  const intact = digestOf(key, range, payload).equals(file.subarray(0, DIGEST_BYTES));
  return intact ? new Float64Array(payload.buffer) : undefined;
}

async function writeRange(
  folder: string,
  { key, range, values }: { readonly key: string; readonly range: ReplicateRange; readonly values: Float64Array },
): Promise<void> {
  const payload = bytesOf(values);
  try {
    await mkdir(folder, { recursive: true });
    await writeAtomically(join(folder, fileName(range)), [digestOf(key, range, payload), payload]);
  } catch (error) {
    const path = join(folder, fileName(range));
    throw new StoreError(`sample store cannot write ${path}: ${fileProblem(error)}`, { cause: error });
  }
}

/** Covers the place as well as the bytes, so that a file which was moved or renamed is not taken for another. */
function digestOf(key: string, { first, count }: ReplicateRange, payload: Uint8Array): Buffer {
  return createHash("sha256").update(`${key} ${first}+${count}\n`).update(payload).digest();
}
