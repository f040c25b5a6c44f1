import { z } from "zod";
import { sealedLine } from "../claim/evidence/digests.ts";
import { outcome, type Result, tierName } from "../claim/result.ts";

export const HISTORY_SCHEMA_VERSION = 2;

const openEnd = z.number().nullable();

// Fields that a later version writes are passed over: one of them must not stop what reads the rest.
/** One question of the claimed arm as it came out in one run; an open end is null. */
const historyUnit = z.object({
  label: z.string(),
  estimate: openEnd,
  low: openEnd,
  high: openEnd,
  state: z.enum(["supported", "refuted", "inconclusive"]),
});

const historyClaim = z.object({
  id: z.string(),
  /** Content hash of the claim: points of different hashes answer different questions. */
  hash: z.string(),
  outcome,
  units: z.array(historyUnit),
});

/** One line of `history/*.jsonl`: what one run found of each claim. */
export const historyLine = z.object({
  /** Lines of version 1 were made before digests. */
  schema: z.union([z.literal(1), z.literal(HISTORY_SCHEMA_VERSION)]),
  /** Of all other fields of the line; see `sealedLine`. */
  digest: z.string().optional(),
  /** The result's own: of its evidence, and of the index of its samples. */
  digests: z.object({ evidence: z.string(), samples: z.string() }).optional(),
  /** When the run started: UTC, ISO 8601. */
  at: z.string(),
  commit: z.string().nullable(),
  tier: tierName,
  seed: z.string(),
  claims: z.array(historyClaim),
});

export type HistoryLine = z.infer<typeof historyLine>;

/** The line of a history file that a run adds; controls are left out, their state is in the outcome. Pure. */
export function historyEntry({ evidence, provenance, digests }: Result): HistoryLine {
  return sealedLine({
    schema: HISTORY_SCHEMA_VERSION,
    digests: { evidence: digests.evidence, samples: digests.samples },
    at: provenance.startedAt,
    commit: provenance.commit,
    tier: evidence.tier,
    seed: evidence.seed,
    claims: evidence.claims.map(({ id, hash, outcome, arms }) => ({
      id,
      hash,
      outcome,
      units: (arms.find(({ kind }) => kind === "claimed")?.units ?? []).map(({ label, estimate, interval, state }) => ({
        label,
        estimate,
        low: interval[0],
        high: interval[1],
        state,
      })),
    })),
  });
}
