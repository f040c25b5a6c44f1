import { setQuery } from "./url-state.js";

/**
 * Lets the headers of tables sort their rows; tables of one page that have the same columns sort together. Which column,
 * and in which direction, is in the address: `sort=measured`, `sort=-measured`.
 */
export function makeSortable(tables: readonly HTMLTableElement[]): void {
  const chosen = new URLSearchParams(location.search).get("sort");
  for (const header of headersOf(tables)) {
    header.querySelector("button")?.addEventListener("click", () => {
      const descending = header.getAttribute("aria-sort") === "ascending";
      setQuery("sort", `${descending ? "-" : ""}${nameOf(header)}`);
      sortBy(tables, nameOf(header), descending);
    });
  }
  if (chosen !== null) sortBy(tables, chosen.replace(/^-/, ""), chosen.startsWith("-"));
}

function sortBy(tables: readonly HTMLTableElement[], name: string, descending: boolean): void {
  for (const header of headersOf(tables)) {
    if (nameOf(header) === name) header.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else header.removeAttribute("aria-sort");
  }
  for (const table of tables) {
    const column = headersOf([table]).find((header) => nameOf(header) === name);
    const body = table.tBodies[0];
    if (column === undefined || body === undefined) continue;
    const numeric = column.dataset["sort"] === "number";
    const rows = [...body.rows].map((row) => ({ row, key: row.cells[column.cellIndex] }));
    rows.sort(
      (a, b) =>
        (descending ? -1 : 1) * (numeric ? number(a.key) - number(b.key) : words(a.key).localeCompare(words(b.key))),
    );
    body.append(...rows.map(({ row }) => row));
  }
}

function headersOf(tables: readonly HTMLTableElement[]): readonly HTMLTableCellElement[] {
  return tables.flatMap((table) => [...table.querySelectorAll<HTMLTableCellElement>("thead th[data-sort]")]);
}

function nameOf(header: HTMLElement): string {
  return (header.textContent ?? "").trim();
}

/** Rows without a value come last, whichever way one sorts up. */
function number(cell: HTMLElement | undefined): number {
  const value = cell?.dataset["value"];
  return value === undefined || value === "" ? Number.MAX_VALUE : Number(value);
}

function words(cell: HTMLElement | undefined): string {
  return (cell?.textContent ?? "").trim();
}
