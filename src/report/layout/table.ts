import { displayWidth, wrap } from "./wrap.ts";

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

/** Lines of a table: head, rule, and the rows with an empty line between them. No line is wider than the columns. */
export function table(columns: readonly Column[], rows: readonly (readonly (readonly TableLine[])[])[]): string[] {
  const head = row(
    columns,
    columns.map((column) => [{ text: column.head }]),
  );
  const rule = columns.map(({ width }) => "─".repeat(width)).join(GAP);
  const body = rows.flatMap((cells, index) => [...(index === 0 ? [] : [""]), ...row(columns, cells)]);
  return [...head, rule, ...body];
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
        const padding = index === last ? "" : " ".repeat(width - displayWidth(line));
        return (style && line !== "" ? style(line) : line) + padding;
      })
      .join(GAP);
  });
}
