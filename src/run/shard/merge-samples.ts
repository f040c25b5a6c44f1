import type { Provenance } from "../../claim/result.ts";
import { readSamples, type SampleEntry, samplesFolder } from "../files/read-samples.ts";
import { createSampleFiles } from "../files/sample-files.ts";
import type { Samples } from "../sample/sampler.ts";
import { ShardError } from "./shard.ts";
import type { ShardFile } from "./shard-file.ts";

/**
 * Carries the samples of all shards over into one folder. Of a stream that several shards drew the longest is kept, as in
 * one piece, once the others are found to be its beginning. Throws `ResultFileError`, and `ShardError` naming two shards
 * that drew different numbers from one stream.
 */
export async function mergeSamples(files: readonly ShardFile[], folder: string): Promise<Provenance["samples"]> {
  const written = createSampleFiles(folder);
  for (const [stream, entries] of byStream(files)) {
    const [longest, ...shorter] = entries.sort((a, b) => b.entry.replicates - a.entry.replicates) as [
      Drawn,
      ...Drawn[],
    ];
    const samples = await samplesOf(longest);
    for (const other of shorter) {
      if (other.entry.digest === longest.entry.digest) continue;
      checkBeginning(stream, { long: { ...longest, samples }, short: { ...other, samples: await samplesOf(other) } });
    }
    await written.write({ stream, measures: longest.entry.measures }, samples);
  }
  return written.index();
}

interface Drawn {
  readonly path: string;
  readonly entry: SampleEntry;
}

function byStream(files: readonly ShardFile[]): ReadonlyMap<string, Drawn[]> {
  const streams = new Map<string, Drawn[]>();
  for (const { path, shard } of files) {
    for (const [stream, entry] of Object.entries(shard.provenance.samples)) {
      const known = streams.get(stream) ?? [];
      known.push({ path, entry });
      streams.set(stream, known);
    }
  }
  return streams;
}

async function samplesOf({ path, entry }: Drawn): Promise<Samples> {
  return readSamples(samplesFolder(path), entry);
}

type Read = Drawn & { readonly samples: Samples };

/** The same bits: a NaN or a zero of the other sign would show. */
function checkBeginning(stream: string, { long, short }: { readonly long: Read; readonly short: Read }): void {
  const measures = long.entry.measures;
  const same =
    measures.join() === short.entry.measures.join() &&
    measures.every((_, column) =>
      bytes(short.samples, column, short.samples.count).equals(bytes(long.samples, column, short.samples.count)),
    );
  if (same) return;
  throw new ShardError(
    `${long.path} and ${short.path} drew different numbers from stream ${stream}: their machines or code differ`,
  );
}

function bytes({ columns }: Samples, column: number, count: number): Buffer {
  const { buffer, byteOffset } = columns[column]!;
  return Buffer.from(buffer, byteOffset, count * Float64Array.BYTES_PER_ELEMENT);
}
