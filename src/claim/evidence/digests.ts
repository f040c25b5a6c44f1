import { hash } from "node:crypto";
import { canonicalJsonOf } from "../canonical-json.ts";

/**
 * What binds a result together: SHA-256 of the canonical JSON (sorted keys, no spaces) of its parts. `evidence` is equal for
 * equal evidence, so that two results of one run on two machines have the same; `samples` covers the index of raw samples,
 * whose entries are themselves digests of the files beside the result; `rest` covers every other field. They find what was
 * torn, flipped or edited. They are no signature: whoever writes new ones can write anything, and is found by judging again
 * from the samples.
 */
export interface Digests {
  readonly evidence: string;
  readonly samples: string;
  readonly rest: string;
}

/** What a result or a shard is made of, whatever else it has. */
interface Parts {
  readonly evidence: unknown;
  readonly provenance: { readonly samples: unknown };
}

/** The digests of a result or a shard; those that it carries itself do not enter. */
export function digestsOf(parts: Parts): Digests {
  const { evidence, provenance, digests: _, ...more } = parts as Parts & { readonly digests?: unknown };
  const { samples, ...origin } = provenance;
  return { evidence: digestOf(evidence), samples: digestOf(samples), rest: digestOf({ ...more, provenance: origin }) };
}

/** A result or a shard with its digests, in place of those that it had. */
export function sealed<P extends Parts>(parts: P): P & { digests: Digests } {
  return { ...parts, digests: digestsOf(parts) };
}

/** A line of a journal or a history with the digest of all its other fields. */
export function sealedLine<L extends object>(line: L): L & { digest: string } {
  return { ...line, digest: lineDigest(line) };
}

/** Whether a line is what its digest says, fields included that its reader does not know. */
export function isSealedLine(line: object): boolean {
  return (line as { readonly digest?: unknown }).digest === lineDigest(line);
}

/** 64 bits are enough against accidents, and a journal has a line a chunk. */
const LINE_DIGITS = 16;

function lineDigest(line: object): string {
  const { digest: _, ...content } = line as { readonly digest?: unknown };
  return digestOf(content).slice(0, LINE_DIGITS);
}

/** By way of JSON text, so that a value in memory and the same one read back have one digest. */
function digestOf(value: unknown): string {
  return hash("sha256", canonicalJsonOf(value));
}
