import { canonicalJson } from "../../claim/canonical-json.ts";
import type { Json } from "../../claim/experiment.ts";
import type { StreamKey } from "../../numerics/stream.ts";

/** Rises when the way keys are made changes: every sample of every claim changes with it. */
const STREAM_KEY_VERSION = 1;

/** All that the random streams of an experiment depend on, as text: its SHA-256 is their key. Pure: a browser hashes it too. */
export function streamText(seed: string, experiment: string, setup: Json): string {
  return canonicalJson({ plateauStream: STREAM_KEY_VERSION, seed, experiment, setup });
}

/** The key that a digest of that text stands for: its first 128 bits. */
export function keyOfDigest(digest: Uint8Array): StreamKey {
  const view = new DataView(digest.buffer, digest.byteOffset);
  return [view.getUint32(0), view.getUint32(4), view.getUint32(8), view.getUint32(12)];
}
