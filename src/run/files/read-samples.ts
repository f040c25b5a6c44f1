import { createHash } from "node:crypto";
import { dirname, join } from "node:path";
import type { Provenance } from "../../claim/result.ts";
import type { Samples } from "../sample/sampler.ts";
import { fileProblem } from "./atomic-file.ts";
import { readRegular } from "./read-regular.ts";
import { ResultFileError } from "./result-file.ts";

/** What a result says of the samples of one stream. */
export type SampleEntry = Provenance["samples"][string];

/** The samples files of the result at `path` lie here. */
export function samplesFolder(path: string): string {
  return join(dirname(path), "samples");
}

/**
 * Reads the raw samples of one stream from the folder of a result's samples, one column a measure, and checks them against
 * their digest. Throws `ResultFileError` for a file that is missing, torn or tampered with.
 */
export async function readSamples(folder: string, { digest, measures, replicates }: SampleEntry): Promise<Samples> {
  // the digest becomes a path: nothing else may get into one
  if (!/^[0-9a-f]{64}$/.test(digest)) {
    throw new ResultFileError(`samples require a digest of 64 hexadecimal digits, found ${JSON.stringify(digest)}`);
  }
  const path = join(folder, `${digest}.f64`);
  const bytes = await readRegular(path).catch((error: unknown) => {
    throw new ResultFileError(`samples ${path} cannot be read: ${fileProblem(error)}`, { cause: error });
  });
  const length = measures.length * replicates * Float64Array.BYTES_PER_ELEMENT;
  if (bytes.byteLength !== length) {
    throw new ResultFileError(`samples ${path} require ${length} bytes, found ${bytes.byteLength}`);
  }
  if (createHash("sha256").update(bytes).digest("hex") !== digest) {
    throw new ResultFileError(`samples ${path} are damaged: their digest is another than their name`);
  }
  // a file's buffer need not begin at a multiple of eight bytes
  const values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length));
  return {
    count: replicates,
    columns: measures.map((_, column) => values.subarray(column * replicates, (column + 1) * replicates)),
  };
}
