// Writes docs/calibration/sizes.md: the replicates of every claim at the full tier, what they need and would see. After a build:
//   node scripts/write-sizes.mjs [--check]     --check writes nothing and fails where the page is another one
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sizeRows } from "../dist/src/calibration/suites/size-rows.js";
import { sizeTable } from "../dist/src/calibration/suites/size-table.js";
import { discoverSuites } from "../dist/src/run/plan/discover.js";
import { scriptWords } from "./script-words.mjs";

const USAGE =
  "write-sizes.mjs [--check] writes the page, or with --check fails where it is another one and writes nothing";
const { values } = scriptWords(USAGE, { options: { check: { type: "boolean" } } });

const page = fileURLToPath(new URL("../docs/calibration/sizes.md", import.meta.url));
const before = JSON.parse(readFileSync(new URL("../docs/calibration/sizes-before.json", import.meta.url), "utf8"));
const suites = await discoverSuites(new URL("../dist/", import.meta.url));
const written = sizeTable(
  suites.flatMap(({ suite }) => sizeRows(suite)),
  before,
);
if (!values.check) writeFileSync(page, written);
else if (written !== readFileSync(page, "utf8")) {
  process.stderr.write("docs/calibration/sizes.md is not what the claims take: node scripts/write-sizes.mjs\n");
  process.exitCode = 1;
}
