// Writes the reference of what authors import, `plateau` and `plateau/lab`, from their types: pages for the site. TypeDoc reads
// TypeScript by a version of its own, so both are taken from the registry when they are needed and are no part of a clone.
import { execa } from "execa";
import { scriptWords } from "./script-words.mjs";

const PACKAGES = ["typedoc@0.28.20", "typescript@5.9.3"];

const USAGE = "write-api.mjs [FOLDER] writes the reference there (default: results/api)";
const {
  words: [folder = "results/api"],
} = scriptWords(USAGE, { most: 1 });
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
