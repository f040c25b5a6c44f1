import type { Dataset } from "../../numerics/dataset.ts";
import { nextUniform, openStream } from "../../numerics/random.ts";
import { LANES, type StreamKey, type StreamRange } from "../../numerics/stream.ts";
import { requireMlp } from "../networks/architecture.ts";
import type { Mlp } from "../networks/network.ts";
import { requireWidth } from "./input.ts";

/** One network a replicate, `batch` different pictures of `data` through it. */
export interface BatchRequest {
  readonly network: Mlp;
  readonly batch: number;
  readonly streams: StreamRange;
  readonly data: Dataset;
}

/**
 * Refuses a network that does not fit the data, or a batch that the data cannot fill.
 * @throws RangeError naming what was found and what was needed
 */
export function requireBatch(request: BatchRequest, smallest: number): void {
  const { network, batch, data } = request;
  requireMlp(network);
  requireWidth(data, network.widths[0]!);
  const pictures = data.labels.length;
  if (!Number.isInteger(batch) || batch < smallest || batch > pictures) {
    throw new RangeError(`a batch of ${data.name} requires ${smallest} to ${pictures} pictures, got ${batch}`);
  }
}

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
