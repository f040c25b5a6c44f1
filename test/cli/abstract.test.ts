import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

const abstract = {
  paper: "demo@v1",
  summary: [],
  statements: [
    {
      id: "A",
      title: "The mean is zero",
      words: "",
      claims: ["demo/behaviour/holds", "demo/behaviour/is-slow"],
      notCovered: [],
    },
  ],
};

function project(): string {
  const root = join(freshFolder(), "project");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  const claim = join(root, "suites/demo/claim.js");
  writeFileSync(
    claim,
    readFileSync(claim, "utf8").replace('grade: "derived"', 'grade: name === "holds" ? "stated" : "derived"'),
  );
  return root;
}

const run = (root: string, ...words: readonly string[]) =>
  plateauProcess(["run", ...words], { cwd: root, env: { PLATEAU_ROOT: root } });

test("run --abstract decides what the abstract states at the full tier, and ends with its sentences and the headline", async () => {
  const root = project();
  writeFileSync(join(root, "suites/demo/abstract.json"), JSON.stringify(abstract));
  const { stdout, stderr, exitCode } = await run(root, "--abstract", "--within", "60");
  expect(exitCode, stderr).toBe(0);
  const end = stdout.slice(stdout.indexOf("What the abstract says")).replace(/\s+/g, " ");
  expect(end).toBe(
    "What the abstract says ✓ The mean is zero: holds (1 supported, 1 not run) Further, 7 claims were not run: npx --no -- plateau run --tier full 1 claim: 1 supported, 0 refuted; controls: 1 of 1 refuted as they must be",
  );
});

test("report and merge end with the same sentences, where the result has claims of them", async () => {
  const root = project();
  writeFileSync(join(root, "suites/demo/abstract.json"), JSON.stringify(abstract));
  const plateau = (...words: readonly string[]) => plateauProcess(words, { cwd: root, env: { PLATEAU_ROOT: root } });
  const sentence = "✓ The mean is zero: holds (1 supported, 1 not run)";
  await plateau("run", "holds", "--shard", "1/1", "--out", "shard");
  const merged = await plateau("merge", "shard", "--out", "whole");
  expect(merged.stdout, merged.stderr).toContain(sentence);
  const reported = await plateau("report", "whole");
  expect(reported.stdout.split("\n").slice(-7)).toEqual(merged.stdout.split("\n").slice(-7));
  await plateau("run", "is-refuted", "--out", "other");
  expect((await plateau("report", "other")).stdout).not.toContain("What the abstract says");
});

test("run --abstract without an abstract, or beside what is no paper with one, is refused in one line", async () => {
  const root = project();
  expect((await run(root, "--abstract")).stderr).toContain("--abstract needs suites/<paper>/abstract.json");
  writeFileSync(join(root, "suites/demo/abstract.json"), JSON.stringify(abstract));
  expect((await run(root, "holds", "--abstract")).stderr).toContain(
    "--abstract takes papers that have an abstract, got holds, there are demo",
  );
});

test("beside a paper's name run --abstract takes that paper's sentences, and a report ends with those of what was run", async () => {
  const root = project();
  writeFileSync(join(root, "suites/demo/abstract.json"), JSON.stringify(abstract));
  mkdirSync(join(root, "suites/other"));
  const others = {
    ...abstract,
    paper: "other@v1",
    statements: [{ ...abstract.statements[0]!, title: "Else", claims: [] }],
  };
  writeFileSync(join(root, "suites/other/abstract.json"), JSON.stringify(others));
  const { stdout } = await run(root, "demo", "--abstract");
  expect(stdout).toContain("The mean is zero: holds");
  expect(stdout).not.toContain("Else");
  expect((await run(root, "other", "--abstract")).stderr).toContain("--abstract needs claims of grade stated");
});
