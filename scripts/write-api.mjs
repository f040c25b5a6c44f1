// Writes the reference of what authors import, `plateau` and `plateau/lab`, from their types: pages for the site. TypeDoc reads
// TypeScript by a version of its own, so both are taken from the registry when they are needed and are no part of a clone.
import { readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { execa } from "execa";
import { glob } from "tinyglobby";
import { scriptWords } from "./script-words.mjs";

const PACKAGES = ["typedoc@0.28.20", "typescript@5.9.3"];

/** Of each page, in its header. */
const TITLE = /<a href="[^"]*" class="title">[^<]*<\/a>/;

const USAGE =
  "write-api.mjs [FOLDER] [--site FOLDER] writes the reference there (default: results/api), with links to the site if one is named";
const {
  values: { site },
  words: [folder = "results/api"],
} = scriptWords(USAGE, { most: 1, options: { site: { type: "string" } } });
await execa(
  "npm",
  [
    ...["exec", "--yes", ...PACKAGES.map((name) => `--package=${name}`), "--", "typedoc"],
    ...["--entryPoints", "src/index.ts", "--entryPoints", "src/lab/index.ts"],
    ...["--name", "Plateau", "--readme", "none", "--out", folder],
    ...["--tsconfig", "tsconfig.json", "--skipErrorChecking", "--excludeInternal", "--disableSources"],
    ...["--treatValidationWarningsAsErrors", "--validation.notExported", "false"],
  ],
  { stdio: "inherit" },
);
if (site !== undefined) await Promise.all((await glob("**/*.html", { cwd: folder })).map(linkToSite));

/** TypeDoc writes a link of one's own into all pages as it is given, wherever they lie, and not at all on a narrow screen. */
async function linkToSite(page) {
  const path = join(folder, page);
  const text = await readFile(path, "utf8");
  const way = relative(dirname(path), site).split(sep).join("/");
  const linked = text.replace(TITLE, `$& <a href="${way}/index.html">Results</a>`);
  if (linked === text) throw new Error(`${path} requires a title that its header links, found none`);
  await writeFile(path, linked);
}
