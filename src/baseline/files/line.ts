import { z } from "zod";
import { armState } from "../../claim/engine-comparison.ts";
import { axisValue, claimId, outcome, streamName, tierName, unitEvidence } from "../../claim/result.ts";

/** Schema of a claim's file, `baselines/<claim id>.jsonl`: one JSON object a line, whose first key says what it is. */
export const BASELINE_SCHEMA_VERSION = 2;

const strict = z.strictObject;
const text = z.string();
const countByTier = z.partialRecord(tierName, z.int().nonnegative());

/** What the claim is; what only its manifest tells is absent where evidence alone was at hand. */
const claimLine = strict({
  schema: z.literal(BASELINE_SCHEMA_VERSION),
  claim: claimId,
  hash: text,
  title: text,
  prediction: text.optional(),
  assumptions: z.array(text).optional(),
  grid: z.record(text, z.array(axisValue)).optional(),
});

/** A tier, and what was accepted of it by whom; of one that was not accepted its name alone. */
const tierLine = z.union([
  strict({ tier: tierName }),
  strict({
    tier: tierName,
    outcome,
    seed: text,
    interpreting: z.int(),
    at: text,
    commit: text,
    engine: text,
    reason: text.min(1),
  }),
]);

/** An arm at a tier, and what it came to where the tier was accepted. */
const armLine = strict({
  arm: text,
  tier: tierName,
  kind: z.enum(["claimed", "control"]),
  state: armState.optional(),
  looks: z.int().nonnegative().optional(),
  reason: text.optional(),
});

/** A question of an arm at a tier, and its answer where it was judged; `cells` counts the arm's lines of cells from 0. */
const unitLine = unitEvidence
  .omit({ label: true })
  .partial({ cells: true, level: true, estimate: true, interval: true, spread: true, state: true })
  .extend({ unit: text, tier: tierName, arm: text });

/** An experiment of an arm at a cell, once for all tiers that have it: the source of its samples. */
const cellLine = strict({
  cell: z.record(text, axisValue),
  arm: text,
  role: z.literal("against").optional(),
  experiment: text,
  setup: text.optional(),
  stream: streamName.optional(),
  /** By tier: replicates at its last look. */
  replicates: countByTier,
  /** By tier: replicates that the evidence has, where it stopped earlier. */
  taken: countByTier.optional(),
  /** By tier: replicates that count, where some do not. */
  counted: countByTier.optional(),
});

/** The samples of a random stream, by digests of their prefixes; see `Prefixes`. */
const streamLine = strict({ stream: streamName, digests: z.record(text.regex(/^[1-9]\d*$/), text) });

/** The last line: SHA-256 of all the bytes before it, so that an edited or torn file is found. */
const endLine = strict({ sha256: text });

/** Schema of a line by its first key. */
export const LINES = {
  schema: claimLine,
  tier: tierLine,
  arm: armLine,
  unit: unitLine,
  cell: cellLine,
  stream: streamLine,
  sha256: endLine,
} as const;

export type Line<Key extends keyof typeof LINES> = z.infer<(typeof LINES)[Key]>;
