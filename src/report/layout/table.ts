import { displayWidth } from "./display-width.ts";
import { wrap } from "./wrap.ts";

/** Lines of one cell, each with the style it is printed in; lines longer than the column are wrapped. */
export interface TableLine {
  readonly text: string;
  readonly style?: (text: string) => string;
}

export interface Column {
  readonly head: string;
  readonly width: number;
}

const GAP = "  ";
/** A first column that is narrower breaks every second word. */
const LEAST_FIRST = 18;

/** A cell a column; `below` stands under them over the whole width and is never broken, so that it can be copied. */
export interface TableRow {
  readonly cells: readonly (readonly TableLine[])[];
  readonly below?: TableLine;
}

/**
 * Lines of a table: head, rule, and the rows with an empty line between them. No cell is wider than its column, unless one character is; where these
 * leave the first one too little, each row is a paragraph instead, with the heads in front of what stands under them.
 */
export function table(columns: readonly Column[], rows: readonly TableRow[]): string[] {
  if (columns[0]!.width < LEAST_FIRST) return paragraphs(columns, rows);
  const head = row(
    columns,
    columns.map((column) => [{ text: column.head }]),
  );
  const rule = columns.map(({ width }) => "─".repeat(width)).join(GAP);
  const body = rows.flatMap(({ cells, below }, index) => [
    ...(index === 0 ? [] : [""]),
    ...row(columns, cells),
    ...belowLines(below),
  ]);
  return [...head, rule, ...body];
}

function paragraphs(columns: readonly Column[], rows: readonly TableRow[]): string[] {
  const width = columns.reduce((sum, column) => sum + column.width, GAP.length * (columns.length - 1));
  return rows.flatMap(({ cells, below }, index) => [
    ...(index === 0 ? [] : [""]),
    ...columns.flatMap(({ head }, at) => {
      const lines = cells[at] ?? [];
      if (lines.length === 0) return [];
      const [first, ...others] = lines;
      // the first column is the row's title; what is under the other heads follows it, one paragraph a head
      if (at === 0) return lines.flatMap(({ text, style }) => wrap(text, width).map((line) => styled(line, style)));
      const text = [`${head}: ${first!.text}`, ...others.map((other) => other.text)].join(", ");
      return wrap(text, width - 2).map((line) => `  ${styled(line, first!.style)}`);
    }),
    ...belowLines(below),
  ]);
}

function belowLines(below: TableLine | undefined): readonly string[] {
  return below === undefined ? [] : [styled(below.text, below.style)];
}

function styled(line: string, style: TableLine["style"]): string {
  return style === undefined ? line : style(line);
}

function row(columns: readonly Column[], cells: readonly (readonly TableLine[])[]): string[] {
  const wrapped = columns.map(({ width }, index) =>
    (cells[index] ?? []).flatMap(({ text, style }) => wrap(text, width).map((line) => ({ line, style }))),
  );
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) => {
    const last = wrapped.findLastIndex((lines) => (lines[at]?.line ?? "") !== "");
    return columns
      .slice(0, last + 1)
      .map(({ width }, index) => {
        const { line = "", style } = wrapped[index]?.[at] ?? {};
        const padding = index === last ? "" : " ".repeat(Math.max(0, width - displayWidth(line)));
        return (style && line !== "" ? style(line) : line) + padding;
      })
      .join(GAP);
  });
}
