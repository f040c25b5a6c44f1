import { createHash } from "node:crypto";
import { canonicalJson } from "../claim/canonical-json.ts";
import type { AnyClaim } from "../claim/claim.ts";
import type { Json } from "../claim/experiment.ts";
import { claimHash, claimManifest, type Manifest } from "../claim/manifest.ts";
import type { ArmEvidence, CellEvidence, ClaimEvidence, UnitEvidence } from "../claim/result.ts";

/** A question of the claim, in numbers. */
export type DefinedUnit = Pick<UnitEvidence, "label" | "statistic" | "predicted" | "region" | "rivals">;

/** An experiment at a cell. */
export interface DefinedSource extends Pick<CellEvidence, "cell" | "role" | "experiment"> {
  /** Digest of the setup and the measures; absent where only evidence was at hand. */
  readonly setup?: string | undefined;
  /** Replicates at the last look; absent where only evidence, which may have stopped at an earlier one, was at hand. */
  readonly replicates?: number | undefined;
}

export interface DefinedArm extends Pick<ArmEvidence, "name" | "kind"> {
  readonly sources: readonly DefinedSource[];
  readonly units: readonly DefinedUnit[];
}

/**
 * What a claim's content hash is made of, as short as a person needs it to see what was changed: kept in the baseline,
 * because the code that could tell has moved on by then.
 */
export interface Definition {
  /** `equals, overRecursion`: kind of prediction and measure; absent where only evidence was at hand. */
  readonly prediction?: string | undefined;
  readonly assumptions?: readonly string[] | undefined;
  readonly grid?: Manifest["grid"] | undefined;
  readonly tiers: Readonly<Record<string, readonly DefinedArm[]>>;
}

/** A name that a claim has had, and the content hash that its present version would have under it. */
export interface FormerName {
  readonly id: string;
  readonly hash: string;
}

/** Definitions of the present code by claim id, each with the content hash that it belongs to and the names that it had. */
export type Definitions = ReadonlyMap<
  string,
  { readonly hash: string; readonly definition: Definition; readonly formerly?: readonly FormerName[] }
>;

/** Hexadecimal digits of a setup's digest: 48 bits, enough to tell two versions of one setup apart. */
const SETUP_DIGITS = 12;

/** The present code's version of each claim. Cost: the theory's formulas, milliseconds a claim. */
export function definitionsOf(claims: readonly AnyClaim[]): Definitions {
  return new Map(
    claims.map((claim) => [
      claim.id,
      { hash: claimHash(claim), definition: definitionOf(claimManifest(claim)), formerly: formerNames(claim) },
    ]),
  );
}

/** The names that a claim has had. Cost: the theory's formulas once a name. */
export function formerNames(claim: AnyClaim): readonly FormerName[] {
  return (claim.formerly ?? []).map((id) => ({ id, hash: claimHash({ ...claim, id }) }));
}

/** The code's version of a claim where it is the one that evidence is of; else what the evidence tells. */
export function definitionFor(claim: ClaimEvidence, tier: string, definitions: Definitions | undefined): Definition {
  const present = definitions?.get(claim.id);
  return present?.hash === claim.hash ? present.definition : definitionOfEvidence(claim, tier);
}

/** What a reviewer needs of a manifest. */
function definitionOf({ prediction, assumptions, grid, tiers }: Manifest): Definition {
  const { says, of, on, given } = prediction;
  const words = [
    says,
    of,
    ...(on === undefined ? [] : [`on ${on}`]),
    ...(given === undefined ? [] : [`given ${given}`]),
  ];
  return {
    prediction: words.join(", "),
    assumptions: Object.keys(assumptions),
    grid,
    tiers: Object.fromEntries(Object.entries(tiers).map(([tier, arms]) => [tier, arms.map(armOfManifest)])),
  };
}

/** What evidence alone says of the claim at its tier: for results whose code is not at hand. */
export function definitionOfEvidence(claim: ClaimEvidence, tier: string): Definition {
  const arms = claim.arms.map(({ name, kind, cells, units }): DefinedArm => {
    return {
      name,
      kind,
      sources: cells.map(({ cell, role, experiment }) => ({ cell, role, experiment })),
      units: units.map(unitOf),
    };
  });
  return { tiers: { [tier]: arms } };
}

/** The measure that the prediction is about; undefined where only evidence was at hand. */
export function measureOf({ prediction }: Definition): string | undefined {
  return prediction?.split(", ")[1];
}

function armOfManifest({ name, kind, sources, units }: Manifest["tiers"][string][number]): DefinedArm {
  return {
    name,
    kind,
    sources: sources.map(({ cell, role, experiment, setup, measures, looks }) => ({
      cell,
      role,
      experiment,
      setup: digestOfSetup({ setup: setup as Json, measures }),
      replicates: looks.at(-1) ?? 0,
    })),
    units: units.map(unitOf),
  };
}

function unitOf({ label, statistic, predicted, region, rivals }: DefinedUnit): DefinedUnit {
  return { label, statistic, predicted, region, rivals };
}

function digestOfSetup(content: Json): string {
  return createHash("sha256").update(canonicalJson(content)).digest("hex").slice(0, SETUP_DIGITS);
}
