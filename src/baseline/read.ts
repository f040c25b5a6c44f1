import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { z } from "zod";
import { BASELINE_SCHEMA_VERSION, type Baseline, BaselineError, baseline, baselineIndex } from "./baseline.ts";

export const INDEX_FILE = "index.json";
/** What else lies in baselines/: speeds and known deviations have their own readers. */
const NOT_CLAIMS: readonly string[] = [INDEX_FILE, "expectations.json", `speed${sep}`];

/**
 * All accepted baselines, by claim id. Throws `BaselineError` when the folder or its index is missing, a file is missing,
 * edited or added by hand, unreadable, or from another schema: never an empty answer for a broken one.
 */
export async function readBaselines(folder: string): Promise<ReadonlyMap<string, Baseline>> {
  const index = await readIndex(folder);
  const present = await claimFiles(folder);
  const unknown = present.find((file) => index.files[file] === undefined);
  if (unknown !== undefined) {
    throw new BaselineError(`baseline ${join(folder, unknown)} is not in ${INDEX_FILE}: only accept may add one`);
  }
  const baselines = new Map<string, Baseline>();
  for (const [file, digest] of Object.entries(index.files)) {
    const text = await readText(join(folder, file), `listed in ${INDEX_FILE}`);
    if (digestOf(text) !== digest) {
      throw new BaselineError(`baseline ${join(folder, file)} was edited: its digest is not the one in ${INDEX_FILE}`);
    }
    const read = parse(baseline, text, join(folder, file));
    if (`${read.claim}.json` !== file) {
      throw new BaselineError(`baseline ${join(folder, file)} is of claim ${read.claim}, its path needs the same name`);
    }
    baselines.set(read.claim, read);
  }
  return baselines;
}

/** The same, but a folder that does not exist yet is a first acceptance: only `accept` may ask this way. */
export async function readBaselinesToReplace(folder: string): Promise<ReadonlyMap<string, Baseline>> {
  const files = await claimFiles(folder);
  const indexed = await readFile(join(folder, INDEX_FILE)).catch(() => undefined);
  return files.length === 0 && indexed === undefined ? new Map() : readBaselines(folder);
}

/** SHA-256 of a baseline file. */
export function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

async function readIndex(folder: string): Promise<z.infer<typeof baselineIndex>> {
  const path = join(folder, INDEX_FILE);
  return parse(baselineIndex, await readText(path, "needed to compare; accept writes it"), path);
}

async function readText(path: string, needed: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === "ENOENT";
    const found = missing ? "is missing" : `cannot be read (${(error as Error).message})`;
    throw new BaselineError(`baseline ${path} ${found}, ${needed}`, { cause: error });
  }
}

function parse<S extends z.ZodType>(schema: S, text: string, path: string): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BaselineError(`baseline ${path} is not JSON: ${(error as Error).message}`, { cause: error });
  }
  const version = (json as { readonly schema?: unknown } | null)?.schema;
  if (version !== BASELINE_SCHEMA_VERSION) {
    throw new BaselineError(
      `baseline ${path} has schema ${JSON.stringify(version)}, needed ${BASELINE_SCHEMA_VERSION}`,
    );
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new BaselineError(`baseline ${path} is invalid at ${issue?.path.join(".") || "its top"}: ${issue?.message}`);
}

async function claimFiles(folder: string): Promise<readonly string[]> {
  let entries: readonly string[];
  try {
    entries = await readdir(folder, { recursive: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
  return entries
    .map((entry) => relative(".", entry))
    .filter(
      (entry) => entry.endsWith(".json") && !NOT_CLAIMS.some((other) => entry === other || entry.startsWith(other)),
    )
    .map((entry) => entry.split(sep).join("/"))
    .sort();
}
