import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { FIXTURE_ROOT } from "../cli/recording-io.ts";

const PLATEAU = fileURLToPath(new URL("../../dist/src/cli/main.js", import.meta.url));
const SUITE = `import holds from "./behaviour/holds.claim.js";
export default { name: "demo", title: "Demo", errors: { falseVerdict: 1e-3, undecided: 1e-2 },
  claims: [{ claim: holds, share: 1 }], minutes: { smoke: 1, full: 1 } };
`;
const WIDER =
  'import { demoClaim } from "../claim.js";\n\nconst claim = demoClaim("holds");\nexport default { ...claim, prediction: { ...claim.prediction, within: 1.5 } };\n';

/** A repository with a project two folders down, whose claim was accepted; then a commit with a wider margin, accepted too. */
let top: string;
let project: string;
let first: string;

beforeAll(async () => {
  top = mkdtempSync(join(tmpdir(), "plateau-repository-"));
  project = join(top, "tools/claims");
  mkdirSync(project, { recursive: true });
  cpSync(FIXTURE_ROOT, project, { recursive: true });
  writeFileSync(join(project, "suites/demo/demo.suite.js"), SUITE);
  writeFileSync(join(top, ".gitignore"), "results/\n.plateau/\n");
  await git("init", "-q", "-b", "main");
  await commit("suites");
  await accept("first");
  first = await commit("baselines");
  writeFileSync(join(project, "suites/demo/behaviour/holds.claim.js"), WIDER);
  await commit("a wider margin");
  await accept("wider");
  await commit("accepted");
  expect((await plateau(["ci", "run"])).exitCode).toBe(0);
}, 120_000);

async function git(...words: readonly string[]): Promise<string> {
  const config = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  return (await execa("git", ["-C", top, ...config, ...words])).stdout;
}

async function commit(message: string): Promise<string> {
  await git("add", "-A");
  await git("commit", "-q", "-m", message);
  return git("rev-parse", "HEAD");
}

async function accept(reason: string): Promise<void> {
  const ran = await plateau(["run", "--out", join(mkdtempSync(join(tmpdir(), "plateau-out-")), "r")]);
  expect(ran.exitCode, ran.stderr).toBe(0);
  const out = /Result file: (\S+)/.exec(ran.stdout.replace(/\n\s+/g, " "))![1]!;
  const answer = await plateau(["accept", out, "--reason", reason]);
  expect(answer.exitCode, answer.stderr).toBe(0);
}

function plateau(words: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = project) {
  const none = { CI: undefined, GITHUB_ACTIONS: undefined, PLATEAU_RESULT: undefined, PLATEAU_BASE: undefined };
  return execa("node", [PLATEAU, ...words], { cwd, env: { ...none, PLATEAU_ROOT: cwd, ...env }, reject: false });
}

function gate(event: unknown, env: Readonly<Record<string, string>> = {}) {
  const path = join(mkdtempSync(join(tmpdir(), "plateau-event-")), "event.json");
  writeFileSync(path, JSON.stringify(event));
  return plateau(["ci", "gate"], { GITHUB_EVENT_PATH: path, GITHUB_REPOSITORY: "a/b", ...env });
}

describe("a project below the top of its repository", () => {
  test("is held against its own baselines of the base commit", async () => {
    const { stdout, exitCode } = await gate({}, { PLATEAU_BASE: first });
    expect(stdout).toContain("margin widened");
    expect(exitCode).toBe(0);
  });

  test("is held against the base of a merge queue's group", async () => {
    const { stdout } = await gate({ action: "checks_requested", merge_group: { base_sha: first } });
    expect(stdout).toContain("margin widened");
  });

  test("is judged after a force-push, and it is said what is gone", async () => {
    const { stdout, exitCode } = await gate({ before: "12".repeat(20), forced: true });
    expect(stdout).toContain("1212121212, which the branch was before, is gone");
    expect(exitCode).toBe(0);
  });

  test("is red where the base cannot be looked up, never new", async () => {
    const { stdout, exitCode } = await gate({}, { PLATEAU_BASE: "34".repeat(20) });
    expect(stdout).toContain("is not in this checkout, needed its baselines");
    expect(exitCode).toBe(2);
  });

  test("is run again at the base commit, in the same folder", async () => {
    const { stdout, exitCode } = await plateau(["compare", "results/ci/merged", "--base", first]);
    expect(stdout).toContain("margin widened");
    expect(exitCode).toBe(1);
  });

  test("has the same baselines in a checkout with the line ends of Windows", async () => {
    const clone = join(mkdtempSync(join(tmpdir(), "plateau-crlf-")), "c");
    await execa("git", ["clone", "-q", "-c", "core.autocrlf=true", top, clone]);
    const folder = join(clone, "tools/claims/baselines");
    expect(readFileSync(join(folder, "demo/behaviour/holds.jsonl"), "utf8")).toContain("\r\n");
    const { exitCode, stderr } = await plateau(["compare", "results/ci/merged", "--baselines", folder]);
    expect(exitCode, stderr).toBe(0);
  });
});

describe("a commit's files", () => {
  test("are not lost where a hook compares with another commit", async () => {
    const hooks = mkdtempSync(join(tmpdir(), "plateau-hooks-"));
    const hook = join(hooks, "pre-commit");
    const command = `node ${PLATEAU} compare ${join(project, "results/ci/merged")} --base ${first}`;
    writeFileSync(hook, `#!/bin/sh\ncd ${project} && PLATEAU_ROOT=${project} ${command} || true\n`);
    chmodSync(hook, 0o755);
    const linked = join(mkdtempSync(join(tmpdir(), "plateau-linked-")), "w");
    await git("worktree", "add", "-q", linked, "-b", "feature");
    writeFileSync(join(linked, "NOTES"), "a note\n");
    const inside = [
      "-C",
      linked,
      "-c",
      "user.name=t",
      "-c",
      "user.email=t@example.org",
      "-c",
      `core.hooksPath=${hooks}`,
    ];
    await execa("git", ["-C", linked, "add", "NOTES"]);
    await execa("git", [...inside, "commit", "-q", "-m", "a note"]);
    expect((await execa("git", ["-C", linked, "show", "HEAD:NOTES"])).stdout).toBe("a note");
  });

  test("that no commit has are a change, whatever the user's settings hide", async () => {
    await git("config", "status.showUntrackedFiles", "no");
    writeFileSync(join(project, "suites/demo/behaviour/extra.js"), "export {};\n");
    const { exitCode, stderr } = await plateau(["accept", "results/ci/merged", "--reason", "again"]);
    expect(stderr).toContain("accept needs a clean git tree");
    expect(exitCode).toBe(2);
  });
});
