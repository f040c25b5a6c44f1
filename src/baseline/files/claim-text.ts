import { createHash } from "node:crypto";
import type { TierName } from "../../claim/claim.ts";
import { type AcceptedArm, type Baseline, BaselineError, type TierBaseline } from "../baseline.ts";
import type { DefinedArm, DefinedUnit } from "../definition.ts";
import { type CellRows, cellLines, cellRows, placeOf, TIERS } from "./cell-rows.ts";
import { BASELINE_SCHEMA_VERSION, type LINES, type Line } from "./line.ts";

/**
 * A baseline as the text of its file: claim; tier by tier its arms and their questions, one line a judged one; cells; streams;
 * and the digest of it all. Equal baselines give equal text, and the lines of a tier change only with that tier.
 */
export function claimText(baseline: Baseline): string {
  const rows = cellRows(baseline);
  const lines: readonly Line<keyof typeof LINES>[] = [
    claimLine(baseline),
    ...TIERS.flatMap((tier) => tierLines(baseline, tier, rows)),
    ...[...rows].flatMap(([arm, cells]) => cellLines(arm, cells)),
    ...streamLines(baseline),
  ];
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  return `${text}${JSON.stringify({ sha256: textDigest(text) })}\n`;
}

/** SHA-256 of a text's bytes in hexadecimal. */
export function textDigest(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function claimLine({ claim, hash, title, definition: { prediction, assumptions, grid } }: Baseline): Line<"schema"> {
  return {
    schema: BASELINE_SCHEMA_VERSION,
    claim,
    hash,
    title,
    prediction,
    assumptions: assumptions && [...assumptions],
    grid,
  };
}

function tierLines({ claim, definition, tiers }: Baseline, tier: TierName, rows: CellRows) {
  const arms = definition.tiers[tier];
  const accepted = tiers[tier];
  if (arms === undefined) return [];
  if (accepted !== undefined && accepted.arms.length !== arms.length) {
    throw new BaselineError(
      `${claim} has ${accepted.arms.length} arms in its ${tier} evidence, its definition ${arms.length}`,
    );
  }
  return [
    tierLine(tier, accepted),
    ...arms.flatMap((arm, index) => armLines({ tier, arm, rows, evidence: accepted?.arms[index] })),
  ];
}

function tierLine(tier: TierName, accepted: TierBaseline | undefined): Line<"tier"> {
  if (accepted === undefined) return { tier };
  const { outcome, seed, interpreting } = accepted;
  const { at, commit, engine, reason } = accepted.accepted;
  return { tier, outcome, seed, interpreting, at, commit, engine, reason };
}

interface ArmParts {
  readonly tier: TierName;
  readonly arm: DefinedArm;
  readonly evidence: AcceptedArm | undefined;
  readonly rows: CellRows;
}

function armLines(parts: ArmParts): readonly (Line<"arm"> | Line<"unit">)[] {
  const { tier, arm, evidence } = parts;
  const line: Line<"arm"> = { arm: arm.name, tier, kind: arm.kind };
  if (evidence === undefined) return [line, ...arm.units.map((unit) => unitLine(parts, unit))];
  const { state, looks, reason } = evidence;
  const units = arm.units.map((unit) =>
    unitLine(
      parts,
      unit,
      evidence.units.find(({ label }) => label === unit.label),
    ),
  );
  return [{ ...line, state, looks, reason }, ...units];
}

function unitLine(
  { tier, arm, evidence, rows }: ArmParts,
  unit: DefinedUnit,
  judged?: AcceptedArm["units"][number],
): Line<"unit"> {
  const { label, statistic, predicted, region, rivals } = unit;
  const line = { unit: label, tier, arm: arm.name, statistic, predicted, region, rivals };
  if (judged === undefined) return line;
  const { level, estimate, interval, spread, state, wouldNeed } = judged;
  const cells = judged.cells.map((at) => placeOf(rows.get(arm.name)!, tier, evidence!.cells[at]!));
  return { ...line, cells, level, estimate, interval, spread, state, wouldNeed };
}

function streamLines({ streams }: Baseline): readonly Line<"stream">[] {
  return [...streams]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stream, digests]) => ({ stream, digests: Object.fromEntries(digests) }));
}
