import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { parse } from "csv-parse/sync";
import { ClaimError } from "../../predictions/claim-error.ts";

/** What stands in one cell of a table: CSV has texts alone. */
export type Field = string | number | boolean | null;

export type Row = Readonly<Record<string, Field>>;

/** A file of results, one row a replicate. */
export interface RecordedTable {
  /** SHA-256 of the file. */
  readonly digest: string;
  readonly rows: readonly Row[];
}

const tables = new Map<string, RecordedTable>();

/** Reads a file of results, once in a process. Throws `ClaimError` for what is missing or no table. */
export function readRecorded(path: string): RecordedTable {
  const known = tables.get(path);
  if (known) return known;
  const bytes = bytesOf(path);
  const table = {
    digest: createHash("sha256").update(bytes).digest("hex"),
    rows: rowsOf(bytes.toString("utf8"), path),
  };
  tables.set(path, table);
  return table;
}

/** Rows of a text in CSV or JSON (an array of objects), by the ending of its path. Throws `ClaimError`. */
export function rowsOf(text: string, path: string): readonly Row[] {
  const ending = extname(path);
  if (ending === ".csv") return csvRows(text, path);
  if (ending === ".json") return jsonRows(text, path);
  throw new ClaimError(`recorded results ${path} require CSV or JSON; plateau import makes JSON of a Parquet file`);
}

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new ClaimError(`recorded results ${path} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function csvRows(text: string, path: string): readonly Row[] {
  try {
    return parse(text, { columns: true, bom: true, trim: true, skip_empty_lines: true }) as readonly Row[];
  } catch (error) {
    throw new ClaimError(`recorded results ${path} are no CSV: ${(error as Error).message}`, { cause: error });
  }
}

function jsonRows(text: string, path: string): readonly Row[] {
  try {
    const rows: unknown = JSON.parse(text);
    if (Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null)) return rows;
  } catch (error) {
    throw new ClaimError(`recorded results ${path} are no JSON: ${(error as Error).message}`, { cause: error });
  }
  throw new ClaimError(`recorded results ${path} require an array of objects, one a replicate`);
}
