/** A Markdown table; cells have their bars escaped. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** A number to three digits, small ones as powers of ten. */
export function number(x: number): string {
  return String(Number(x.toPrecision(3)));
}

/** A ratio to two decimals. */
export function ratio(x: number): string {
  return x.toFixed(2);
}
