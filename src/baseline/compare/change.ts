import type { ArmState, Outcome, UnitEvidence } from "../../claim/result.ts";
import type { DefinitionChange } from "../definition-changes.ts";
import type { ReplicateSpan } from "../prefixes.ts";
import type { Observation } from "../samples/first-difference.ts";
import type { PairedShift } from "../samples/paired-shift.ts";

/** One thing that is not as it was accepted, the gravest kind first. */
export type Change =
  | {
      readonly kind: "verdict";
      readonly arm: string;
      readonly from: ArmState | "absent";
      readonly to: ArmState | "absent";
    }
  /** The claim's own definition differs: prediction, margin, grid, experiments, controls or tiers. */
  | {
      readonly kind: "claim";
      readonly from: string;
      readonly to: string;
      readonly differences: readonly DefinitionChange[];
    }
  | { readonly kind: "missing"; readonly tier: string }
  /** A claim of the base that no suite has any more. */
  | { readonly kind: "removed" }
  /** A claim that the base commit did not have; only where the base is a result. */
  | { readonly kind: "added" }
  /** What the base has of it, it has under a name that the claim says it had: no change of anything else. */
  | { readonly kind: "renamed"; readonly from: string }
  /** A known deviation that is none any more: its entry has to go. */
  | { readonly kind: "expectation"; readonly expects: Outcome; readonly found: Outcome }
  | EstimateChange
  | BytesChange;

export interface EstimateChange {
  readonly kind: "estimate";
  readonly arm: string;
  readonly unit: string;
  readonly from: number | null;
  readonly to: number | null;
  readonly intervals: readonly [from: UnitEvidence["interval"], to: UnitEvidence["interval"]];
  /** How far it moved, in half-widths of the predicted region (of the accepted interval, where the region is one-sided). */
  readonly margins: number;
}

export interface BytesChange {
  readonly kind: "bytes";
  readonly arm: string;
  /** The cell in words; the second experiment of a comparison says so. */
  readonly cell: string;
  /** Replicates among which the first difference is, within a factor of two; null when experiment or setup is another. */
  readonly replicates: ReplicateSpan | null;
  /** Where both sides' samples are at hand: the first observation that differs. */
  readonly first?: Observation;
  /** Where both sides' samples are at hand: how far each measure moved, paired by replicate. */
  readonly shifts?: readonly PairedShift[];
}

export interface ClaimComparison {
  readonly id: string;
  readonly title: string;
  readonly changes: readonly Change[];
  /**
   * `other-seed`: drawn from other streams, so bytes and estimates differ by chance and only verdicts are compared.
   * `other-engine`: of an engine that does not promise the reference's bytes, and so are only verdicts.
   * `not-promised`: of a program that gives other numbers each time; verdicts and estimates beyond chance are compared.
   */
  readonly bytes: "same" | "changed" | "other-seed" | "other-engine" | "not-promised" | "not-compared";
  /** Cells of all arms whose bytes were compared, and how many of them differ. */
  readonly cells: { readonly compared: number; readonly changed: number };
  /** What the claim came to and comes to now; null where there is no such side. */
  readonly outcome: { readonly from: Outcome | null; readonly to: Outcome | null };
  /** The claim deviates as `expectations.json` says: its verdict fails nothing, and stays shown as what it is. */
  readonly known?: { readonly expects: Outcome; readonly reason: string; readonly link: string };
}
