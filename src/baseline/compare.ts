import type { ArmEvidence, ArmState, ClaimEvidence, Evidence, Outcome, UnitEvidence } from "../claim/result.ts";
import { promiseEqualBytes } from "../run/engines/engines-apart.ts";
import type { Baseline, TierBaseline } from "./baseline.ts";
import { type BlockDifference, differingBlocks } from "./compare-blocks.ts";
import { type Definition, definitionOfEvidence } from "./definition.ts";
import { type DefinitionChange, definitionChanges } from "./definition-changes.ts";
import { type Expectation, expectationFor } from "./expectations.ts";
import type { Observation } from "./first-difference.ts";
import type { PairedShift } from "./paired-shift.ts";

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

export interface BytesChange extends BlockDifference {
  readonly kind: "bytes";
  readonly tier: string;
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
   */
  readonly bytes: "same" | "changed" | "other-seed" | "other-engine" | "not-compared";
  /** Cells of all arms whose bytes were compared, and how many of them differ. */
  readonly cells: { readonly compared: number; readonly changed: number };
  /** What the claim came to and comes to now; null where there is no such side. */
  readonly outcome: { readonly from: Outcome | null; readonly to: Outcome | null };
  /** The claim deviates as `expectations.json` says: its verdict fails nothing, and stays shown as what it is. */
  readonly known?: { readonly expects: Outcome; readonly reason: string; readonly link: string };
}

/** What else compare may know. */
export interface CompareContext {
  /** The present code's version of each claim, by id; without it, what evidence alone tells. */
  readonly definitions?: ReadonlyMap<string, { readonly hash: string; readonly definition: Definition }>;
  readonly expectations?: readonly Expectation[];
  /** What computed the evidence; the reference, or its equal in bytes, where nothing is said. */
  readonly engine?: string;
  /** `result`: the base is the evidence of another commit, so a claim that it lacks is new. */
  readonly base?: "baselines" | "result";
}

const GRAVITY: readonly Change["kind"][] = [
  ...(["verdict", "claim", "removed", "missing", "expectation", "estimate", "bytes", "added"] as const),
];
const OUTCOME_GRAVITY: readonly (Outcome | null)[] = [
  "fails",
  "crashed",
  "timed-out",
  "skipped",
  "undecided",
  null,
  "holds",
];

/**
 * What changed against the accepted baselines, the gravest first: changed verdicts, then what was changed in the claims
 * themselves, then estimates by how many margins they moved. `known` are the ids of all claims of all suites: a baseline of a
 * claim that is not among them is left over from a removed one.
 */
export function compareEvidence(
  evidence: Evidence,
  baselines: ReadonlyMap<string, Baseline>,
  known: readonly string[],
  context: CompareContext = {},
): readonly ClaimComparison[] {
  const compared = evidence.claims.map((claim) =>
    compareClaim(claim, { evidence, context, accepted: baselines.get(claim.id) }),
  );
  const removed = [...baselines.values()]
    .filter(({ claim }) => !known.includes(claim))
    .map(({ claim, title, tiers }): ClaimComparison => {
      const from = tiers[evidence.tier]?.outcome ?? null;
      return { ...uncompared(claim, title), changes: [{ kind: "removed" }], outcome: { from, to: null } };
    });
  return [...compared, ...removed].sort(worstFirst);
}

/** Ids of claims that the base has at this tier, the suites still have, and the evidence does not: they were not run. */
export function notRun(
  evidence: Evidence,
  baselines: ReadonlyMap<string, Baseline>,
  known: readonly string[],
): readonly string[] {
  const ran = new Set(evidence.claims.map(({ id }) => id));
  return [...baselines.values()]
    .filter(({ claim, tiers }) => tiers[evidence.tier] !== undefined && known.includes(claim) && !ran.has(claim))
    .map(({ claim }) => claim);
}

/** The largest shift of an estimate among a comparison's changes, in margins. */
export function largestShift({ changes }: Pick<ClaimComparison, "changes">): number {
  return Math.max(0, ...changes.map((change) => (change.kind === "estimate" ? change.margins : 0)));
}

function worstFirst(a: ClaimComparison, b: ClaimComparison): number {
  const byOutcome = OUTCOME_GRAVITY.indexOf(a.outcome.to) - OUTCOME_GRAVITY.indexOf(b.outcome.to);
  const byVerdict = gravity(a) === 0 ? Number(a.known !== undefined) - Number(b.known !== undefined) || byOutcome : 0;
  return gravity(a) - gravity(b) || byVerdict || difference(largestShift(b), largestShift(a)) || (a.id < b.id ? -1 : 1);
}

