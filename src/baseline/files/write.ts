import { mkdir, readFile, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type StagedFile, stageFile, sweepLeftovers } from "../../run/files/atomic-file.ts";
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
  const staged: { readonly claim: string; readonly file: StagedFile }[] = [];
  const swept = new Set<string>();
  for (const [claim, baseline] of [...baselines].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const path = fileOf(folder, claim);
    const text = claimText(baseline);
    if ((await readFile(path, "utf8").catch(() => undefined)) === text) continue;
    await mkdir(dirname(path), { recursive: true });
    if (!swept.has(dirname(path))) await sweepLeftovers(dirname(path));
    swept.add(dirname(path));
    staged.push({ claim, file: await stagedOrNone(path, text, staged) });
  }
  // all are on the disk: a kill leaves all of the old ones, or within the moment of these renames whole files of both, which
  // accepting again makes one
  for (const { file } of staged) await file.publish();
  const gone = [...removed.map((claim) => fileOf(folder, claim)), ...older.map((file) => join(folder, file))];
  for (const path of gone) await rm(path, { force: true });
  return staged.map(({ claim }) => claim);
}

/** A disk that is full for one file leaves none of the others. */
async function stagedOrNone(
  path: string,
  text: string,
  others: readonly { readonly file: StagedFile }[],
): Promise<StagedFile> {
  try {
    return await stageFile(path, text);
  } catch (error) {
    for (const { file } of others) await file.discard();
    throw error;
  }
}

function fileOf(folder: string, claim: string): string {
  return join(folder, `${claim}${CLAIM_FILE}`);
}
