import type { ArmEvidence, ClaimEvidence, Evidence } from "../../claim/result.ts";
import type { AcceptedArm, Baseline } from "../baseline.ts";
import { type Definitions, definitionFor } from "../definition.ts";
import { definitionChanges } from "../definition-changes.ts";
import { type Expectation, expectationFor } from "../expectations.ts";
import { bytesChanges } from "./bytes.ts";
import type { Change, ClaimComparison, EstimateChange } from "./change.ts";
import { estimateChanges } from "./estimates.ts";
import { worstFirst } from "./rank.ts";

/** What else compare may know. */
export interface CompareContext {
  /** The present code's version of each claim, by id; without it, what evidence alone tells. */
  readonly definitions?: Definitions;
  readonly expectations?: readonly Expectation[];
  /** Whether the evidence has the bytes of that engine, by name: where nothing is said, of every one that was accepted. */
  readonly equalBytes?: (engine: string) => boolean;
  /** `result`: the base is the evidence of another commit, so a claim that it lacks is new. */
  readonly base?: "baselines" | "result";
}

/**
 * What changed against the accepted baselines, the gravest first: changed verdicts, then what was changed in the claims
 * themselves, then estimates by how many margins they moved. `known` are the ids of all claims of all suites: a baseline of a
 * claim that is not among them is left over from a removed one. What renamed claims had accepted has been carried over.
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

function uncompared(id: string, title: string): Pick<ClaimComparison, "id" | "title" | "bytes" | "cells"> {
  return { id, title, bytes: "not-compared", cells: { compared: 0, changed: 0 } };
}

interface Compared {
  readonly evidence: Evidence;
  readonly context: CompareContext;
  readonly accepted: Baseline | undefined;
}

function compareClaim(claim: ClaimEvidence, compared: Compared): ClaimComparison {
  const comparison = withOldName(compareWithBaseline(claim, compared), compared.accepted);
  const { tier } = compared.evidence;
  const expected = expectationFor(compared.context.expectations ?? [], claim.id, tier);
  if (expected === undefined) return comparison;
  const { expects, reason, link } = expected;
  if (claim.outcome === expects) return { ...comparison, known: { expects, reason, link } };
  return { ...comparison, changes: [...comparison.changes, { kind: "expectation", expects, found: claim.outcome }] };
}

function withOldName(comparison: ClaimComparison, accepted: Baseline | undefined): ClaimComparison {
  if (accepted?.renamedFrom === undefined) return comparison;
  return { ...comparison, changes: [...comparison.changes, { kind: "renamed", from: accepted.renamedFrom }] };
}

function compareWithBaseline(claim: ClaimEvidence, { evidence, context, accepted }: Compared): ClaimComparison {
  const { tier, seed } = evidence;
  const before = accepted?.tiers[tier];
  const outcome = { from: before?.outcome ?? null, to: claim.outcome };
  const same = { ...uncompared(claim.id, claim.title), outcome };
  if (accepted !== undefined && accepted.hash !== claim.hash) {
    const differences = definitionChanges(accepted.definition, definitionFor(claim, tier, context.definitions));
    const verdicts = before === undefined ? [] : verdictChanges(before.arms, claim.arms);
    return { ...same, changes: [...verdicts, { kind: "claim", from: accepted.hash, to: claim.hash, differences }] };
  }
  if (accepted === undefined || before === undefined) {
    return { ...same, changes: [context.base === "result" ? { kind: "added" } : { kind: "missing", tier }] };
  }
  const verdicts = verdictChanges(before.arms, claim.arms);
  if (context.equalBytes?.(before.accepted.engine) === false) {
    const held = verdicts.filter(byMoreThanChance(tier)).filter(byMoreThanRefusal);
    return { ...same, changes: held, bytes: "other-engine" };
  }
  if (before.seed !== seed) return { ...same, changes: verdicts.filter(byMoreThanChance(tier)), bytes: "other-seed" };
  if (claim.origins?.some((origin) => origin.by === "program" && !origin.deterministic)) {
    const moved = estimateChanges(before, claim).filter(beyondChance);
    return { ...same, changes: [...verdicts.filter(byMoreThanChance(tier)), ...moved], bytes: "not-promised" };
  }
  const bytes = bytesChanges(claim, before, accepted.streams);
  return {
    ...same,
    changes: [...verdicts, ...estimateChanges(before, claim), ...bytes],
    bytes: bytes.length === 0 ? "same" : "changed",
    cells: { compared: claim.arms.reduce((sum, { cells }) => sum + cells.length, 0), changed: bytes.length },
  };
}

/** With other streams it is chance what a smoke run leaves undecided: that alone is no change. */
function byMoreThanChance(tier: Evidence["tier"]): (change: Change) => boolean {
  return (change) => {
    return tier !== "smoke" || change.kind !== "verdict" || ![change.from, change.to].includes("inconclusive");
  };
}

/** Intervals that have nothing in common: each holds its own truth but for a chance that the suite's budget has in it. */
function beyondChance({ intervals: [from, to] }: EstimateChange): boolean {
  const isBelow = (high: number | null, low: number | null) => high !== null && low !== null && high < low;
  return isBelow(from[1], to[0]) || isBelow(to[1], from[0]);
}

/** What another engine refuses is shown in its own result, and changes no verdict. */
function byMoreThanRefusal(change: Change): boolean {
  return change.kind !== "verdict" || change.to !== "skipped";
}

function verdictChanges(before: readonly AcceptedArm[], after: readonly ArmEvidence[]): readonly Change[] {
  const names = [...new Set([...before, ...after].map(({ name }) => name))];
  return names.flatMap((arm): readonly Change[] => {
    const from = before.find(({ name }) => name === arm)?.state ?? "absent";
    const to = after.find(({ name }) => name === arm)?.state ?? "absent";
    return from === to ? [] : [{ kind: "verdict", arm, from, to }];
  });
}
