import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ProjectError } from "./project-error.ts";
import { packageRoot, type Roots } from "./roots.ts";

/** What the pages of a project are made from, and where they go; absolute paths. */
export interface SiteRequest {
  readonly roots: Pick<Roots, "repository">;
  /** A result or its folder; without one the accepted baselines are shown. */
  readonly result: string | undefined;
  /** Folder of the checked-out history branch. */
  readonly history: string | undefined;
  /** A result with several engines beside the shown one. */
  readonly engines: string | undefined;
  readonly out: string;
  /** Folder for what is made on the way. */
  readonly work: string;
}

/** A program without its runtime: words for node, and variables. */
export interface SiteBuild {
  readonly words: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What builds the pages and is large: an author who wants no pages does not install it. */
const NEEDED = ["@observablehq/framework", "katex"] as const;

/** How the pages are built. Throws `ProjectError` with the command that installs what is missing. */
export function siteBuild({ roots, result, history, engines, out, work }: SiteRequest): SiteBuild {
  const own = packageRoot();
  const missing = NEEDED.filter((name) => !isInstalled(name, own));
  if (missing.length > 0) {
    const { peerDependencies } = JSON.parse(readFileSync(join(own, "package.json"), "utf8")) as {
      readonly peerDependencies: Readonly<Record<string, string>>;
    };
    const wanted = NEEDED.map((name) => `${name}@${peerDependencies[name]}`).join(" ");
    throw new ProjectError(
      `the dashboard needs ${missing.join(" and ")}, which plateau does not bring: npm install --save-dev ${wanted}`,
    );
  }
  return {
    words: [join(own, "dashboard/build.mjs"), "build", "--out", out, "--work", work],
    env: {
      ...{ PLATEAU_ROOT: roots.repository, PLATEAU_RESULT: result },
      ...{ PLATEAU_HISTORY: history, PLATEAU_ENGINES_RESULT: engines },
    },
  };
}

function isInstalled(name: string, folder: string): boolean {
  try {
    createRequire(join(folder, "package.json")).resolve(name === "katex" ? name : `${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}
