import { createHash } from "node:crypto";
import { type CellEvidence, DIGEST_BLOCK } from "../claim/result.ts";

/**
 * Digests of the first 64, 128, 256, … replicates of a stream and of all that a tier takes, by their number, ascending. Two
 * sets of samples that first differ somewhere differ in each digest from there on, so the place is known within a factor of
 * two although a stream of a hundred thousand replicates takes a dozen digests.
 */
export type Prefixes = ReadonlyMap<number, string>;

/** Replicates from the first to the last one among which two sets of samples first differ. */
export type ReplicateSpan = readonly [first: number, last: number];

type Digested = Pick<CellEvidence, "replicates" | "blocks">;

/** Hexadecimal digits of a digest, 64 bits: as many as a block's has in evidence. */
const DIGITS = 16;

/** The prefixes that a stream of so many replicates is digested at. */
export function prefixCounts(replicates: number): readonly number[] {
  const counts: number[] = [];
  for (let count = DIGEST_BLOCK; count < replicates; count *= 2) counts.push(count);
  return replicates > 0 ? [...counts, replicates] : counts;
}

/** The digests of a cell's samples at `counts`, of which those inside a block or beyond the samples are left out. */
export function prefixesOf(cell: Digested, counts: readonly number[] = prefixCounts(cell.replicates)): Prefixes {
  const digests = counts.flatMap((count): readonly [number, string][] => {
    const digest = digestAt(cell, count);
    return digest === undefined ? [] : [[count, digest]];
  });
  return new Map(digests);
}

/** The digests of cells that may share streams, by stream. The caller knows that cells of one stream agree. */
export function prefixesByStream(
  cells: readonly (Digested & Pick<CellEvidence, "stream">)[],
): ReadonlyMap<string, Prefixes> {
  const joined = new Map<string, Prefixes>();
  for (const cell of cells) {
    if (cell.replicates > 0) joined.set(cell.stream, joinedPrefixes(joined.get(cell.stream), prefixesOf(cell)));
  }
  return joined;
}

/** All digests of two tables of one stream, ascending; where both have one the second's. */
export function joinedPrefixes(one: Prefixes | undefined, other: Prefixes): Prefixes {
  return new Map([...(one ?? []), ...other].sort(([a], [b]) => a - b));
}

/** Where samples first differ from accepted ones, as far as both tell; undefined where they agree. */
export function firstDifferingSpan(accepted: Prefixes, cell: Digested): ReplicateSpan | undefined {
  return firstContradiction(accepted, prefixesOf(cell, [...accepted.keys()]));
}

/** Where two tables of one stream first contradict each other; undefined where all that they share agrees. */
export function firstContradiction(one: Prefixes, other: Prefixes): ReplicateSpan | undefined {
  let agreed = 0;
  for (const count of [...one.keys()].sort((a, b) => a - b)) {
    const digest = other.get(count);
    if (digest === undefined) continue;
    if (digest !== one.get(count)) return [agreed, count - 1];
    agreed = count;
  }
  return undefined;
}

function digestAt({ replicates, blocks }: Digested, count: number): string | undefined {
  const whole = count % DIGEST_BLOCK === 0 ? count <= replicates : count === replicates;
  if (!whole) return undefined;
  const covered = blocks.slice(0, Math.ceil(count / DIGEST_BLOCK));
  return createHash("sha256").update(covered.join("")).digest("hex").slice(0, DIGITS);
}
