import type { ArmEvidence, ArmState, ClaimEvidence, Evidence, UnitEvidence } from "../claim/result.ts";
import type { Baseline, TierBaseline } from "./baseline.ts";
import { type BlockDifference, differingBlocks } from "./compare-blocks.ts";

/** One thing that is not as it was accepted, the gravest kind first. */
export type Change =
  | {
      readonly kind: "verdict";
      readonly arm: string;
      readonly from: ArmState | "absent";
      readonly to: ArmState | "absent";
    }
  /** The claim's own definition differs: prediction, margin, grid, experiments, controls or tiers. */
  | { readonly kind: "claim"; readonly from: string; readonly to: string }
  | { readonly kind: "missing"; readonly tier: string }
  /** A baseline of a claim that no suite has any more. */
  | { readonly kind: "removed" }
  | ({ readonly kind: "bytes"; readonly tier: string } & BlockDifference)
  | {
      readonly kind: "estimate";
      readonly arm: string;
      readonly unit: string;
      readonly from: number | null;
      readonly to: number | null;
      /** How far it moved, in half-widths of the predicted region (of the accepted interval, where the region is one-sided). */
      readonly margins: number;
    };

export interface ClaimComparison {
  readonly id: string;
  readonly title: string;
  readonly changes: readonly Change[];
  /** `other-seed`: drawn from other streams, so bytes and estimates differ by chance and only verdicts are compared. */
  readonly bytes: "same" | "changed" | "other-seed" | "not-compared";
}

const GRAVITY: readonly Change["kind"][] = ["verdict", "claim", "missing", "removed", "estimate", "bytes"];

/**
 * What changed against the accepted baselines, the gravest first. `known` are the ids of all claims of all suites: a
 * baseline of a claim that is not among them is left over from a removed one.
 */
export function compareEvidence(
  evidence: Evidence,
  baselines: ReadonlyMap<string, Baseline>,
  known: readonly string[],
): readonly ClaimComparison[] {
  const compared = evidence.claims.map((claim) => compareClaim(claim, evidence, baselines.get(claim.id)));
  const removed = [...baselines.values()]
    .filter(({ claim }) => !known.includes(claim))
    .map(({ claim, title }): ClaimComparison => {
      return { id: claim, title, changes: [{ kind: "removed" }], bytes: "not-compared" };
    });
  return [...compared, ...removed].sort((a, b) => gravity(a) - gravity(b));
}

function gravity({ changes }: ClaimComparison): number {
  return Math.min(GRAVITY.length, ...changes.map(({ kind }) => GRAVITY.indexOf(kind)));
}

function compareClaim(claim: ClaimEvidence, evidence: Evidence, accepted: Baseline | undefined): ClaimComparison {
  const { id, title } = claim;
  const { tier, seed } = evidence;
  const before = accepted?.tiers[tier];
  if (accepted === undefined || before === undefined) {
    return { id, title, changes: [{ kind: "missing", tier }], bytes: "not-compared" };
  }
  const verdicts = verdictChanges(before.arms, claim.arms);
  if (accepted.hash !== claim.hash) {
    const changes: readonly Change[] = [...verdicts, { kind: "claim", from: accepted.hash, to: claim.hash }];
    return { id, title, changes, bytes: "not-compared" };
  }
  if (before.seed !== seed) return { id, title, changes: verdicts.filter(byMoreThanChance(tier)), bytes: "other-seed" };
  const bytes = byteChanges(claim, accepted, { tier, seed });
  const changes = [...verdicts, ...estimateChanges(before, claim), ...bytes];
  return { id, title, changes, bytes: bytes.length === 0 ? "same" : "changed" };
}

/** With other streams it is chance what a smoke run leaves undecided: that alone is no change. */
function byMoreThanChance(tier: Evidence["tier"]): (change: Change) => boolean {
  return (change) => {
    return tier !== "smoke" || change.kind !== "verdict" || ![change.from, change.to].includes("inconclusive");
  };
}

function verdictChanges(before: readonly ArmEvidence[], after: readonly ArmEvidence[]): readonly Change[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((arm): readonly Change[] => {
    const from = before.find(({ name }) => name === arm)?.state ?? "absent";
    const to = after.find(({ name }) => name === arm)?.state ?? "absent";
    return from === to ? [] : [{ kind: "verdict", arm, from, to }];
  });
}

/** Against each tier with the same seed: the smoke replicates are a prefix of the full tier's, so both bear witness. */
function byteChanges(
  claim: ClaimEvidence,
  accepted: Baseline,
  { tier, seed }: Pick<Evidence, "tier" | "seed">,
): readonly Change[] {
  return Object.entries(accepted.tiers)
    .filter(([, other]) => other !== undefined && other.seed === seed)
    .flatMap(([name, other]) =>
      differingBlocks(other!.arms, claim.arms, name === tier ? "whole" : "shared").map((difference): Change => {
        return { kind: "bytes", tier: name, ...difference };
      }),
    );
}

function estimateChanges(before: TierBaseline, claim: ClaimEvidence): readonly Change[] {
  return claim.arms.flatMap((arm) => {
    const other = before.arms.find(({ name }) => name === arm.name);
    return arm.units.flatMap((unit): readonly Change[] => {
      const was = other?.units.find(({ label }) => label === unit.label);
      if (was === undefined || was.estimate === unit.estimate) return [];
      const margins = Math.abs((unit.estimate ?? Infinity) - (was.estimate ?? Infinity)) / marginOf(was);
      return [{ kind: "estimate", arm: arm.name, unit: unit.label, from: was.estimate, to: unit.estimate, margins }];
    });
  });
}

function marginOf({ region, interval }: UnitEvidence): number {
  const [low, high] = region[0] === null || region[1] === null ? interval : region;
  const half = low === null || high === null ? 0 : (high - low) / 2;
  return half > 0 ? half : 1;
}
