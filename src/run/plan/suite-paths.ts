import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { moduleFile, stripsTypes, typeScriptCure } from "./module-files.ts";

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
 * The modules `<paper>/<name>.suite.{js,mjs,ts,…}` in a folder `suites/`, in the order of their paths; nothing is loaded. Of a
 * source and its compiled form side by side, the compiled one. Throws `SuiteError` where there is none, or one in TypeScript that
 * this Node cannot load: a run of nothing must not look like a success.
 */
export function suitePaths(folder: string, loadsSources: boolean = stripsTypes()): readonly SuitePath[] {
  const stems = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: paper }) => readdirSync(join(folder, paper)).map((name) => ({ paper, name })))
    .filter(({ name }) => /\.suite\.(?:[cm]?js|m?ts)$/.test(name))
    .map(({ paper, name }) => ({ paper, stem: join(folder, paper, name.replace(/\.\w+$/, "")) }));
  if (stems.length === 0) {
    throw new SuiteError(`${folder} requires modules <paper>/<name>.suite.js or .suite.ts, found none`);
  }
  const papers = new Map(stems.map(({ paper, stem }) => [stem, paper]));
  return [...papers.keys()].sort().map((stem) => {
    const path = moduleFile(stem, loadsSources);
    if (path === undefined) throw new SuiteError(`${stem}.ts cannot be loaded: ${typeScriptCure()}`);
    return { paper: papers.get(stem)!, path };
  });
}
