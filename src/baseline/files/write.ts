import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { writeAtomically } from "../../run/files/atomic-file.ts";
import type { Baseline } from "../baseline.ts";
import { claimText } from "./claim-text.ts";
import { CLAIM_FILE } from "./read.ts";

/**
 * Writes each baseline whose file does not have that text yet, one file a claim and no other file, so that acceptances of
 * different claims do not touch; takes away the files of `removed` claims and, last, those of another schema. Gives the claims whose file was written.
 */
export async function writeBaselines(
  folder: string,
  baselines: ReadonlyMap<string, Baseline>,
  { removed = [], older = [] }: { readonly removed?: readonly string[]; readonly older?: readonly string[] } = {},
): Promise<readonly string[]> {
  const written: string[] = [];
  for (const [claim, baseline] of [...baselines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = fileOf(folder, claim);
    const text = claimText(baseline);
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    await writeAtomically(path, text);
    written.push(claim);
  }
  const gone = [...removed.map((claim) => fileOf(folder, claim)), ...older.map((file) => join(folder, file))];
  for (const path of gone) await rm(path, { force: true });
  return written;
}

function fileOf(folder: string, claim: string): string {
  return join(folder, `${claim}${CLAIM_FILE}`);
}
