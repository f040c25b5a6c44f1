import { canonicalJsonOf } from "../claim/canonical-json.ts";
import type { ClaimEvidence, Evidence, Provenance } from "../claim/result.ts";
import { type Accepted, acceptedArm, type Baseline, type TierBaseline } from "./baseline.ts";
import { cellWords } from "./cell-words.ts";
import { type Definition, type Definitions, definitionOfEvidence } from "./definition.ts";
import { joinStreams, keptSamples, samplesOf } from "./join-streams.ts";
import { prefixesOf } from "./prefixes.ts";

/** Who accepts, when and why; the same for all files of one acceptance. */
export type Acceptance = Pick<Accepted, "at" | "reason">;

/** A claim of a result that is to be accepted, and what it was computed by. */
export interface GivenClaim {
  readonly claim: ClaimEvidence;
  readonly evidence: Pick<Evidence, "tier" | "seed" | "interpreting">;
  readonly provenance: Pick<Provenance, "commit" | "engine">;
}

/**
 * A claim's baseline after its results, one a tier, were accepted; `before` is what it had. Throws `BaselineError` where a
 * tier that stays has other samples.
 */
export function acceptClaim(
  given: readonly GivenClaim[],
  before: Baseline | undefined,
  { acceptance, definitions }: { readonly acceptance: Acceptance; readonly definitions: Definitions },
): Baseline {
  const { id, title, hash } = given[0]!.claim;
  // a tier of another version of the claim says nothing about this one
  const same = before?.hash === hash ? before : undefined;
  const kept = Object.fromEntries(
    Object.entries(same?.tiers ?? {}).filter(([name]) => given.every(({ evidence }) => evidence.tier !== name)),
  );
  const tiers = given.map((each) => [each.evidence.tier, tierBaseline(each, same, acceptance)] as const);
  return {
    ...{ claim: id, title, hash },
    definition: definitionOf(given, same?.definition, definitions),
    tiers: { ...kept, ...Object.fromEntries(tiers) },
    streams: joinStreams(id, [...given.flatMap(samplesOf), ...keptSamples(kept, same?.streams)]),
  };
}

/** The present code's version where it is this one; else what was known of it, and of new tiers what the evidence tells. */
function definitionOf(
  given: readonly GivenClaim[],
  known: Definition | undefined,
  definitions: Definitions,
): Definition {
  const { id, hash } = given[0]!.claim;
  const present = definitions.get(id);
  if (present?.hash === hash) return present.definition;
  const told = given.map(({ claim, evidence: { tier } }) => definitionOfEvidence(claim, tier).tiers);
  return { ...known, tiers: Object.assign({}, ...told, known?.tiers) as Definition["tiers"] };
}

/** What a result says of the claim at its tier; where that is what was accepted before, by whom and why stays. */
function tierBaseline(given: GivenClaim, before: Baseline | undefined, acceptance: Acceptance): TierBaseline {
  const { claim, evidence, provenance } = given;
  const { tier, seed, interpreting } = evidence;
  const accepted = { ...acceptance, commit: provenance.commit ?? "unknown", engine: provenance.engine.name };
  const now = { seed, interpreting, outcome: claim.outcome, arms: claim.arms.map(acceptedArm), accepted };
  const was = before?.tiers[tier];
  if (was === undefined || factsOf(was) !== factsOf(now) || !sameSamples(claim, before!.streams)) return now;
  return { ...now, accepted: was.accepted };
}

function sameSamples({ arms }: ClaimEvidence, streams: Baseline["streams"]): boolean {
  return arms
    .flatMap(({ cells }) => cells)
    .every((cell) => [...prefixesOf(cell)].every(([count, digest]) => streams.get(cell.stream)?.get(count) === digest));
}

/** All that a tier's evidence says, as text: equal where it says the same, in whatever order a file lists the cells. */
function factsOf({ seed, interpreting, outcome, arms }: Omit<TierBaseline, "accepted">): string {
  const facts = arms.map(({ cells, units, ...arm }) => ({
    ...arm,
    cells: Object.fromEntries(cells.map((cell) => [cellWords(cell), cell])),
    units: units.map((unit) => ({ ...unit, cells: unit.cells.map((at) => cellWords(cells[at]!)) })),
  }));
  return canonicalJsonOf([seed, interpreting, outcome, facts]);
}
