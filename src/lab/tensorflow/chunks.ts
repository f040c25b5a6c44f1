import type { StreamRange } from "../../numerics/stream.ts";

/** Float32 numbers that the tensors of one chunk may hold together: 64 MiB, which leaves room for the library's temporaries. */
export const LARGEST_CHUNK = 2 ** 24;

/**
 * The range in pieces that fit into memory, for an ensemble that holds `numbers` float32 values for each replicate. The fixed
 * cost of an operation (20 to 60 microseconds) is shared by a piece, so pieces are as large as they may be; one replicate at
 * least.
 */
export function chunksOf(streams: StreamRange, numbers: number): readonly StreamRange[] {
  const size = Math.max(1, Math.min(streams.count, Math.floor(LARGEST_CHUNK / numbers)));
  const chunks: StreamRange[] = [];
  for (let at = 0; at < streams.count; at += size) {
    chunks.push({ key: streams.key, first: streams.first + at, count: Math.min(size, streams.count - at) });
  }
  return chunks;
}
