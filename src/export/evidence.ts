import type { ArmEvidence, CellEvidence, ClaimEvidence, Evidence, UnitEvidence } from "../claim/result.ts";
import { axisColumns, axisValue, type ExportColumn, type ExportTable, type ExportValue } from "./table.ts";

/** What every row says of its run. */
type RunOfEvidence = Pick<Evidence, "tier" | "seed">;

/** One row of evidence before its axes: where it stands, and the unit, which an arm that was not judged lacks. */
interface Row {
  readonly evidence: RunOfEvidence;
  readonly claim: ClaimEvidence;
  readonly arm: ArmEvidence;
  readonly unit: UnitEvidence | undefined;
  /** The cells that the unit is about. */
  readonly cells: readonly CellEvidence[];
}

type Column = ExportColumn & { readonly of: (row: Row) => ExportValue };

const BEFORE_AXES: readonly Column[] = [
  { name: "tier", kind: "text", of: ({ evidence }) => evidence.tier },
  { name: "seed", kind: "text", of: ({ evidence }) => evidence.seed },
  { name: "suite", kind: "text", of: ({ claim }) => claim.suite },
  { name: "claim", kind: "text", of: ({ claim }) => claim.id },
  { name: "claim_hash", kind: "text", of: ({ claim }) => claim.hash },
  { name: "grade", kind: "text", of: ({ claim }) => claim.source.grade },
  { name: "share", kind: "number", of: ({ claim }) => claim.share },
  { name: "outcome", kind: "text", of: ({ claim }) => claim.outcome },
  { name: "arm", kind: "text", of: ({ arm }) => arm.name },
  { name: "arm_kind", kind: "text", of: ({ arm }) => arm.kind },
  { name: "arm_state", kind: "text", of: ({ arm }) => arm.state },
  { name: "reason", kind: "text", of: ({ arm }) => arm.reason ?? null },
  { name: "looks", kind: "count", of: ({ arm }) => arm.looks },
  { name: "unit", kind: "text", of: ({ unit }) => unit?.label ?? null },
];

const AFTER_AXES: readonly Column[] = [
  { name: "cells", kind: "text", of: ({ cells }) => JSON.stringify(cells.map(({ cell }) => cell)) },
  { name: "replicates", kind: "count", of: ({ cells }) => total(cells.map(({ replicates }) => replicates)) },
  { name: "counted", kind: "count", of: ({ cells }) => total(cells.map(({ counted }) => counted)) },
  { name: "statistic", kind: "text", of: ({ unit }) => unit?.statistic ?? null },
  { name: "predicted", kind: "number", of: ({ unit }) => unit?.predicted ?? null },
  { name: "region_low", kind: "number", of: ({ unit }) => unit?.region[0] ?? null },
  { name: "region_high", kind: "number", of: ({ unit }) => unit?.region[1] ?? null },
  { name: "rivals", kind: "text", of: ({ unit }) => (unit === undefined ? null : JSON.stringify(unit.rivals)) },
  { name: "level", kind: "number", of: ({ unit }) => unit?.level ?? null },
  { name: "estimate", kind: "number", of: ({ unit }) => unit?.estimate ?? null },
  { name: "interval_low", kind: "number", of: ({ unit }) => unit?.interval[0] ?? null },
  { name: "interval_high", kind: "number", of: ({ unit }) => unit?.interval[1] ?? null },
  { name: "spread", kind: "text", of: ({ unit }) => (unit === undefined ? null : JSON.stringify(unit.spread)) },
  { name: "unit_state", kind: "text", of: ({ unit }) => unit?.state ?? null },
  { name: "would_need", kind: "text", of: ({ unit }) => (unit?.wouldNeed ? JSON.stringify(unit.wouldNeed) : null) },
];

/**
 * Evidence as a table: a row for each question of each arm, and one for an arm that could not be judged. An axis has a value
 * where all cells of the question share it; `cells`, `rivals`, `spread` and `would_need` are JSON. Open ends are null.
 */
export function evidenceTable(evidence: RunOfEvidence, claims: readonly ClaimEvidence[]): ExportTable {
  const rows = claims.flatMap((claim) => claim.arms.flatMap((arm) => rowsOf(evidence, claim, arm)));
  const axes = axisColumns(rows.flatMap(({ cells }) => cells.map(({ cell }) => cell)));
  const ofAxes = axes.map((axis): Column => {
    return {
      name: axis.name,
      kind: axis.kind,
      of: ({ cells }) => shared(cells.map(({ cell }) => axisValue(axis, cell))),
    };
  });
  const columns = [...BEFORE_AXES, ...ofAxes, ...AFTER_AXES];
  return {
    columns: columns.map(({ name, kind }) => ({ name, kind })),
    batches: [{ rows: rows.length, values: columns.map(({ of }) => rows.map(of)) }],
  };
}

function rowsOf(evidence: RunOfEvidence, claim: ClaimEvidence, arm: ArmEvidence): readonly Row[] {
  if (arm.units.length === 0) return [{ evidence, claim, arm, unit: undefined, cells: arm.cells }];
  return arm.units.map((unit) => {
    const cells = unit.cells.map((index) => arm.cells[index]).filter((cell) => cell !== undefined);
    return { evidence, claim, arm, unit, cells };
  });
}

function shared(values: readonly ExportValue[]): ExportValue {
  const [first = null] = values;
  return values.every((value) => value === first) ? first : null;
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
