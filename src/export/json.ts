import { type ExportTable, type ExportValue, valueAt } from "./table.ts";

/** Rows that are put into one piece of text. */
const PIECE = 1024;

/**
 * An array of one object a row, a row a line. Numbers read back to the same float64, -0 as `-0`; JSON has no infinities and
 * no NaN, so those are the strings "Infinity", "-Infinity" and "NaN".
 */
export async function* jsonText({ columns, batches }: ExportTable): AsyncGenerator<string> {
  const names = columns.map(({ name }) => JSON.stringify(name));
  let separator = "[\n";
  for await (const { rows, values } of batches) {
    for (let first = 0; first < rows; first += PIECE) {
      const lines: string[] = [];
      for (let row = first; row < Math.min(first + PIECE, rows); row++) {
        const fields = values.map((column, index) => `${names[index]}:${jsonValue(valueAt(column, row))}`);
        lines.push(`${separator}{${fields.join(",")}}`);
        separator = ",\n";
      }
      yield lines.join("");
    }
  }
  yield separator === ",\n" ? "\n]\n" : "[]\n";
}

function jsonValue(value: ExportValue): string {
  if (typeof value !== "number") return JSON.stringify(value);
  if (!Number.isFinite(value)) return `"${value}"`;
  return Object.is(value, -0) ? "-0" : String(value);
}
