import type { CellEvidence } from "../claim/result.ts";
import { cellLabel } from "../predictions/cells.ts";

/** A cell in words, which also tell it apart in its arm; the second experiment of a comparison says so. */
export function cellWords({ cell, role }: Pick<CellEvidence, "cell" | "role">): string {
  // a formatter may have put the axes in another order
  const sorted = Object.fromEntries(Object.entries(cell).sort(([a], [b]) => (a < b ? -1 : 1)));
  const label = cellLabel(sorted);
  return role === "against" ? `${label} (second experiment)` : label;
}
