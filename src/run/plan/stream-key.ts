import { createHash } from "node:crypto";
import { canonicalJson } from "../../claim/canonical-json.ts";
import type { Json } from "../../claim/experiment.ts";
import type { StreamKey } from "../../numerics/stream.ts";

/** Rises when the way keys are made changes: every sample of every claim changes with it. */
const STREAM_KEY_VERSION = 1;

/**
 * The random streams of an experiment: the first 128 bits of the SHA-256 of (seed, experiment by name, setup).
 * Nothing else enters, so claims on the same experiment and setup share its observations, and order, threads, shards
 * and neighbouring claims cannot matter.
 */
export function streamKey(seed: string, experiment: string, setup: Json): StreamKey {
  const text = canonicalJson({ plateauStream: STREAM_KEY_VERSION, seed, experiment, setup });
  const digest = createHash("sha256").update(text).digest();
  return [digest.readUInt32BE(0), digest.readUInt32BE(4), digest.readUInt32BE(8), digest.readUInt32BE(12)];
}

/** A key as 32 hexadecimal digits: its name in files. */
export function streamName(key: StreamKey): string {
  return key.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
