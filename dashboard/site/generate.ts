import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { BaselineError } from "../../src/baseline/baseline.ts";
import { ProjectError } from "../../src/project/project-error.ts";
import { packageRoot } from "../../src/project/roots.ts";
import { ResultFileError } from "../../src/run/files/result-file.ts";
import { PAGES } from "./page-list.ts";
import { readSite, type Site } from "./site.ts";
import { placesFrom } from "./sources/sources.ts";
import { shownRun } from "./views/shown-run.ts";

const FONTS = [
  "Main-Regular",
  "Main-Italic",
  "Math-Italic",
  "AMS-Regular",
  "Size1-Regular",
  "Size2-Regular",
  "Size3-Regular",
  "Size4-Regular",
];

/** What a file that is not what it must be is refused with. */
const UNREADABLE = [ResultFileError, BaselineError, ProjectError] as const;

/**
 * Writes Framework's source folder: style, pages and data. Framework's own loaders would start a process a page, and each
 * would read the suites, the result and the history again (two seconds); one process reads them once for all pages.
 */
async function writeSite(site: Site, folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ["style.css", "favicon.svg"]) {
    cpSync(join(packageRoot(), "dashboard/static", name), join(folder, name));
  }
  copyKatex(join(folder, "katex"));
  for (const { files } of PAGES) {
    for await (const { path, content } of files(site)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  }
  writeFileSync(join(folder, "site.json"), JSON.stringify(contentsOf(site)));
}

/** What Framework's configuration and the bundler need of the list of pages. */
function contentsOf(site: Site) {
  return {
    pages: PAGES.flatMap(({ entries }) => entries(site)),
    modules: [...new Set(PAGES.flatMap(({ draws }) => draws ?? []))],
    title: site.title,
    plays: site.plays,
    shows: String(shownRun(site.sources)),
  };
}

function copyKatex(folder: string): void {
  const from = dirname(createRequire(import.meta.url).resolve("katex"));
  mkdirSync(join(folder, "fonts"), { recursive: true });
  const css = readFileSync(join(from, "katex.min.css"), "utf8");
  // Browsers that know modules know woff2.
  writeFileSync(join(folder, "katex.css"), css.replace(/,url\([^)]*\.(?:woff|ttf)\) format\("[^"]*"\)/g, ""));
  for (const font of FONTS) {
    const path = join(from, "fonts", `KaTeX_${font}.woff2`);
    if (existsSync(path)) cpSync(path, join(folder, "fonts", `KaTeX_${font}.woff2`));
  }
}

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("generate requires the folder to write into");
try {
  await writeSite(await readSite(placesFrom({ env: process.env, cwd: process.cwd() })), folder);
} catch (error) {
  // A file that is not there or not what it must be is the caller's to mend: its message names it, and a stack would bury that.
  if (!UNREADABLE.some((kind) => error instanceof kind)) throw error;
  console.error(`the dashboard was not built: ${(error as Error).message}`);
  process.exit(2);
}
