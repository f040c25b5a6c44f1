import type { TierName } from "../claim/claim.ts";
import type { Baseline } from "./baseline.ts";

/** Tiers of a claim of which nothing is accepted any more. */
export interface DroppedTiers {
  readonly claim: string;
  readonly tiers: readonly TierName[];
}

/** What an acceptance takes away unasked: tiers that were accepted of another version of a claim, and of which no result was given. */
export function droppedTiers(
  before: ReadonlyMap<string, Baseline>,
  after: ReadonlyMap<string, Baseline>,
): readonly DroppedTiers[] {
  return [...after.values()].flatMap(({ claim, tiers }): readonly DroppedTiers[] => {
    const were = Object.keys(before.get(claim)?.tiers ?? {}) as TierName[];
    const dropped = were.filter((tier) => tiers[tier] === undefined);
    return dropped.length === 0 ? [] : [{ claim, tiers: dropped }];
  });
}
