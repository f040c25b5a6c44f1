import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../../claim/canonical-json.ts";
import { result } from "../../claim/result.ts";
import { type JournalHeader, journalHeader } from "../files/journal.ts";
import { checkBound, parseAs, ResultFileError, readVersioned, writeChecked } from "../files/result-file.ts";
import type { Shard } from "./shard.ts";

/** What makes a result file a shard's: readers of whole results refuse a file that has it. */
const shardMark = z.strictObject({
  /** From 1. */
  index: z.int().positive(),
  count: z.int().positive(),
  /** SHA-256 of `plan` and `count`: equal for the shards of one run. */
  digest: z.string(),
  /** The whole run: tier, seed, engine, hashes of all claims and of their experiments' code. */
  plan: journalHeader,
});

const shardResult = result.extend({ shard: shardMark });

export type ShardMark = z.infer<typeof shardMark>;
/** Evidence and provenance of a part of a run, and which part it is. */
export type ShardResult = z.infer<typeof shardResult>;

/** A shard and the file that it was read from, by which messages name it. */
export interface ShardFile {
  readonly path: string;
  readonly shard: ShardResult;
}

/** The mark of a shard of the run that a journal's header describes. */
export function markOf(plan: JournalHeader, { index, count }: Shard): ShardMark {
  return { index, count, digest: planDigest(plan, count), plan };
}

/** The digest that a shard's mark must have. */
export function planDigest(plan: JournalHeader, count: number): string {
  const { tier, seed, engine, claims, code } = plan;
  return createHash("sha256").update(canonicalJson({ tier, seed, engine, claims, code, count })).digest("hex");
}

/** Writes a shard's file whole or not at all. Throws `ResultFileError`. */
export async function writeShard(path: string, shard: ShardResult): Promise<void> {
  return writeChecked(path, shard, shardResult);
}

/** Reads and checks a shard's file. Throws `ResultFileError`, also for the result of a whole run. */
export async function readShard(path: string): Promise<ShardResult> {
  const { value, text } = await readVersioned(path);
  if (typeof value === "object" && value !== null && !("shard" in value)) {
    throw new ResultFileError(`${path} is the result of a whole run, needed a shard's: plateau run … --shard i/n`);
  }
  return checkBound(parseAs(shardResult, value, path, text), path);
}
