import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson } from "../claim/canonical-json.ts";
import type { Json } from "../claim/experiment.ts";
import type { Manifest } from "../claim/manifest.ts";
import { axisValue, type ClaimEvidence } from "../claim/result.ts";
import { cellLabel } from "../predictions/cells.ts";

const openEnd = z.number().nullable();

const definedUnit = z.strictObject({
  label: z.string(),
  statistic: z.string(),
  predicted: openEnd,
  region: z.tuple([openEnd, openEnd]),
  rivals: z.array(z.number()),
});

const definedSource = z.strictObject({
  cell: z.string(),
  role: z.enum(["experiment", "against"]),
  experiment: z.string(),
  /** Digest of the setup and the measures; absent where only evidence was at hand. */
  setup: z.string().optional(),
  /** Replicates at the last look; absent where only evidence, which may have stopped at an earlier one, was at hand. */
  replicates: z.int().optional(),
});

const definedArm = z.strictObject({
  name: z.string(),
  kind: z.enum(["claimed", "control"]),
  sources: z.array(definedSource),
  units: z.array(definedUnit),
});

/**
 * What a claim's content hash is made of, as short as a person needs it to see what was changed: kept in the baseline,
 * because the code that could tell has moved on by then.
 */
export const definition = z.strictObject({
  /** `equals, overRecursion`: kind of prediction and measure; absent where only evidence was at hand. */
  prediction: z.string().optional(),
  assumptions: z.array(z.string()).optional(),
  grid: z.record(z.string(), z.array(axisValue)).optional(),
  tiers: z.record(z.string(), z.array(definedArm)),
});

export type Definition = z.infer<typeof definition>;
export type DefinedArm = z.infer<typeof definedArm>;
export type DefinedUnit = z.infer<typeof definedUnit>;
export type DefinedSource = z.infer<typeof definedSource>;

/** Hexadecimal digits of a setup's digest: 48 bits, enough to tell two versions of one setup apart. */
const SETUP_DIGITS = 12;

export function definitionOf({ prediction, assumptions, grid, tiers }: Manifest): Definition {
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
      sources: cells.map(({ cell, role, experiment }) => ({ cell: cellLabel(cell), role, experiment })),
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
      cell: cellLabel(cell),
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
