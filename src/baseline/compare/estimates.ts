import type { ClaimEvidence, UnitEvidence } from "../../claim/result.ts";
import type { TierBaseline } from "../baseline.ts";
import type { EstimateChange } from "./change.ts";
import { descending } from "./rank.ts";

/** Estimates, or intervals about them, that are not what was accepted; those that moved by most margins first. */
export function estimateChanges(before: TierBaseline, claim: ClaimEvidence): readonly EstimateChange[] {
  return claim.arms
    .flatMap((arm) => {
      const other = before.arms.find(({ name }) => name === arm.name);
      return arm.units.flatMap((unit): readonly EstimateChange[] => {
        const was = other?.units.find(({ label }) => label === unit.label);
        if (was === undefined || sameAnswer(was, unit)) return [];
        const values = { from: was.estimate, to: unit.estimate, intervals: [was.interval, unit.interval] as const };
        return [{ kind: "estimate", arm: arm.name, unit: unit.label, ...values, margins: marginsMoved(was, unit) }];
      });
    })
    .sort((a, b) => descending(a.margins, b.margins));
}

/** The unit in which moves are told: half the predicted region, or of the interval where the region is open; never 0. */
export function marginOf({ region, interval }: Pick<UnitEvidence, "region" | "interval">): number {
  const [low, high] = region[0] === null || region[1] === null ? interval : region;
  const half = low === null || high === null ? 0 : (high - low) / 2;
  return half > 0 ? half : 1;
}

function sameAnswer(was: UnitEvidence, unit: UnitEvidence): boolean {
  const [low, high] = unit.interval;
  return was.estimate === unit.estimate && was.interval[0] === low && was.interval[1] === high;
}

function marginsMoved(was: UnitEvidence, unit: UnitEvidence): number {
  if (was.estimate === unit.estimate) return 0;
  return Math.abs((unit.estimate ?? Infinity) - (was.estimate ?? Infinity)) / marginOf(was);
}