/** Two infinite shifts rank alike, where subtracting them has no value. */
function difference(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function gravity({ changes }: ClaimComparison): number {
  return Math.min(GRAVITY.length, ...changes.map(({ kind }) => GRAVITY.indexOf(kind)));
}

function uncompared(id: string, title: string): Pick<ClaimComparison, "id" | "title" | "bytes" | "cells"> {
  return { id, title, bytes: "not-compared", cells: { compared: 0, changed: 0 } };
}

interface Compared {
  readonly evidence: Evidence;
  readonly context: CompareContext;
  readonly accepted: Baseline | undefined;
}

function compareClaim(claim: ClaimEvidence, compared: Compared): ClaimComparison {
  const comparison = compareWithBaseline(claim, compared);
  const { tier } = compared.evidence;
  const expected = expectationFor(compared.context.expectations ?? [], claim.id, tier);
  if (expected === undefined) return comparison;
  const { expects, reason, link } = expected;
  if (claim.outcome === expects) return { ...comparison, known: { expects, reason, link } };
  return { ...comparison, changes: [...comparison.changes, { kind: "expectation", expects, found: claim.outcome }] };
}

function compareWithBaseline(claim: ClaimEvidence, { evidence, context, accepted }: Compared): ClaimComparison {
  const { tier, seed } = evidence;
  const before = accepted?.tiers[tier];
  const outcome = { from: before?.outcome ?? null, to: claim.outcome };
  const same = { ...uncompared(claim.id, claim.title), outcome };
  if (accepted !== undefined && accepted.hash !== claim.hash) {
    const differences = definitionChanges(
      acceptedDefinition(accepted, tier, claim),
      presentDefinition(claim, tier, context),
    );
    const verdicts = before === undefined ? [] : verdictChanges(before.arms, claim.arms);
    return { ...same, changes: [...verdicts, { kind: "claim", from: accepted.hash, to: claim.hash, differences }] };
  }
  if (accepted === undefined || before === undefined) {
    return { ...same, changes: [context.base === "result" ? { kind: "added" } : { kind: "missing", tier }] };
  }
  const verdicts = verdictChanges(before.arms, claim.arms);
  if (!promiseEqualBytes(context.engine ?? before.accepted.engine, before.accepted.engine)) {
    const held = verdicts.filter(byMoreThanChance(tier)).filter(byMoreThanRefusal);
    return { ...same, changes: held, bytes: "other-engine" };
  }
  if (before.seed !== seed) return { ...same, changes: verdicts.filter(byMoreThanChance(tier)), bytes: "other-seed" };
  const bytes = byteChanges(claim, accepted, { tier, seed });
  const changedCells = new Set(bytes.map(({ arm, cell }) => JSON.stringify([arm, cell]))).size;
  return {
    ...same,
    changes: [...verdicts, ...estimateChanges(before, claim), ...bytes],
    bytes: bytes.length === 0 ? "same" : "changed",
    cells: { compared: claim.arms.reduce((sum, { cells }) => sum + cells.length, 0), changed: changedCells },
  };
}

/** What was accepted; of a baseline without it, what its evidence tells. */
function acceptedDefinition({ definition, tiers }: Baseline, tier: Evidence["tier"], claim: ClaimEvidence): Definition {
  const before = tiers[tier];
  return definition ?? definitionOfEvidence({ ...claim, arms: before?.arms ?? [] }, tier);
}

/** The code's version where it is the one that the result was computed from. */
function presentDefinition(claim: ClaimEvidence, tier: string, { definitions }: CompareContext): Definition {
  const present = definitions?.get(claim.id);
  return present?.hash === claim.hash ? present.definition : definitionOfEvidence(claim, tier);
}

/** With other streams it is chance what a smoke run leaves undecided: that alone is no change. */
function byMoreThanChance(tier: Evidence["tier"]): (change: Change) => boolean {
  return (change) => {
    return tier !== "smoke" || change.kind !== "verdict" || ![change.from, change.to].includes("inconclusive");
  };
}

/** What another engine refuses is shown in its own result, and changes no verdict. */
function byMoreThanRefusal(change: Change): boolean {
  return change.kind !== "verdict" || change.to !== "skipped";
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
): readonly BytesChange[] {
  return Object.entries(accepted.tiers)
    .filter(([, other]) => other !== undefined && other.seed === seed)
    .flatMap(([name, other]) =>
      differingBlocks(other!.arms, claim.arms, name === tier ? "whole" : "shared").map((difference): BytesChange => {
        return { kind: "bytes", tier: name, ...difference };
      }),
    );
}

function estimateChanges(before: TierBaseline, claim: ClaimEvidence): readonly EstimateChange[] {
  return claim.arms
    .flatMap((arm) => {
      const other = before.arms.find(({ name }) => name === arm.name);
      return arm.units.flatMap((unit): readonly EstimateChange[] => {
        const was = other?.units.find(({ label }) => label === unit.label);
        if (was === undefined || was.estimate === unit.estimate) return [];
        const intervals = [was.interval, unit.interval] as const;
        const place = { arm: arm.name, unit: unit.label };
        return [
          {
            kind: "estimate",
            ...place,
            from: was.estimate,
            to: unit.estimate,
            intervals,
            margins: marginsMoved(was, unit),
          },
        ];
      });
    })
    .sort((a, b) => difference(b.margins, a.margins));
}

function marginsMoved(was: UnitEvidence, unit: UnitEvidence): number {
  return Math.abs((unit.estimate ?? Infinity) - (was.estimate ?? Infinity)) / marginOf(was);
}

/** The unit in which moves are told: half the predicted region, or of the interval where the region is open; never 0. */
export function marginOf({ region, interval }: Pick<UnitEvidence, "region" | "interval">): number {
  const [low, high] = region[0] === null || region[1] === null ? interval : region;
  const half = low === null || high === null ? 0 : (high - low) / 2;
  return half > 0 ? half : 1;
}
