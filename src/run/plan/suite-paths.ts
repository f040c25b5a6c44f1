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

/** The modules `<paper>/<name>.suite.js` in a folder `suites/`, in the order of their paths; nothing is loaded. */
export function suitePaths(folder: string): readonly SuitePath[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: paper }) =>
      readdirSync(join(folder, paper))
        .filter((name) => /\.suite\.[cm]?js$/.test(name))
        .map((name) => ({ paper, path: join(folder, paper, name) })),
    )
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
