import type { ArmEvidence, CellEvidence, ClaimEvidence, Provenance } from "../claim/result.ts";
import type { Samples } from "../run/sample/sampler.ts";
import { axisColumns, axisValue, type ExportBatch, type ExportColumn, ExportError, type ExportTable } from "./table.ts";

type SampleEntry = Provenance["samples"][string];

interface Place {
  readonly claim: ClaimEvidence;
  readonly arm: ArmEvidence;
  readonly cell: CellEvidence;
  readonly entry: SampleEntry;
}

const BEFORE_AXES: readonly ExportColumn[] = ["claim", "arm", "arm_kind", "role", "experiment", "stream"].map(
  (name) => {
    return { name, kind: "text" };
  },
);

/**
 * Raw observations as a table: a row for each replicate of each cell of each arm, a column `measure_<name>` for each measure of
 * any experiment, null where an experiment has another. Observations that two claims share stand under both. `read` gives a
 * stream's samples; cells are read one after the other. Throws `ExportError` where the result has no samples of a cell.
 */
export function samplesTable(
  claims: readonly ClaimEvidence[],
  entries: Provenance["samples"],
  read: (entry: SampleEntry) => Promise<Samples>,
): ExportTable {
  const places = claims.flatMap((claim) => claim.arms.flatMap((arm) => placesOf(claim, arm, entries)));
  const axes = axisColumns(places.map(({ cell }) => cell.cell));
  const measures = [...new Set(places.flatMap(({ entry }) => entry.measures))].sort();
  const columns: readonly ExportColumn[] = [
    ...BEFORE_AXES,
    ...axes.map(({ name, kind }) => ({ name, kind })),
    { name: "replicate", kind: "count" },
    ...measures.map((name): ExportColumn => ({ name: `measure_${name}`, kind: "number" })),
  ];
  async function* batches(): AsyncGenerator<ExportBatch> {
    for (const { claim, arm, cell, entry } of places) {
      const samples = await read(entry);
      const rows = cell.replicates;
      yield {
        rows,
        values: [
          ...[claim.id, arm.name, arm.kind, cell.role, cell.experiment, cell.stream],
          ...axes.map((axis) => axisValue(axis, cell.cell)),
          Uint32Array.from({ length: rows }, (_, row) => row),
          ...measures.map((name) => samples.columns[entry.measures.indexOf(name)]?.subarray(0, rows) ?? null),
        ],
      };
    }
  }
  return { columns, batches: batches() };
}

/** A cell whose experiment failed has no replicates, and no rows. */
function placesOf(claim: ClaimEvidence, arm: ArmEvidence, entries: Provenance["samples"]): readonly Place[] {
  return arm.cells
    .filter(({ replicates }) => replicates > 0)
    .map((cell) => {
      const entry = Object.hasOwn(entries, cell.stream) ? entries[cell.stream] : undefined;
      if (entry === undefined || entry.replicates < cell.replicates) {
        throw new ExportError(
          `export --samples needs ${cell.replicates} replicates of ${claim.id}, arm ${arm.name}, the result names ${entry?.replicates ?? "none"}`,
        );
      }
      return { claim, arm, cell, entry };
    });
}
