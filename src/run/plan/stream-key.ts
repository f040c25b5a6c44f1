import { hash } from "node:crypto";
import type { Json } from "../../claim/experiment.ts";
import type { StreamKey } from "../../numerics/stream.ts";
import { keyOfDigest, streamText } from "./stream-text.ts";

/**
 * The random streams of an experiment: the first 128 bits of the SHA-256 of (seed, experiment by name, setup).
 * Nothing else enters, so claims on the same experiment and setup share its observations, and order, threads, shards
 * and neighbouring claims cannot matter.
 */
export function streamKey(seed: string, experiment: string, setup: Json): StreamKey {
  return keyOfDigest(hash("sha256", streamText(seed, experiment, setup), "buffer"));
}

/** A key as 32 hexadecimal digits: its name in files. */
export function streamName(key: StreamKey): string {
  return key.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
