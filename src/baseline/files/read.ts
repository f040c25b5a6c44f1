import { readdir, readFile } from "node:fs/promises";
import { join, sep } from "node:path";
import { fileProblem } from "../../run/files/atomic-file.ts";
import { type Baseline, BaselineError } from "../baseline.ts";
import { readClaim } from "./read-claim.ts";
import { readSchemaOne, schemaOneFiles } from "./schema-1.ts";

/** Ending of a claim's file: `baselines/<claim id>.jsonl`. */
export const CLAIM_FILE = ".jsonl";

/** Baselines as `accept` finds them: those that parse, and what stands in its way. */
export interface FoundBaselines {
  readonly baselines: ReadonlyMap<string, Baseline>;
  /** Why a file does not parse, by the claim that its path names. */
  readonly broken: ReadonlyMap<string, BaselineError>;
  /** Files of the schema before this one, relative to the folder: `accept` writes their claims anew. */
  readonly older: readonly string[];
}

/**
 * All accepted baselines, by claim id. Throws `BaselineError` where the folder has none, or one that is edited by hand, torn,
 * left from a merge, at another claim's path or of another schema: never an empty answer for a broken one. Reads schema 1 too.
 */
export async function readBaselines(folder: string): Promise<ReadonlyMap<string, Baseline>> {
  const { baselines, broken, older } = await findBaselines(folder);
  const [problem] = broken.values();
  if (problem !== undefined) throw problem;
  if (baselines.size === 0)
    throw new BaselineError(`${folder} has no baselines, needed to compare; accept writes them`);
  if (older.length > 0 && (await claimFiles(folder)).length > 0) {
    throw new BaselineError(
      `baseline ${join(folder, older[0]!)} is left from schema 1 beside those of schema 2, accept takes it away`,
    );
  }
  return baselines;
}

/** Whether a folder has baselines, of this schema or the one before it. */
export async function hasBaselines(folder: string): Promise<boolean> {
  return (await claimFiles(folder)).length > 0 || (await schemaOneFiles(folder)).length > 0;
}

/** What a folder has, sound or not; nothing where it does not exist yet. Only `accept` may ask this way. */
export async function findBaselines(folder: string): Promise<FoundBaselines> {
  const baselines = new Map(await readSchemaOne(folder));
  const broken = new Map<string, BaselineError>();
  for (const file of await claimFiles(folder)) {
    const claim = file.slice(0, -CLAIM_FILE.length);
    try {
      baselines.set(claim, await readFileOf(claim, join(folder, file)));
    } catch (error) {
      if (!(error instanceof BaselineError)) throw error;
      broken.set(claim, error);
      baselines.delete(claim);
    }
  }
  return { baselines, broken, older: await schemaOneFiles(folder) };
}

async function readFileOf(claim: string, path: string): Promise<Baseline> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    throw new BaselineError(`baseline ${path} cannot be read: ${fileProblem(error)}`, { cause: error });
  });
  // a checkout with the line ends of Windows is no edit
  const baseline = readClaim(text.replaceAll("\r\n", "\n"), path);
  if (baseline.claim === claim) return baseline;
  throw new BaselineError(`baseline ${path} is of claim ${baseline.claim}, its path needs the same name`);
}

async function claimFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries
    .filter((entry) => entry.endsWith(CLAIM_FILE))
    .map((entry) => entry.split(sep).join("/"))
    .sort();
}
