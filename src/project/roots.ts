import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT_FILE } from "./project.ts";
import { ProjectError } from "./project-error.ts";

/** Where a command finds suites and baselines. */
export interface Roots {
  /** Folder that holds the runnable `suites/` (of this package: the compiled ones when compiled). */
  readonly suites: string;
  /** The folder `baselines/` in git. */
  readonly baselines: string;
  /** Folder of the project, with its plateau.json where it has one; its commit says what the code is. */
  readonly repository: string;
}

/** What of the surroundings decides where a project is. */
interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

const here = dirname(fileURLToPath(import.meta.url));

/** Folder of plateau's package.json: above the sources, or above their compiled form in dist/. */
export function packageRoot(): string {
  const found = folderAbove(here, "package.json");
  if (found === undefined) throw new Error(`plateau's package.json is missing above ${here}`);
  return found;
}

/**
 * The project that was asked for (`--root`), else PLATEAU_ROOT, else the nearest folder upwards with a plateau.json, else this
 * package. Throws `ProjectError` for a root that was named and has no suites.
 */
export function findRoots(asked: string | undefined, { env, cwd }: Surroundings): Roots {
  const named = asked ?? (env["PLATEAU_ROOT"] || undefined);
  const root = named === undefined ? folderAbove(cwd, PROJECT_FILE) : resolve(cwd, named);
  const own = packageRoot();
  if (root === undefined || root === own) {
    return { suites: resolve(here, "../.."), baselines: join(own, "baselines"), repository: own };
  }
  if (!existsSync(join(root, "suites"))) throw new ProjectError(`root ${root} needs a folder suites/, found none`);
  return { suites: root, baselines: join(root, "baselines"), repository: root };
}

function folderAbove(start: string, file: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, file))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
