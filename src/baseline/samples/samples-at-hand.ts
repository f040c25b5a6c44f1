import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Result } from "../../claim/result.ts";
import { readSamples } from "../../run/files/read-samples.ts";

/** The observations of one stream, a column a measure. */
export interface StoredSamples {
  readonly measures: readonly string[];
  readonly columns: readonly Float64Array[];
}

/** A result with the folder it lies in, where its samples are looked for. */
export interface PlacedResult {
  readonly result: Result;
  readonly folder: string;
}

/**
 * The samples of a stream beside a result; undefined where the result names none, or their file was not kept: a result
 * travels without them. Throws `ResultFileError` for a file that is torn or edited.
 */
export async function samplesAtHand(
  { result, folder }: PlacedResult,
  stream: string,
): Promise<StoredSamples | undefined> {
  const { samples } = result.provenance;
  const entry = Object.hasOwn(samples, stream) ? samples[stream] : undefined;
  const files = join(folder, "samples");
  if (entry === undefined || !/^[0-9a-f]+$/.test(entry.digest)) return undefined;
  if (!existsSync(join(files, `${entry.digest}.f64`))) return undefined;
  const { columns } = await readSamples(files, entry);
  return { measures: entry.measures, columns };
}
