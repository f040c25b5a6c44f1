import { hash } from "node:crypto";
import { z } from "zod";
import type { Detail } from "../predictions/kind.ts";
import { type AnyQuestion, kindOf } from "../predictions/kinds.ts";
import { canonicalJsonOf } from "./canonical-json.ts";
import type { AnyClaim, TierName } from "./claim.ts";
import { declaredLaws } from "./declared-laws.ts";
import type { Json } from "./experiment.ts";
import { originsOf } from "./origin/origins-of.ts";
import { resolveArms } from "./resolve.ts";
import { originEvidence } from "./result.ts";
import { rounded } from "./rounded.ts";
import { type SharedCells, sharedCells } from "./shared-cells.ts";
import type { Arm } from "./unit.ts";

const axisValue = z.union([z.number(), z.string(), z.boolean()]);
const openEnd = z.number().nullable();

const manifestUnit = z.strictObject({
  label: z.string(),
  statistic: z.string(),
  predicted: openEnd,
  region: z.tuple([openEnd, openEnd]),
  rivals: z.array(z.number()),
  /** What else the question fixes: positions along a slope, a law and its parameters. */
  detail: z.record(z.string(), z.json()),
  groups: z.array(z.strictObject({ source: z.int(), columns: z.array(z.string()), given: z.string().optional() })),
});

const manifestArm = z.strictObject({
  name: z.string(),
  kind: z.enum(["claimed", "control"]),
  sources: z.array(
    z.strictObject({
      cell: z.record(z.string(), axisValue),
      role: z.enum(["experiment", "against"]),
      experiment: z.string(),
      setup: z.json(),
      measures: z.array(z.string()),
      looks: z.array(z.int()),
    }),
  ),
  units: z.array(manifestUnit),
});

/** A claim as data: what every other tool reads without running it. Predicted values are numbers, rounded like evidence. */
export const manifest = z.strictObject({
  id: z.string(),
  title: z.string(),
  statement: z.string(),
  source: z.strictObject({ paper: z.string(), at: z.string(), grade: z.enum(["stated", "derived"]) }),
  assumptions: z.record(z.string(), z.string()),
  grid: z.record(z.string(), z.array(axisValue)),
  prediction: z.strictObject({
    says: z.string(),
    of: z.string(),
    on: z.string().optional(),
    given: z.string().optional(),
    because: z.string(),
  }),
  rivals: z.array(z.string()),
  controls: z.array(z.strictObject({ breaks: z.string(), because: z.string() })),
  /** As in evidence: programs and records, where no engine makes the observations; and why there is no control. */
  origins: z.array(originEvidence).optional(),
  withoutControl: z.string().optional(),
  tiers: z.record(z.string(), z.array(manifestArm)),
  /** Why a tier's margin or bound is stricter than the claim's, by tier. */
  stricter: z.record(z.string(), z.string()),
});

export type Manifest = z.infer<typeof manifest>;

/** Arms of tiers that have been resolved before. */
type ResolvedTiers = { readonly [tier in TierName]?: readonly Arm[] };

/** Evaluates a claim's functions at its cells. Cost: the theory's formulas, milliseconds. */
export function claimManifest(claim: AnyClaim): Manifest {
  return manifestOf(claim, { known: {}, shared: sharedCells(), setupOf: (setup) => JSON.parse(JSON.stringify(setup)) });
}

type Setup = Manifest["tiers"][string][number]["sources"][number]["setup"];

interface Making {
  /** Made with the same `shared`. */
  readonly known: ResolvedTiers;
  readonly shared: SharedCells;
  /** A setup as JSON text would have it, or as it is where it is only read. */
  readonly setupOf: (setup: Json) => Setup;
}

