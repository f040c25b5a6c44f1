import { resolve } from "node:path";
import type { Result } from "../../claim/result.ts";
import { csvText } from "../../export/csv.ts";
import { evidenceTable } from "../../export/evidence.ts";
import { writeExport } from "../../export/file.ts";
import { jsonText } from "../../export/json.ts";
import { netcdfBytes } from "../../export/netcdf.ts";
import { parquetBytes } from "../../export/parquet.ts";
import { samplesTable } from "../../export/samples.ts";
import { claimsNamed, type ExportTable } from "../../export/table.ts";
import { EXIT } from "../../report/exit-code.ts";
import { readSamples, samplesFolder } from "../../run/files/read-samples.ts";
import { readResult } from "../../run/files/result-file.ts";
import { defineCommand } from "../arguments/command.ts";
import { oneOf } from "../arguments/option-values.ts";
import { InterruptedError, UsageError } from "../errors.ts";
import { resultPath } from "../result-place.ts";

const FORMATS = ["csv", "parquet", "netcdf", "json"] as const;

export default defineCommand({
  name: "export",
  summary: "A result as a table for notebooks: its evidence, or every observation behind it.",
  usage: "export [result] --format csv|parquet|netcdf|json [--out FILE] [--samples]",
  notes: [
    "Evidence has a row for each question; with --samples there is a row for each replicate of each cell instead. Numbers read back exactly. Columns: docs/export.md.",
    "Without --out the table goes to standard output, which a Parquet or NetCDF file cannot. With --out a line says what was written, with --json as JSON.",
  ],
  examples: [
    { command: "export --format csv", does: "the last run's evidence" },
    { command: "export results/full --format parquet --out evidence.parquet", does: "for pandas or DuckDB" },
    {
      command: "export --format parquet --samples --claim CLAIM --out claim.parquet",
      does: "one claim's raw observations",
    },
    { command: "export --format netcdf --samples --out samples.nc", does: "for ArviZ and xarray: docs/bayes.md" },
  ],
  options: {
    format: { type: "string", placeholder: "FORMAT", description: FORMATS.join(", ") },
    out: { type: "string", placeholder: "FILE", description: "file to write; one that is there is replaced" },
    samples: { type: "boolean", description: "every observation instead of the evidence" },
    claim: {
      type: "string",
      multiple: true,
      placeholder: "NAME",
      description: "only this claim, by id or a unique ending of it; may be repeated",
    },
  },
  positionals: { min: 0, max: 1, what: "one result" },
  run: async ({ values, positionals }, io) => {
    const out = values.out === undefined ? undefined : resolve(io.cwd, values.out);
    const format = oneOf("--format", values.format ?? (values.json && !out ? "json" : missingFormat()), FORMATS);
    if (out === undefined && (format === "parquet" || format === "netcdf")) {
      throw new UsageError(`export --format ${format} needs --out FILE, got none`);
    }
    if (out === undefined && values.json && format !== "json") {
      throw new UsageError(`export prints one form, got both --json and --format ${format}`);
    }
    const path = await resultPath(positionals[0], io);
    if (out === path) throw new UsageError(`export --out needs another file than the result, got ${path}`);
    const result = await readResult(path);
    const table = counted(tableOf(result, { path, claims: values.claim, samples: values.samples }), io.signal);
    const pieces = piecesOf(format, table.table, result);
    if (out === undefined) {
      for await (const piece of pieces) io.stdout(String(piece));
      return EXIT.holds;
    }
    const bytes = await writeExport(out, pieces);
    const summary = {
      file: out,
      format,
      rows: table.rows(),
      columns: table.table.columns.map(({ name }) => name),
      bytes,
    };
    io.stdout(
      values.json
        ? `${JSON.stringify(summary, null, 2)}\n`
        : `${summary.rows} rows of ${summary.columns.length} columns in ${out}, ${bytes} bytes\n`,
    );
    return EXIT.holds;
  },
});

function missingFormat(): never {
  throw new UsageError(`export needs --format, one of ${FORMATS.join(" ")}, got none`);
}

function tableOf(
  { evidence, provenance }: Result,
  asked: { readonly path: string; readonly claims: readonly string[]; readonly samples: boolean },
): ExportTable {
  const claims = claimsNamed(evidence, asked.claims);
  if (!asked.samples) return evidenceTable(evidence, claims);
  const folder = samplesFolder(asked.path);
  return samplesTable(claims, provenance.samples, (entry) => readSamples(folder, entry));
}

/** Counts rows as they pass, and stops between batches when interrupted. */
function counted(
  table: ExportTable,
  signal: AbortSignal,
): { readonly table: ExportTable; readonly rows: () => number } {
  let rows = 0;
  async function* batches() {
    for await (const batch of table.batches) {
      if (signal.aborted) throw new InterruptedError();
      rows += batch.rows;
      yield batch;
    }
  }
  return { table: { ...table, batches: batches() }, rows: () => rows };
}

function piecesOf(
  format: (typeof FORMATS)[number],
  table: ExportTable,
  { evidence, provenance }: Result,
): AsyncIterable<string | Uint8Array> {
  if (format === "csv") return csvText(table);
  if (format === "json") return jsonText(table);
  const { tier, seed } = evidence;
  const { plateau, commit, engine } = provenance;
  const about = { plateau, tier, seed, engine: engine.name, commit: commit ?? "unknown" };
  return format === "netcdf" ? netcdfBytes(table, about) : parquetBytes(table, about);
}
