import { createHash } from "node:crypto";

/** Largest seed and one: JSON's whole numbers are exact below 2^53. */
const SEEDS = 2n ** 53n;

/** The seed of one replicate of a stream: the first 53 bits of the SHA-256 of both, the same however requests are cut. */
export function replicateSeed(stream: string, replicate: number): number {
  const digest = createHash("sha256").update(`${stream} ${replicate}`).digest();
  return Number(digest.readBigUInt64BE(0) % SEEDS);
}
