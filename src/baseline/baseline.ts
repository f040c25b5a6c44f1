import type { TierName } from "../claim/claim.ts";
import type { ArmEvidence, CellEvidence, Outcome } from "../claim/result.ts";
import type { Definition } from "./definition.ts";
import type { Prefixes } from "./prefixes.ts";

/** Who made it the baseline, of what, and why. */
export interface Accepted {
  /** UTC, ISO 8601. */
  readonly at: string;
  /** Commit that the result was computed from. */
  readonly commit: string;
  readonly engine: string;
  readonly reason: string;
}

/** One cell's samples as they were accepted: where they come from; what they are is told by the digests of their stream. */
export type AcceptedCell = Omit<CellEvidence, "blocks">;

export type AcceptedArm = Omit<ArmEvidence, "cells"> & { readonly cells: readonly AcceptedCell[] };

/** An arm's evidence without the digests of its blocks. */
export function acceptedArm({ cells, ...arm }: ArmEvidence): AcceptedArm {
  return { ...arm, cells: cells.map(({ blocks: _, ...cell }) => cell) };
}

/** What was accepted of a claim at one tier. */
export interface TierBaseline {
  readonly seed: string;
  readonly interpreting: number;
  readonly outcome: Outcome;
  readonly arms: readonly AcceptedArm[];
  readonly accepted: Accepted;
}

/** What was accepted of one claim. */
export interface Baseline {
  readonly claim: string;
  /** The name that it was accepted under, where the claim has been renamed since. Not in the file. */
  readonly renamedFrom?: string;
  readonly title: string;
  /** Content hash of the claim's manifest, of all tiers at once. */
  readonly hash: string;
  /** What the hash is made of, so that a changed claim can be shown beside the accepted one. */
  readonly definition: Definition;
  readonly tiers: { readonly [tier in TierName]?: TierBaseline };
  /** Digests of each random stream's samples by its key, once for all tiers: a tier's replicates are a prefix of the next one's. */
  readonly streams: ReadonlyMap<string, Prefixes>;
}

/** Baselines that are missing, edited by hand, foreign or not to be replaced: what was found, where, what was needed. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
  /** The files may be sound, but they are of a schema that this version does not read. */
  readonly otherSchema: boolean;

  constructor(message: string, options: ErrorOptions & { readonly otherSchema?: boolean } = {}) {
    super(message, options);
    this.otherSchema = options.otherSchema ?? false;
  }
}
