import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { folderAbove, PROJECT_FILE } from "../claim/origin/project-folder.ts";
import { readProject } from "./project.ts";
import { ProjectError } from "./project-error.ts";

/** Where a command finds suites and baselines. */
export interface Roots {
  /** Folder that holds the runnable `suites/`: the project's, or the one of compiled code where its plateau.json names one. */
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
  const { compiled } = readProject(root);
  const suites = compiled === undefined ? root : resolve(root, compiled);
  if (!existsSync(join(suites, "suites"))) {
    const built =
      compiled === undefined ? "" : `: it is where plateau.json says that compiled code is, so build it first`;
    throw new ProjectError(
      `root ${root} needs a folder ${join(relative(root, suites), "suites")}/, found none${built}`,
    );
  }
  return { suites, baselines: join(root, "baselines"), repository: root };
}

/**
 * Folder in which `results/` and `.plateau/` lie: that of the nearest plateau.json upwards, so that a command means the same in
 * each folder of a project; the current folder where there is none or another project was named.
 */
export function homeOf(asked: string | undefined, { env, cwd }: Surroundings): string {
  const around = folderAbove(cwd, PROJECT_FILE) ?? cwd;
  const named = asked ?? (env["PLATEAU_ROOT"] || undefined);
  return named === undefined || resolve(cwd, named) === around ? around : cwd;
}
