import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** A suite that cannot be found, loaded or believed. */
export class SuiteError extends Error {
  override readonly name = "SuiteError";
}

export interface SuitePath {
  readonly paper: string;
  /** Path of the suite's module. */
  readonly path: string;
}

/** The folder `suites/` of a root. Throws `SuiteError` where there is none. */
export function suitesFolder(root: URL | string): string {
  const folder = join(typeof root === "string" && !root.startsWith("file:") ? root : fileURLToPath(root), "suites");
  if (!existsSync(folder)) throw new SuiteError(`${folder} requires suites, the folder does not exist`);
  return folder;
}

/**
 * The modules `<paper>/<name>.suite.js` in a folder `suites/`, in the order of their paths; nothing is loaded. Throws
 * `SuiteError` where there is none, or one in TypeScript that was not compiled: a run of nothing must not look like a success.
 */
export function suitePaths(folder: string): readonly SuitePath[] {
  const all = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: paper }) => readdirSync(join(folder, paper)).map((name) => ({ paper, name })));
  const found = all.filter(({ name }) => /\.suite\.[cm]?js$/.test(name));
  const compiled = new Set(found.map(({ paper, name }) => join(paper, name.replace(/js$/, "ts"))));
  const source = all.find(({ paper, name }) => /\.suite\.[cm]?ts$/.test(name) && !compiled.has(join(paper, name)));
  if (source !== undefined) {
    const { paper, name } = source;
    const path = join(folder, paper, name);
    throw new SuiteError(`${path} requires ${name.replace(/ts$/, "js")} beside it, there is none: it is not compiled`);
  }
  if (found.length === 0) throw new SuiteError(`${folder} requires modules <paper>/<name>.suite.js, found none`);
  return found
    .map(({ paper, name }) => ({ paper, path: join(folder, paper, name) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
