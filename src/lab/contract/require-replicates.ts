import { openStream } from "../../numerics/random.ts";
import { LANES, type StreamRange } from "../../numerics/stream.ts";

/** Refuses replicates that no stream has, in the words of `openStream`: kernels count them in 32 bits. */
export function requireReplicates({ key, first, count }: StreamRange): void {
  if (count === 0) return;
  openStream(key, first, LANES.weights);
  openStream(key, Math.min(first + count - 1, 2 ** 32), LANES.weights);
}
