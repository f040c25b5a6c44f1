import { basename, resolve } from "node:path";
import { ClaimError } from "../../predictions/claim-error.ts";
import type { Context, Experiment, Measure } from "../experiment.ts";
import { folderOf } from "./project-folder.ts";
import { type Field, type RecordedTable, type Row, readRecorded } from "./recorded-table.ts";

/** What an author says of results that exist. */
export interface RecordedDefinition<M extends string> {
  readonly name: string;
  /** `import.meta.url` of the file that defines it: `file` is relative to the nearest folder above it with a plateau.json, else to its own. */
  readonly module: string;
  /** CSV, or JSON (an array of objects): one row a replicate. */
  readonly file: string;
  /** The rows of this cell, by what stands in their columns. Default: all. */
  readonly where?: Readonly<Record<string, string | number | boolean>>;
  /** Column that names a replicate: the same name twice in a cell is refused, it is no second replicate. */
  readonly seed?: string;
  /** By the names of their columns. */
  readonly measures: { readonly [measure in M]: Omit<Measure, "rounding"> };
}

/**
 * An experiment whose results exist: nothing is run, replicate r is the r-th row of the file that fits. Two claims that say the same
 * share it, wherever they stand. Reads the file, once in a process. Throws `ClaimError` for a file, column or value that does not fit.
 */
export function recordedExperiment<M extends string>(definition: RecordedDefinition<M>): Experiment<M> {
  const { name, where = {}, seed } = definition;
  const path = resolve(folderOf(definition.module), definition.file);
  const table = readRecorded(path);
  const file = basename(path);
  const rows = rowsWhere(table, where, file);
  if (seed !== undefined) refuseTwice(rows, seed, file);
  const measures = Object.entries<Omit<Measure, "rounding">>(definition.measures);
  const columns = new Map(measures.map(([measure]) => [measure, columnOf(rows, measure, file)]));
  return {
    name,
    // its own, so that claims in several files are about the same observations
    module: import.meta.url,
    setup: { file, digest: table.digest, where: { ...where } },
    measures: Object.fromEntries(
      measures.map(([measure, about]): [string, Measure] => [measure, { ...about, rounding: "exact" }]),
    ) as Experiment<M>["measures"],
    cost: { draws: 0, multiplyAdds: 0 },
    origin: { by: "recorded", file, digest: table.digest, rows: rows.length },
    observe: ({ streams: { first, count } }: Context) =>
      Object.fromEntries(
        [...columns].map(([measure, values]) => [measure, values.slice(first, first + count)]),
      ) as ReturnType<Experiment<M>["observe"]>,
  };
}

function rowsWhere({ rows }: RecordedTable, where: Readonly<Record<string, Field>>, file: string): readonly Row[] {
  const wanted = Object.entries(where);
  const unknown = wanted.map(([column]) => column).find((column) => !rows.some((row) => Object.hasOwn(row, column)));
  if (unknown !== undefined) throw new ClaimError(`${file} has no column ${unknown}, it has ${columnsIn(rows)}`);
  const found = rows.filter((row) => wanted.every(([column, value]) => String(row[column]) === String(value)));
  if (found.length > 0) return found;
  const words = wanted.map(([column, value]) => `${column} ${value}`).join(", ");
  throw new ClaimError(`${file} has no row${words === "" ? "" : ` with ${words}`}`);
}

function refuseTwice(rows: readonly Row[], seed: string, file: string): void {
  const seen = new Set<string>();
  for (const row of rows) {
    const name = String(row[seed]);
    if (row[seed] === undefined) throw new ClaimError(`${file} has no column ${seed}, it has ${columnsIn(rows)}`);
    if (seen.has(name)) throw new ClaimError(`${file} has ${seed} ${name} twice in one cell: it is one replicate`);
    seen.add(name);
  }
}

function columnOf(rows: readonly Row[], measure: string, file: string): Float64Array {
  return Float64Array.from(rows, (row, index) => {
    const field = row[measure];
    if (field === undefined) throw new ClaimError(`${file} has no column ${measure}, it has ${columnsIn(rows)}`);
    const number = typeof field === "string" && field === "" ? Number.NaN : Number(field);
    if (field !== null && !Number.isNaN(number)) return number;
    throw new ClaimError(
      `${file} requires a number in ${measure} of row ${index + 1} of its cell, got ${JSON.stringify(field)}`,
    );
  });
}

function columnsIn(rows: readonly Row[]): string {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].join(", ") || "none";
}
