import { type ExportTable, type ExportValue, valueAt } from "./table.ts";

/** Rows that are put into one piece of text. */
const PIECE = 4096;

/**
 * RFC 4180 with a header line and line feeds. Numbers are the shortest text that reads back to the same float64, with `-0`,
 * `Infinity`, `-Infinity` and `NaN`, which pandas, R and DuckDB read; null is empty, and an empty text is `""`.
 */
export async function* csvText({ columns, batches }: ExportTable): AsyncGenerator<string> {
  yield `${columns.map(({ name }) => textField(name)).join(",")}\n`;
  for await (const { rows, values } of batches) {
    for (let first = 0; first < rows; first += PIECE) {
      const lines: string[] = [];
      for (let row = first; row < Math.min(first + PIECE, rows); row++) {
        lines.push(`${values.map((column) => field(valueAt(column, row))).join(",")}\n`);
      }
      yield lines.join("");
    }
  }
}

function field(value: ExportValue): string {
  if (value === null) return "";
  if (typeof value === "string") return textField(value);
  return Object.is(value, -0) ? "-0" : String(value);
}

/** A spreadsheet runs a text that begins like a formula: such a one gets an apostrophe in front. */
function textField(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return text === "" || /[",\r\n]|^\s|\s$/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