function manifestOf(claim: AnyClaim, { known, shared, setupOf }: Making): Manifest {
  const { prediction } = claim;
  const resolved = tiersOf(claim).map((tier) => [tier, known[tier] ?? resolveArms(claim, tier, shared)] as const);
  return {
    id: claim.id,
    title: claim.title,
    statement: claim.statement,
    source: { ...claim.source },
    assumptions: {
      ...claim.assumptions,
      ...Object.fromEntries(declaredLaws(claim).map((words, index) => [`declared law ${index + 1}`, words])),
    },
    grid: Object.fromEntries(
      Object.entries(claim.grid).map(([axis, values]) => [axis, [...(values as readonly string[])]]),
    ),
    prediction: {
      says: prediction.says,
      of: prediction.of,
      ...("on" in prediction ? { on: prediction.on } : {}),
      ...(prediction.given === undefined ? {} : { given: prediction.given }),
      because: prediction.because,
    },
    rivals: (claim.rivals ?? []).map((rival: { readonly because: string }) => rival.because),
    controls: claim.controls.map(({ breaks, because }) => ({ breaks: String(breaks), because })),
    ...originManifest(claim, resolved),
    tiers: Object.fromEntries(resolved.map(([tier, arms]) => [tier, arms.map((arm) => manifestOfArm(arm, setupOf))])),
    stricter: Object.fromEntries(
      tiersOf(claim).flatMap((tier) => {
        const because = claim.tiers[tier]?.because;
        return because === undefined ? [] : [[tier, because]];
      }),
    ),
  };
}

/**
 * Content hash of what a verdict on the claim means: prediction, margin, rivals, grid, experiments, controls, tiers.
 * Titles and reasons may be reworded, and planning's known values mended, without voiding a baseline. Arms that are `known`, made
 * with the same `shared`, are not made again.
 */
export function claimHash(claim: AnyClaim, known: ResolvedTiers = {}, shared: SharedCells = sharedCells()): string {
  const { id, assumptions, grid, tiers, prediction } = manifestOf(claim, {
    ...{ known, shared },
    setupOf: (setup) => setup as Setup,
  });
  const content = {
    id,
    assumptions: Object.keys(assumptions),
    grid,
    tiers,
    prediction: { ...prediction, because: "" },
  };
  return hash("sha256", canonicalJsonOf(content));
}

function originManifest(
  { withoutControl }: AnyClaim,
  tiers: readonly (readonly [TierName, readonly Arm[]])[],
): Pick<Manifest, "origins" | "withoutControl"> {
  const origins = originsOf(tiers.flatMap(([, arms]) => arms.flatMap(({ sources }) => sources)));
  return {
    ...(origins.length === 0 ? {} : { origins: [...origins] }),
    ...(withoutControl === undefined ? {} : { withoutControl: withoutControl.because }),
  };
}

function tiersOf(claim: AnyClaim): readonly TierName[] {
  return (["smoke", "full", "deep"] as const).filter((tier) => claim.tiers[tier] !== undefined);
}

function manifestOfArm(arm: Arm, setupOf: Making["setupOf"]): Manifest["tiers"][string][number] {
  return {
    name: arm.name,
    kind: arm.kind,
    sources: arm.sources.map(({ cell, role, experiment, looks }) => ({
      cell: { ...cell },
      role,
      experiment: experiment.name,
      setup: setupOf(experiment.setup),
      measures: Object.keys(experiment.measures),
      looks: [...looks],
    })),
    units: arm.units.map(({ label, predicted, question, groups }) => ({
      label,
      statistic: question.statistic,
      predicted: predicted === null ? null : rounded(predicted),
      region: [rounded(question.region.low), rounded(question.region.high)],
      rivals: question.rivals.map((rival) => rounded(rival) ?? 0),
      detail: detailOf(question),
      groups: groups.map((group) => ({ ...group, columns: [...group.columns] })),
    })),
  };
}

type ManifestDetail = Manifest["tiers"][string][number]["units"][number]["detail"];

function detailOf(question: AnyQuestion): ManifestDetail {
  const detail = kindOf(question).detail(question);
  return Object.fromEntries(Object.entries(detail).map(([key, entry]) => [key, roundedDetail(entry)]));
}

function roundedDetail(entry: Detail[string]): ManifestDetail[string] {
  if (typeof entry === "string") return entry;
  return typeof entry === "number" ? rounded(entry) : entry.map(rounded);
}
