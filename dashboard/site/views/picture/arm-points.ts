import type { ArmEvidence, UnitEvidence } from "../../../../src/claim/result.ts";
import type { Point, Series } from "../../../browser/picture/picture-data.ts";
import { shellWord } from "../../html/shell-word.ts";
import { cellWords } from "../../html/words.ts";
import type { KnownClaim } from "../../sources/known-claims.ts";
import type { ShownClaim } from "../../sources/sources.ts";
import { groupOf, readColumns, type SampleFolder } from "../observations.ts";

export type ManifestArm = KnownClaim["manifest"]["tiers"][string][number];
export type ManifestUnit = ManifestArm["units"][number];
type Cell = ManifestArm["sources"][number]["cell"];

/** An arm, as it was asked and as it came out. */
export interface DrawnArm {
  readonly evidence: ArmEvidence;
  readonly manifest: ManifestArm;
  /** What a reader calls it. */
  readonly name: string;
}

/** One cell's observations of one question. */
export interface CellPoint {
  readonly arm: DrawnArm;
  readonly unit: ManifestUnit;
  readonly found: UnitEvidence;
  /** Among the question's groups. */
  readonly group: number;
  readonly cell: Cell;
  readonly role: "experiment" | "against";
  readonly columns: readonly Float64Array[];
  readonly command: string;
}

/** What a reader calls a cell's arm: the one that is asked about, or the one that it is held against. */
export function seriesName({ arm, role }: Pick<CellPoint, "arm" | "role">): string {
  if (role !== "against") return arm.name;
  return arm.evidence.kind === "claimed" ? "compared with" : `${arm.name}, compared with`;
}

/** Which hue and mark it has. */
export function seriesKind({ arm, role }: Pick<CellPoint, "arm" | "role">): Series["kind"] {
  if (arm.evidence.kind === "control") return "control";
  return role === "against" ? "against" : "claimed";
}

/** Of a control's second experiment. */
export function comparedMark({ arm, role }: Pick<CellPoint, "arm" | "role">): { readonly isCompared?: true } {
  return arm.evidence.kind === "control" && role === "against" ? { isCompared: true } : {};
}

/** Every cell of every question of an arm; undefined where some samples are not beside the result. */
export function cellPoints(arm: DrawnArm, claim: ShownClaim, place: SampleFolder): readonly CellPoint[] | undefined {
  const points = arm.manifest.units.flatMap((unit) => {
    const found = arm.evidence.units.find(({ label }) => label === unit.label);
    if (found === undefined) return [];
    return unit.groups.map(({ source, columns, given }, group) => {
      const asked = arm.manifest.sources[source];
      const drawn = arm.evidence.cells[source];
      const read = drawn === undefined ? undefined : readColumns(drawn, { columns, given }, place);
      if (asked === undefined || read === undefined) return undefined;
      const { cell, role } = asked;
      const command = sampleCommand(claim, { arm: arm.evidence, cell, role });
      return { arm, unit, found, group, cell, role, columns: read, command };
    });
  });
  const whole = points.flatMap((point) => (point === undefined ? [] : [point]));
  return whole.length > 0 && whole.length === points.length ? whole : undefined;
}

/** A point of the picture at `x`. */
export function pointAt(
  x: number,
  { cell, columns, command }: CellPoint,
  judged: Pick<Point, "middle" | "interval">,
): Point {
  const { count, values, quantiles, zeros, endless } = groupOf("", columns[0]!);
  return {
    x,
    cell: cellWords(cell),
    count,
    values: values.slice(0, 80),
    quantiles,
    zeros,
    endless,
    command,
    ...judged,
  };
}

/** Draws a cell of an arm again, or of what that arm is held against. */
export function sampleCommand(
  claim: Pick<ShownClaim, "id" | "seed">,
  { arm, cell, role }: { readonly arm: Pick<ArmEvidence, "kind" | "name">; readonly cell: Cell; readonly role: string },
): string {
  const of = role === "against" ? " --arm against" : arm.kind === "control" ? ` --arm ${shellWord(arm.name)}` : "";
  const set = Object.entries(cell).map(([axis, value]) => ` --set ${shellWord(`${axis}=${value}`)}`);
  return `npx --no -- plateau sample ${shellWord(claim.id)}${of}${set.join("")} --seed ${shellWord(claim.seed)}`;
}
