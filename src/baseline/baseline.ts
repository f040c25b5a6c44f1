import { z } from "zod";
import { armEvidence, outcome } from "../claim/result.ts";
import { definition } from "./definition.ts";

export const BASELINE_SCHEMA_VERSION = 1;

/** Who made it the baseline, of what, and why. */
const accepted = z.strictObject({
  /** UTC, ISO 8601. */
  at: z.string(),
  /** Commit that the result was computed from. */
  commit: z.string(),
  engine: z.string(),
  reason: z.string().min(1),
});

const tierBaseline = z.strictObject({
  seed: z.string(),
  interpreting: z.int(),
  outcome,
  /** Estimates, intervals, spreads and the digest of each block of 64 replicates: a change is located without samples in git. */
  arms: z.array(armEvidence),
  accepted,
});

/** What was accepted of one claim: `baselines/<claim id>.json`. */
export const baseline = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA_VERSION),
  claim: z.string(),
  title: z.string(),
  /** Content hash of the claim's manifest, of both tiers at once. */
  hash: z.string(),
  /** What the hash is made of, so that a changed claim can be shown beside the accepted one. */
  definition: definition.optional(),
  tiers: z.strictObject({
    smoke: tierBaseline.optional(),
    full: tierBaseline.optional(),
    deep: tierBaseline.optional(),
  }),
});

/** `baselines/index.json`: SHA-256 of each file, so that an edited, missing or added one is found. */
export const baselineIndex = z.strictObject({
  schema: z.literal(BASELINE_SCHEMA_VERSION),
  files: z.record(z.string(), z.string()),
});

export type Baseline = z.infer<typeof baseline>;
export type TierBaseline = z.infer<typeof tierBaseline>;

/** Baselines that are missing, edited by hand, foreign or not to be replaced: what was found, where, what was needed. */
export class BaselineError extends Error {
  override readonly name = "BaselineError";
}
