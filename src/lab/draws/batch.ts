import type { Dataset } from "../../numerics/dataset.ts";
import { nextUniform, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey } from "../../numerics/stream.ts";

/**
 * Fills `picks` with different pictures, each set of them equally likely, from lane `choice` of the replicate: indices
 * are drawn again until they are new, which keeps the draws of one replicate free of what another left behind.
 */
export function drawBatch(data: Dataset, key: StreamKey, replicate: number, picks: Int32Array): void {
  const stream = openStream(key, replicate, LANES.choice);
  const pictures = data.labels.length;
  for (let filled = 0; filled < picks.length; ) {
    const candidate = Math.floor(nextUniform(stream) * pictures);
    if (isNew(candidate, picks, filled)) picks[filled++] = candidate;
  }
}

function isNew(candidate: number, picks: Int32Array, filled: number): boolean {
  for (let index = 0; index < filled; index++) if (picks[index] === candidate) return false;
  return true;
}
