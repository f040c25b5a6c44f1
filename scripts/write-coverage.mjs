// Writes the table of README that says of each sentence of the paper's abstract whether it holds, from the paper's
// abstract.json and what was accepted at the full tier. After a build:
//   node scripts/write-coverage.mjs [--check]     --check writes nothing and fails where the table is another one
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readBaselines } from "../dist/src/baseline/files/read.js";
import { coverageTable } from "../dist/src/report/coverage-table.js";
import { scriptWords } from "./script-words.mjs";

const USAGE =
  "write-coverage.mjs [--check] writes the table, or with --check fails where it is another one and writes nothing";
const { values } = scriptWords(USAGE, { options: { check: { type: "boolean" } } });
const PAPER = "suites/orvieto2021";
const root = fileURLToPath(new URL("..", import.meta.url));
const readme = `${root}README.md`;
const [BEGIN, END] = ["<!-- coverage: written by scripts/write-coverage.mjs -->\n", "\n<!-- end of coverage -->"];

const { statements } = JSON.parse(readFileSync(`${root}${PAPER}/abstract.json`, "utf8"));
const baselines = await readBaselines(`${root}baselines`);
const outcomes = new Map(
  [...baselines].flatMap(([id, { tiers }]) => (tiers.full === undefined ? [] : [[id, tiers.full.outcome]])),
);
const text = readFileSync(readme, "utf8");
const [before, rest] = text.split(BEGIN);
const after = rest?.split(END)[1];
if (after === undefined) throw new Error(`README.md requires ${BEGIN.trim()} and ${END.trim()} around its table`);
const written = `${before}${BEGIN}${coverageTable(statements, outcomes)}${END}${after}`;
if (!values.check) writeFileSync(readme, written);
else if (written !== text) {
  process.stderr.write("README's table of the abstract is not what was accepted: node scripts/write-coverage.mjs\n");
  process.exitCode = 1;
}
