import { createHash } from "node:crypto";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { DatasetError, type NamedInput } from "../../claim/named-input.ts";
import type { Dataset } from "../../numerics/dataset.ts";
import { bytesOf, writeUnflushed } from "../files/atomic-file.ts";

/**
 * Reads a data set. Its bytes are kept in the folder `cache`; both ways end
 * at the same digest, which is checked each time.
 * @throws DatasetError for data that are missing or not what they were
 */
export async function loadDataset(input: NamedInput, cache: string): Promise<Dataset> {
  const path = join(cache, `${input.name}-${input.digest.slice(0, 16)}.bytes`);
  const kept = await readFile(path).catch(() => undefined);
  const cached = kept && decodeKept(input, kept);
  if (cached?.digest === input.digest) return cached;
  const bytes = await loadedBy(input);
  const data = decode(input, bytes);
  if (data.digest !== input.digest) {
    throw new DatasetError(`data set ${input.name} requires the digest ${input.digest}, got ${data.digest}`);
  }
  // Without a cache the next run is only slower to start.
  await mkdir(cache, { recursive: true })
    .then(() => writeUnflushed(path, [bytes]))
    .catch(() => undefined);
  return data;
}

/** Whatever an author's `load` throws, it is the data that cannot be had. */
async function loadedBy(input: NamedInput): Promise<Uint8Array> {
  try {
    return await input.load();
  } catch (error) {
    if (error instanceof DatasetError) throw error;
    throw new DatasetError(
      `data set ${input.name} cannot be loaded: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** A cache that was cut short or overwritten is none. */
function decodeKept(input: NamedInput, bytes: Uint8Array): Dataset | undefined {
  try {
    return decode(input, bytes);
  } catch {
    return undefined;
  }
}

function decode({ name, decode: read }: NamedInput, bytes: Uint8Array): Dataset {
  const data = read(bytes);
  const digest = createHash("sha256").update(bytesOf(data.images)).update(data.labels).digest("hex");
  return { name, digest, ...data };
}
