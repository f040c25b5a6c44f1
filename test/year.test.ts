import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import type { Suite } from "../src/claim/suite.ts";

const ROOT = new URL("../", import.meta.url);
const PAGE = new URL("INTERPRETING.md", ROOT);

/** Nights have one run of each suite at full; Sundays one more at deep (.github/workflows/nightly.yml). */
const NIGHTS = 365;
const SUNDAYS = 52;

test("INTERPRETING says what the suites' promises come to in a night, a week and a year (UPDATE_GOLDEN=1 writes it)", async () => {
  const page = readFileSync(PAGE, "utf8");
  const [before, rest] = page.split("## What that is over a year\n\n") as [string, string];
  const after = rest.slice(rest.indexOf("\n\n"));
  const table = yearTable(await everySuite());
  if (process.env["UPDATE_GOLDEN"]) writeFileSync(PAGE, `${before}## What that is over a year\n\n${table}${after}`);
  else expect(rest.slice(0, rest.indexOf("\n\n"))).toBe(table);
});

test("nightly runs every suite each night, and once more on Sundays, as that table counts", () => {
  const workflow = readFileSync(new URL(".github/workflows/nightly.yml", ROOT), "utf8");
  expect(workflow.match(/cron: .*/g)).toEqual(['cron: "17 2 * * *"', 'cron: "17 6 * * 0"']);
});

async function everySuite(): Promise<readonly Suite[]> {
  const folder = fileURLToPath(new URL("suites", ROOT));
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".suite.ts"));
  expect(files.length).toBeGreaterThan(5);
  return Promise.all(
    files.map(async (name) => (await import(pathToFileURL(`${folder}/${name}`).href)).default as Suite),
  );
}

function yearTable(suites: readonly Suite[]): string {
  const all = suites.map(({ errors }) => errors);
  // Every suite has the same budget, so that one column stands for each of them.
  expect(new Set(all.map((errors) => JSON.stringify(errors))).size).toBe(1);
  const [one, together] = [all.slice(0, 1), all].map((errors) => ({
    falseVerdict: errors.reduce((sum, { falseVerdict }) => sum + falseVerdict, 0),
    undecided: errors.reduce((sum, { undecided }) => sum + undecided, 0),
    least: 1 - Math.max(...errors.map(({ falseVerdict }) => falseVerdict)),
    suites: errors.length,
  })) as [Promised, Promised];
  const week = 7 + 1;
  const year = NIGHTS + SUNDAYS;
  const rows: readonly (readonly [what: string, cell: (promise: Promised) => string])[] = [
    ["a false verdict in one run", ({ falseVerdict }) => `at most ${oneIn(falseVerdict)}`],
    [`in a week, ${week} runs`, ({ falseVerdict }) => `at most ${oneIn(week * falseVerdict)}`],
    [`in a year, ${year} runs, expected number`, ({ falseVerdict }) => `at most ${digits(year * falseVerdict)}`],
    [
      "in a year, chance of at least one",
      ({ least, suites: count }) => `at most ${Math.round(100 * (1 - least ** (year * count)))} %`,
    ],
    [
      "runs of a suite with something undecided in a year, expected",
      ({ undecided }) => `at most ${digits(year * undecided)}`,
    ],
  ];
  return [
    `| what | one suite | all ${suites.length} suites, each night at full and on Sundays at deep |`,
    "| --- | --- | --- |",
    ...rows.map(([what, cell]) => `| ${what} | ${cell(one)} | ${cell(together)} |`),
  ].join("\n");
}

interface Promised {
  readonly falseVerdict: number;
  readonly undecided: number;
  /** Chance that one run of one suite has no false verdict. */
  readonly least: number;
  readonly suites: number;
}

/** Rounded down, the likelier side. */
function oneIn(probability: number): string {
  return `1 in ${Math.floor(1 / probability + 1e-9).toLocaleString("en")}`;
}

function digits(value: number): string {
  return String(Number(value.toPrecision(2)));
}
