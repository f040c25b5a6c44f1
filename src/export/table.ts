import type { Evidence } from "../claim/result.ts";
import type { AnyCell } from "../predictions/cells.ts";

/** `number` is float64, `count` a whole number; every column may be null. */
export type ExportKind = "text" | "number" | "count" | "flag";
export type ExportValue = string | number | boolean | null;

export interface ExportColumn {
  readonly name: string;
  readonly kind: ExportKind;
}

/** Some rows, column by column: one entry a row, or one value that all rows share. */
export interface ExportBatch {
  readonly rows: number;
  readonly values: readonly (ExportValue | ArrayLike<ExportValue>)[];
}

/** A table for other programs, made batch by batch so that it need not fit into memory. */
export interface ExportTable {
  readonly columns: readonly ExportColumn[];
  readonly batches: Iterable<ExportBatch> | AsyncIterable<ExportBatch>;
}

/** The value of a batch's column in a row. */
export function valueAt(column: ExportBatch["values"][number], row: number): ExportValue {
  return typeof column === "object" && column !== null ? (column[row] ?? null) : column;
}

/** A column `cell_<axis>` for each axis of any of the cells: a number where it is one everywhere, a flag likewise, else text. */
export function axisColumns(cells: readonly AnyCell[]): readonly (ExportColumn & { readonly axis: string })[] {
  const axes = [...new Set(cells.flatMap((cell) => Object.keys(cell)))].sort();
  return axes.map((axis) => {
    const types = new Set(cells.flatMap((cell) => (cell[axis] === undefined ? [] : [typeof cell[axis]])));
    const [type] = types;
    const kind = types.size > 1 ? "text" : type === "number" ? "number" : type === "boolean" ? "flag" : "text";
    return { name: `cell_${axis}`, kind, axis };
  });
}

/** The value of an axis as its column has it. */
export function axisValue(
  { axis, kind }: { readonly axis: string; readonly kind: ExportKind },
  cell: AnyCell,
): ExportValue {
  const value = cell[axis];
  if (value === undefined) return null;
  return kind === "text" ? String(value) : value;
}

/** The claims that names mean: an id, or a unique ending of it. Throws `ExportError`. */
export function claimsNamed({ claims }: Evidence, names: readonly string[]): Evidence["claims"] {
  if (names.length === 0) return claims;
  const chosen = names.map((name) => {
    const found = claims.filter(({ id }) => id === name || id.endsWith(`/${name}`));
    const exact = found.find(({ id }) => id === name);
    if (exact !== undefined) return exact;
    if (found.length === 1) return found[0]!;
    throw new ExportError(`export needs the name of one claim of the result, found ${found.length} called ${name}`);
  });
  return claims.filter((claim) => chosen.includes(claim));
}

/** A table that cannot be made or written: what was found, where, what was needed. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}
