import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Needs, SpeedCase } from "./speed-case.ts";

/** A benchmark by its place: `networks: forward, d = 16`. */
export interface CasePlace {
  /** Name of the file without `.bench.js`. */
  readonly file: string;
  readonly name: string;
  readonly unit: string;
  readonly needs?: Needs;
}

/** Benchmarks that are missing, broken or not to be compared. */
export class SpeedError extends Error {
  override readonly name = "SpeedError";
}

/** `networks: forward, d = 16`. */
export function caseName({ file, name }: Pick<CasePlace, "file" | "name">): string {
  return `${file}: ${name}`;
}

const FOLDER = join("benchmarks", "speed");
const SUFFIX = ".bench.js";

/** Every case below `root`, by file; none where it has no benchmarks. Loads the files, and times nothing. */
export async function findCases(root: string): Promise<readonly CasePlace[]> {
  const names = await readdir(join(root, FOLDER)).catch(() => []);
  const files = names.filter((name) => name.endsWith(SUFFIX)).sort();
  const cases = await Promise.all(files.map((name) => casesIn(join(root, FOLDER, name))));
  return files.flatMap((name, at) => {
    const file = name.slice(0, -SUFFIX.length);
    return cases[at]!.map(({ name: own, unit, needs }) => ({ file, name: own, unit, ...(needs ? { needs } : {}) }));
  });
}

/** One case, by its place. Throws `SpeedError` where there is none. */
export async function loadCase(root: string, { file, name }: Pick<CasePlace, "file" | "name">): Promise<SpeedCase> {
  const found = (await casesIn(join(root, FOLDER, `${file}${SUFFIX}`))).find((each) => each.name === name);
  if (found === undefined)
    throw new SpeedError(`benchmark ${file} requires a case ${JSON.stringify(name)}, found none`);
  return found;
}

async function casesIn(path: string): Promise<readonly SpeedCase[]> {
  // files of older commits run when they are loaded, and export nothing: they are left alone
  if (!/\bexport\s+const\s+cases\b/.test(await readFile(path, "utf8"))) return [];
  const { cases } = (await import(pathToFileURL(path).href)) as { readonly cases: readonly SpeedCase[] };
  const twice = cases.find(({ name }, at) => cases.findIndex((other) => other.name === name) !== at);
  if (twice) throw new SpeedError(`benchmark file ${path} requires names that differ, found ${twice.name} twice`);
  return cases;
}
