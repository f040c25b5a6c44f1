import { NOMINAL_RATES, secondsOf } from "../plan/cost-model.ts";
import type { Plan, PlannedClaim } from "../plan/plan.ts";

/** A part of a run: the `index`-th of `count`, from 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** A shard that makes no sense, or shards that are not the parts of one run: which one, what was found, what was needed. */
export class ShardError extends Error {
  override readonly name = "ShardError";
}

/**
 * The claims of one shard, in the plan's order; none where there are more shards than claims. The same on every machine:
 * the claims go, the dearest first by the committed rates, each to the shard that is then the least loaded, where
 * observations that the shard draws anyway cost nothing. A claim is never cut, so its verdict is made in one place.
 */
export function claimsOfShard(plan: Plan, { index, count }: Shard): readonly PlannedClaim[] {
  const bins = Array.from({ length: count }, (): Bin => ({ claims: new Set(), seconds: 0, replicates: new Map() }));
  const needs = plan.claims.map((claim) => ({ claim, needed: replicatesOf(plan, claim) }));
  const dearestFirst = needs
    .map((need) => ({ ...need, seconds: secondsMore(plan, need.needed, new Map()) }))
    .sort((a, b) => b.seconds - a.seconds || compareNames(nameOf(a.claim), nameOf(b.claim)));
  for (const { claim, needed } of dearestFirst) {
    const loads = bins.map((bin) => bin.seconds + secondsMore(plan, needed, bin.replicates));
    const least = loads.indexOf(Math.min(...loads));
    bins[least] = withClaim(bins[least]!, { claim, needed, seconds: loads[least]! });
  }
  return plan.claims.filter((claim) => bins[index - 1]!.claims.has(claim));
}

/** Replicates of each stream. */
type Replicates = ReadonlyMap<string, number>;

interface Bin {
  readonly claims: ReadonlySet<PlannedClaim>;
  readonly seconds: number;
  readonly replicates: Replicates;
}

function withClaim(
  bin: Bin,
  { claim, needed, seconds }: { readonly claim: PlannedClaim; readonly needed: Replicates; readonly seconds: number },
): Bin {
  const replicates = new Map(bin.replicates);
  for (const [stream, count] of needed) replicates.set(stream, Math.max(count, replicates.get(stream) ?? 0));
  return { claims: new Set([...bin.claims, claim]), seconds, replicates };
}

/** What a claim asks for of each stream at its last look. */
function replicatesOf(plan: Plan, claim: PlannedClaim): Replicates {
  const needed = new Map<string, number>();
  for (const { arm, streams } of plan.arms.filter((planned) => planned.claim === claim)) {
    streams.forEach((stream, index) => {
      needed.set(stream, Math.max(arm.sources[index]!.looks.at(-1)!, needed.get(stream) ?? 0));
    });
  }
  return needed;
}

function secondsMore(plan: Plan, needed: Replicates, there: Replicates): number {
  let seconds = 0;
  for (const [stream, count] of needed) {
    const more = Math.max(0, count - (there.get(stream) ?? 0));
    seconds += secondsOf(plan.series.get(stream)!.experiment.cost, more, NOMINAL_RATES);
  }
  return seconds;
}

function nameOf({ claim, suite }: PlannedClaim): string {
  return `${suite.name}: ${claim.id}`;
}

function compareNames(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
