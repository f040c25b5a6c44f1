import type { ArmEvidence, UnitEvidence } from "../claim/result.ts";

const RANK = { refuted: 0, inconclusive: 1, supported: 2 } as const;

/** The units from the most to the least worrying: refuted before undecided before supported, then by room to the margin. */
export function worstFirst(units: readonly UnitEvidence[]): readonly UnitEvidence[] {
  return [...units].sort((a, b) => RANK[a.state] - RANK[b.state] || room(a) - room(b));
}

/** The unit that a claim's row shows. */
export function worstUnit(arm: ArmEvidence): UnitEvidence | undefined {
  return worstFirst(arm.units)[0];
}

/**
 * Room between the interval and the nearest end of the region, in half-widths of the region where it has two ends and of
 * the interval where it has one; negative when the interval sticks out. Comparable among the units of one claim.
 */
export function room({ region, interval }: Pick<UnitEvidence, "region" | "interval">): number {
  const below = region[0] === null ? Infinity : (interval[0] ?? -Infinity) - region[0];
  const above = region[1] === null ? Infinity : region[1] - (interval[1] ?? Infinity);
  const unit = halfWidth(region) ?? halfWidth(interval) ?? 1;
  return Math.min(below, above) / (unit > 0 ? unit : 1);
}

function halfWidth([low, high]: readonly [number | null, number | null]): number | undefined {
  return low === null || high === null ? undefined : (high - low) / 2;
}
