import { csvText } from "../../../src/export/csv.ts";
import { evidenceTable } from "../../../src/export/evidence.ts";
import type { ShownClaim } from "../sources/sources.ts";

/** A claim's questions and answers as `plateau export` writes them, for a notebook or a spreadsheet. */
export async function claimCsv(claim: ShownClaim): Promise<string> {
  const pieces: string[] = [];
  for await (const piece of csvText(evidenceTable(claim, [claim]))) pieces.push(piece);
  return pieces.join("");
}
