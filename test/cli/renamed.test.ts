import { cpSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

const FORMERLY = 'formerly: ["demo/behaviour/holds"]';

/** A repository whose claim `holds` was accepted at both tiers, then renamed `keeps`. */
let root: string;

beforeAll(async () => {
  root = join(freshFolder(), "repository");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  writeFileSync(join(root, ".gitignore"), "results/\n.plateau/\n");
  writeSuite("holds");
  await git("init", "-q", "-b", "main");
  await commit("suites");
  for (const tier of ["smoke", "full"]) await plateau("run", "--tier", tier, "--out", `results/before-${tier}`);
  await plateau("accept", "results/before-smoke", "results/before-full", "--reason", "first");
  await commit("accepted");
  renameSync(claimFile("holds"), claimFile("keeps"));
  writeFileSync(claimFile("keeps"), claimText(`{ ${FORMERLY} }`));
  writeSuite("keeps");
  await commit("rename");
  await plateau("run", "--out", "results/after");
}, 60_000);

const claimFile = (name: string) => join(root, `suites/demo/behaviour/${name}.claim.js`);
const baselineFile = (name: string) => join(root, `baselines/demo/behaviour/${name}.jsonl`);
const claimText = (changes: string, name = "keeps") =>
  `import { demoClaim } from "../claim.js";\n\nexport default demoClaim("${name}", ${changes});\n`;

function writeSuite(...names: readonly string[]): void {
  const imports = names.map((name, index) => `import c${index} from "./behaviour/${name}.claim.js";`);
  const claims = names.map((_, index) => `{ claim: c${index}, share: ${1 / names.length} }`);
  writeFileSync(
    join(root, "suites/demo/demo.suite.js"),
    `${imports.join("\n")}\nexport default { name: "demo", title: "Demo", errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [${claims}], minutes: { smoke: 1, full: 1 } };\n`,
  );
}

async function git(...words: readonly string[]): Promise<void> {
  await execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
}

async function commit(message: string): Promise<void> {
  await git("add", "-A");
  await git("commit", "-q", "-m", message);
}

function plateau(...words: readonly string[]) {
  const none = { GITHUB_ACTIONS: undefined, PLATEAU_RESULT: undefined, PLATEAU_BASE: undefined };
  return plateauProcess(words, { cwd: root, env: { ...none, PLATEAU_ROOT: root } });
}

describe("a renamed claim", () => {
  test("is compared with what was accepted under the name it had, and the reviewer is told", async () => {
    const { stdout, exitCode } = await plateau("compare", "results/after");
    expect(stdout).toContain("1 claim compared with the smoke baselines: 1 unchanged, 1 renamed");
    expect(stdout.replace(/\s+/g, " ")).toContain(
      "renamed from demo/behaviour/holds: its baseline and history go on under the new name",
    );
    expect(exitCode).toBe(0);
  });

  test("is run again at the base commit under the name it had there", async () => {
    const { stdout, stderr, exitCode } = await plateau("compare", "results/after", "--base", "HEAD~1");
    expect(stdout, stderr).toMatch(/run again at tier\s+smoke: 1\s+unchanged,\s+1\s+renamed/);
    expect(exitCode).toBe(0);
  });

  test("makes the gate neither red nor silent", async () => {
    const env = {
      PLATEAU_ROOT: root,
      PLATEAU_RESULT: "results/after",
      PLATEAU_BASE: "HEAD~1",
      GITHUB_REPOSITORY: "a/b",
    };
    const summary = join(freshFolder(), "summary.md");
    const { exitCode, stderr } = await plateauProcess(["ci", "gate"], {
      cwd: root,
      env: { ...env, GITHUB_STEP_SUMMARY: summary },
    });
    expect(exitCode, stderr).toBe(0);
    expect(readFileSync(summary, "utf8")).toContain("renamed from demo/behaviour/holds");
  });

  test("keeps its tiers, dates and reasons when it is accepted, in a file of its new name alone", async () => {
    const { stdout, stderr } = await plateau("accept", "results/after", "--reason", "renamed");
    expect(stdout, stderr).toContain("demo/behaviour/keeps was demo/behaviour/holds");
    expect(existsSync(baselineFile("holds"))).toBe(false);
    const text = readFileSync(baselineFile("keeps"), "utf8");
    expect(text.match(/"reason":"first"/g)).toHaveLength(2);
    expect(text).not.toContain('"reason":"renamed"');
    const compared = await plateau("compare", "results/after");
    expect(compared.stdout).toBe("1 claim compared with the smoke baselines: 1 unchanged");
    await git("checkout", "-q", "HEAD", "--", "baselines");
    await git("clean", "-q", "-f", "baselines");
  });

  test("that was changed as well is shown with what was changed, old and new", async () => {
    const changed = `{ ${FORMERLY}, replicates: { smoke: 128, full: 512 } }`;
    writeFileSync(claimFile("keeps"), claimText(changed));
    await plateau("run", "--out", "results/changed");
    const { stdout, exitCode } = await plateau("compare", "results/changed");
    expect(stdout).toMatch(/fewer replicates: 256 before, 128 now/);
    expect(stdout).toContain("renamed from demo/behaviour/holds");
    expect(exitCode).toBe(1);
    await git("checkout", "-q", "--", "suites");
  });
});

describe("a former name is refused", () => {
  test.each([
    [
      "that is a claim still",
      ["keeps", "holds"],
      "claim demo/behaviour/keeps was formerly demo/behaviour/holds, which is a claim still",
    ],
    [
      "that two claims name",
      ["keeps", "stays"],
      "claim demo/behaviour/holds is what both demo/behaviour/keeps and demo/behaviour/stays were formerly, needed one",
    ],
  ])("%s", async (_, names, message) => {
    writeFileSync(claimFile("holds"), claimText("{}", "holds"));
    writeFileSync(claimFile("stays"), claimText(`{ ${FORMERLY} }`, "stays"));
    writeSuite(...names);
    const { stderr, exitCode } = await plateau("list");
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  test("that is no claim's id", async () => {
    writeSuite("keeps");
    writeFileSync(claimFile("keeps"), claimText('{ formerly: ["../../../victim"] }'));
    const { stderr, exitCode } = await plateau("list");
    expect(stderr).toContain("was formerly ../../../victim, which is no claim's id");
    expect(exitCode).toBe(2);
  });
});
