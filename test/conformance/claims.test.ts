import { readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { describe, expect, test } from "vitest";
import { sampleCommand } from "../../dashboard/site/views/picture/arm-points.ts";
import { claimHash, claimManifest, manifest } from "../../src/claim/manifest.ts";
import { armExperiment, readingAll } from "../../src/cli/arguments/arm-experiment.ts";
import { parseCell } from "../../src/cli/arguments/parse-cell.ts";
import { CLAIM_RULES } from "../../src/conformance/claim-rules.ts";
import { claims, SUITES_FOLDER, suites } from "./suites.ts";

const papers = (paper: string) =>
  JSON.parse(readFileSync(join(SUITES_FOLDER, paper, "papers.json"), "utf8")) as Readonly<Record<string, unknown>>;

test("there are claims and suites to check", () => {
  expect(claims.length).toBeGreaterThan(100);
  expect(suites.length).toBeGreaterThan(5);
});

describe.each(claims)("$path", ({ path, claim }) => {
  const around = {
    suites: suites.filter((suite) => suite.claims.some((entry) => entry.claim.id === claim.id)).map(({ name }) => name),
    papers: Object.keys(papers(claim.id.split("/")[0]!)),
  };

  test("its id is its path", () => expect(claim.id).toBe(path));

  test.each(CLAIM_RULES)("it $rule", ({ faults }) => expect(faults(claim, around)).toEqual([]));

  test("it has three tiers", () => expect(Object.keys(claim.tiers).sort()).toEqual(["deep", "full", "smoke"]));

  test("its statement is words and TeX that parses", () => {
    const formulas = claim.statement.split("$").filter((_, index) => index % 2 === 1);
    for (const formula of formulas) expect(() => katex.renderToString(formula, { strict: "error" })).not.toThrow();
  });

  test("its manifest is plain data that its schema accepts, back and forth", () => {
    const written = claimManifest(claim);
    expect(manifest.parse(JSON.parse(JSON.stringify(written)))).toEqual(written);
    expect(claimHash(claim)).toMatch(/^[0-9a-f]{64}$/);
  });

  test("the command below its picture draws the experiment of each cell of each arm", () => {
    const sources = Object.values(claimManifest(claim).tiers).flatMap((arms) =>
      arms.flatMap((arm) => arm.sources.map((source) => ({ arm, source }))),
    );
    expect(sources.length).toBeGreaterThan(0);
    for (const { arm, source } of sources) {
      const words = wordsOf(sampleCommand({ id: claim.id, seed: "1" }, { arm, ...source }));
      const given = (flag: string) => words.flatMap((word, at) => (words[at - 1] === flag ? [word] : []));
      const cell = parseCell(given("--set"), claim.grid);
      const make = armExperiment(claim, given("--arm")[0] ?? "claimed");
      const { name, setup } = readingAll(cell, claim.grid, make);
      expect([name, JSON.stringify(setup)], words.join(" ")).toEqual([source.experiment, JSON.stringify(source.setup)]);
    }
  });
});

/** The words of a command as a shell takes them apart. */
function wordsOf(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? [];
  return words.map((word) => word.replace(/'([^']*)'|\\(.)/g, (_, quoted, escaped) => quoted ?? escaped));
}
