import { createHash } from "node:crypto";
import type { Baseline, TierBaseline } from "../baseline/baseline.ts";
import { canonicalJsonOf } from "../claim/canonical-json.ts";
import type { TierName } from "../claim/claim.ts";
import type { ArmEvidence, Outcome, Result } from "../claim/result.ts";

/** One judged unit, as a text may quote it; an open end is null. */
export interface CitedUnit {
  readonly label: string;
  readonly estimate: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly predicted: number | null;
  /** Over the cells that it is judged on. */
  readonly replicates: number;
}

/** What the evidence says of one claim at one tier. */
export interface CitedClaim {
  readonly claim: string;
  readonly title: string;
  readonly tier: TierName;
  readonly outcome: Outcome;
  readonly seed: string;
  /** Commit whose code computed it. */
  readonly commit: string | null;
  /** UTC, ISO 8601: when it was accepted or run. */
  readonly at: string;
  /** Content hash of the claim's manifest when it was judged. */
  readonly hash: string;
  /** First 16 hexadecimal digits of the SHA-256 of all of the above that no clock or machine enters, with the units. */
  readonly digest: string;
  readonly units: readonly CitedUnit[];
}

/** The tier that must decide comes first: what a text that names none is about. */
const TIERS: readonly TierName[] = ["full", "deep", "smoke"];

/** Accepted evidence: each claim at each of its tiers. */
export function citedBaselines(baselines: ReadonlyMap<string, Baseline>): readonly CitedClaim[] {
  return [...baselines.values()].flatMap((baseline) =>
    TIERS.flatMap((tier) => {
      const found = baseline.tiers[tier];
      return found === undefined ? [] : [citedTier(baseline, tier, found)];
    }),
  );
}

/** The evidence of one result. */
export function citedResult({ evidence: { tier, seed, claims }, provenance }: Result): readonly CitedClaim[] {
  return claims.map(({ id, title, hash, outcome, arms }) =>
    sealed(
      { claim: id, title, hash, tier, outcome: decidedOutcome(outcome, arms), seed, units: unitsOf(arms) },
      { commit: provenance.dirty ? null : provenance.commit, at: provenance.startedAt },
    ),
  );
}

function citedTier({ claim, title, hash }: Baseline, tier: TierName, found: TierBaseline): CitedClaim {
  const { outcome, seed, arms, accepted } = found;
  const content = { claim, title, hash, tier, outcome: decidedOutcome(outcome, arms), seed, units: unitsOf(arms) };
  return sealed(content, accepted);
}

function sealed(
  content: Omit<CitedClaim, "digest" | "commit" | "at">,
  { commit, at }: Pick<CitedClaim, "commit" | "at">,
): CitedClaim {
  const digest = createHash("sha256").update(canonicalJsonOf(content)).digest("hex");
  return { ...content, commit, at, digest: digest.slice(0, 16) };
}

/** At smoke a claim holds until it is refuted, and a text that says "supported" of it needs more than that. */
function decidedOutcome(outcome: Outcome, arms: readonly Pick<ArmEvidence, "kind" | "state">[]): Outcome {
  const supported = arms.find(({ kind }) => kind === "claimed")?.state === "supported";
  return outcome === "holds" && !supported ? "undecided" : outcome;
}

type JudgedArm = Pick<ArmEvidence, "kind" | "units"> & {
  readonly cells: readonly { readonly replicates: number }[];
};

function unitsOf(arms: readonly JudgedArm[]): readonly CitedUnit[] {
  const claimed = arms.find(({ kind }) => kind === "claimed");
  return (claimed?.units ?? []).map(({ label, estimate, interval: [low, high], predicted, cells }) => {
    const replicates = cells.reduce((sum, cell) => sum + (claimed!.cells[cell]?.replicates ?? 0), 0);
    return { label, estimate, low, high, predicted, replicates };
  });
}
