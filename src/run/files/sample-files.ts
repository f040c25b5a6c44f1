import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Provenance } from "../../claim/result.ts";
import type { PlannedSeries } from "../plan/plan.ts";
import type { Samples } from "../sample/sampler.ts";
import { bytesOf, fileProblem, writeUnflushed } from "./atomic-file.ts";
import { makeFolders } from "./make-folders.ts";
import { ResultFileError } from "./result-file.ts";

/**
 * Raw samples beside a result: `<digest>.f64`, the measures one after the other, float64 little-endian. Not flushed, as those in the
 * store: their names say what is in them, and the same run makes them again.
 */
export interface SampleFiles {
  /** Throws `ResultFileError` when the file cannot be written. */
  readonly write: (series: Pick<PlannedSeries, "stream" | "measures">, samples: Samples) => Promise<void>;
  /** By stream, as provenance has it. */
  readonly index: () => Provenance["samples"];
}

export function createSampleFiles(folder: string): SampleFiles {
  const written = new Map<string, Provenance["samples"][string]>();
  const whole = new Set<string>();
  return {
    write: async (series, { count, columns }) => {
      const parts = columns.map(bytesOf);
      const digest = digestOf(parts);
      const path = join(folder, `${digest}.f64`);
      try {
        makeFolders(folder);
        // a file that an earlier part of the run left may be torn
        if (!whole.has(digest)) writeUnflushed(path, parts);
        whole.add(digest);
      } catch (error) {
        throw new ResultFileError(`samples ${path} cannot be written: ${fileProblem(error)}`, { cause: error });
      }
      written.set(series.stream, { digest, measures: [...series.measures], replicates: count });
    },
    index: () => Object.fromEntries([...written].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function digestOf(parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
