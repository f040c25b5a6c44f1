import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { sealed } from "../../src/claim/evidence/digests.ts";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder, plateau } from "./recording-io.ts";

const BASELINE = "baselines/demo/behaviour/holds.jsonl";

/** The lines of a baseline that begin with a key. */
function linesOf(root: string, key: string): readonly Record<string, unknown>[] {
  const lines = readFileSync(join(root, BASELINE), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  return lines.filter((line) => Object.keys(line)[0] === key);
}

/** A repository of its own with the fixture suites, a smoke and a full result of one claim, and both accepted. */
async function repositoryWithResults(): Promise<{ readonly root: string; readonly cwd: string }> {
  const root = join(freshFolder(), "repository");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  await git(root, "init", "-q");
  await commit(root, "suites");
  const cwd = freshFolder();
  for (const tier of ["smoke", "full"]) {
    const words = ["run", "holds", "is-refuted", "--tier", tier, "--out", tier];
    expect((await plateauProcess(words, { cwd, env: { PLATEAU_ROOT: root } })).exitCode).toBe(1);
  }
  return { root, cwd };
}

async function git(root: string, ...words: readonly string[]): Promise<void> {
  await execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
}

async function commit(root: string, message: string): Promise<void> {
  await git(root, "add", "-A");
  await git(root, "commit", "-q", "-m", message);
}

let origin: { readonly root: string; readonly cwd: string };
beforeAll(async () => {
  origin = await repositoryWithResults();
}, 60_000);

/** A copy that a test may spoil. */
function copy(): { readonly root: string; readonly ask: (...words: readonly string[]) => ReturnType<typeof plateau> } {
  const root = join(freshFolder(), "repository");
  cpSync(origin.root, root, { recursive: true });
  return { root, ask: (...words) => plateau(words, { cwd: origin.cwd, env: { PLATEAU_ROOT: root } }) };
}

/** The smoke result with one claim alone. */
async function onlyHolds(root: string): Promise<string> {
  const out = join(freshFolder(), "holds");
  const words = ["run", "holds", "--tier", "smoke", "--out", out];
  expect((await plateauProcess(words, { cwd: origin.cwd, env: { PLATEAU_ROOT: root } })).exitCode).toBe(0);
  return out;
}

const accept = (...results: readonly string[]) => ["accept", ...results, "--reason", "first"] as const;

describe("accept", () => {
  test("writes one file a claim with both tiers; compare then finds nothing changed", async () => {
    const { root, ask } = copy();
    const accepted = await ask(...accept("smoke", "full"));
    expect(accepted.stdout).toMatch(/^accepted 2 claims into .*baselines, which has 2 now; 2 files changed/);
    const stamp = { at: "2026-01-02T03:04:05.678Z", reason: "first" };
    expect(linesOf(root, "tier")).toMatchObject([
      { tier: "smoke", ...stamp },
      { tier: "full", ...stamp },
    ]);
    for (const tier of ["smoke", "full"]) {
      const { exit, stdout } = await ask("compare", tier);
      expect(stdout).toBe(`2 claims compared with the ${tier} baselines: 2 unchanged\n`);
      expect(exit).toBe(0);
    }
  });

  test("keeps the other tier when one is accepted again, and needs no commit of the baselines between", async () => {
    const { root, ask } = copy();
    expect((await ask(...accept("smoke"))).exit).toBe(0);
    expect((await ask(...accept("full"))).exit).toBe(0);
    expect(linesOf(root, "tier").map(({ tier, outcome }) => [tier, outcome])).toEqual([
      ["smoke", "holds"],
      ["full", "holds"],
    ]);
  });

  test("names the tiers of a changed claim that no result was given of: nothing is accepted of them any more", async () => {
    const { root, ask } = copy();
    await ask(...accept("smoke", "full"));
    const claim = join(root, "suites/demo/claim.js");
    const text = readFileSync(claim, "utf8");
    expect(text).toContain("within: 0.4");
    writeFileSync(claim, text.replace("within: 0.4", "within: 0.45"));
    await commit(root, "wider");
    // a process of its own: this one remembers the suite as it was
    const { exitCode, stdout } = await plateauProcess(accept(await onlyHolds(root)), {
      cwd: origin.cwd,
      env: { PLATEAU_ROOT: root },
    });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("✗ demo/behaviour/holds has no baseline of full any more: it was of another version");
    expect(stdout).not.toContain("is-refuted has no baseline");
    expect(linesOf(root, "tier").map(({ tier, outcome }) => [tier, outcome])).toEqual([
      ["smoke", "holds"],
      ["full", undefined],
    ]);
  }, 30_000);

  test("leaves what did not change as it is, with its date and reason", async () => {
    const { ask } = copy();
    await ask(...accept("smoke", "full"));
    const again = await ask("accept", "smoke", "full", "--reason", "again");
    expect(again.stdout).toContain("accepted 2 claims into");
    expect(again.stdout).toContain("which has 2 now; 0 files changed");
  });

  test("takes the place of a file that a merge left with both sides, and says so; another's it leaves and names", async () => {
    const { root, ask } = copy();
    await ask(...accept("smoke", "full"));
    const path = join(root, BASELINE);
    writeFileSync(path, `<<<<<<< HEAD\n${readFileSync(path, "utf8")}`);
    const other = join(root, BASELINE.replace("holds", "is-refuted"));
    writeFileSync(other, "{}\n");
    const one = await onlyHolds(root);
    const { exit, stdout } = await ask("accept", one, "--reason", "after the merge");
    expect(exit).toBe(0);
    expect(stdout).toMatch(/demo\/behaviour\/holds has the tiers of these results alone: .*:1 is left from a merge/);
    expect(stdout).toMatch(/✗ demo\/behaviour\/is-refuted is as it was, accept a result of it too/);
    expect(readFileSync(other, "utf8")).toBe("{}\n");
  });

  test("is refused in CI", async () => {
    const { root } = copy();
    const env = { PLATEAU_ROOT: root, CI: "true" };
    const { exit, stderr } = await plateau(accept("smoke"), { cwd: origin.cwd, env });
    expect(exit).toBe(2);
    expect(stderr).toBe(
      "plateau: accept is refused in CI (CI=true): a baseline changes only by a person's reviewed commit\n",
    );
  });

  test("is refused with uncommitted changes", async () => {
    const { root, ask } = copy();
    writeFileSync(join(root, "suites/demo/claim.js"), "\n", { flag: "a" });
    expect(await ask(...accept("smoke"))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("a clean git tree"),
    });
  });

  test("is refused for results of other code than the commit's", async () => {
    const { root, ask } = copy();
    writeFileSync(join(root, "suites/demo/claim.js"), "\n", { flag: "a" });
    await commit(root, "change");
    expect(await ask(...accept("smoke"))).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/suites\/demo\/claim\.js changed since/),
    });
  });

  test("is refused for another seed", async () => {
    const { root, ask } = copy();
    const env = { PLATEAU_ROOT: root };
    await plateauProcess(["run", "holds", "--seed", "5", "--out", "other-seed"], { cwd: origin.cwd, env });
    expect(await ask(...accept("other-seed"))).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("got seed 5"),
    });
  }, 30_000);

  test("is refused where no git repository is", async () => {
    const root = join(freshFolder(), "bare");
    cpSync(FIXTURE_ROOT, root, { recursive: true });
    const { exit, stderr } = await plateau(accept("smoke"), { cwd: origin.cwd, env: { PLATEAU_ROOT: root } });
    expect({ exit, stderr }).toEqual({ exit: 2, stderr: expect.stringContaining("accept needs a git repository") });
  });
});

describe("compare", () => {
  test("finds no baselines at all an error", async () => {
    expect(await copy().ask("compare", "smoke")).toMatchObject({
      exit: 2,
      stderr: expect.stringMatching(/has no baselines, needed to compare; accept writes them/),
    });
  });

  test.each([
    ["edited", (text: string) => text.replace('"looks":1', '"looks":2'), /holds\.jsonl was edited/],
    ["truncated", (text: string) => text.slice(0, 700), /holds\.jsonl:\d+ requires a JSON object/],
    [
      "of another schema",
      (text: string) => text.replace('"schema":2', '"schema":9'),
      /holds\.jsonl:1 has schema 9, needed 2/,
    ],
  ])("finds a baseline that is %s an error", async (_, spoil, says) => {
    const { root, ask } = copy();
    await ask(...accept("smoke", "full"));
    const path = join(root, BASELINE);
    writeFileSync(path, spoil(readFileSync(path, "utf8")));
    const { exit, stdout, stderr } = await ask("compare", "smoke");
    expect({ exit, stdout, lines: stderr.split("\n").length }).toEqual({ exit: 2, stdout: "", lines: 2 });
    expect(stderr).toMatch(says);
  });

  test("finds a baseline that was taken away an error", async () => {
    const { root, ask } = copy();
    await ask(...accept("smoke", "full"));
    rmSync(join(root, BASELINE));
    const { exit, stdout } = await ask("compare", "smoke");
    expect(exit).toBe(2);
    expect(stdout).toContain("baseline missing: nothing was accepted for tier smoke");
  });

  test("finds the baseline of a removed claim an error", async () => {
    const { root, ask } = copy();
    await ask(...accept("smoke", "full"));
    const suite = join(root, "suites/demo/demo.suite.js");
    writeFileSync(suite, readFileSync(suite, "utf8").replace("[holds, isRefuted, ", "[isRefuted, "));
    // a process of its own: this one remembers the suite as it was
    const { exitCode, stdout } = await plateauProcess(["compare", "smoke"], {
      cwd: origin.cwd,
      env: { PLATEAU_ROOT: root },
    });
    expect(stdout).toContain("claim removed: no suite has it any more");
    expect(exitCode).toBe(2);
  });

  test("names a claim without a baseline, exit 2", async () => {
    const { ask } = copy();
    await ask(...accept("full"));
    const { exit, stdout } = await ask("compare", "smoke");
    expect(stdout).toContain("baseline missing: nothing was accepted for tier smoke");
    expect(exit).toBe(2);
  });

  test("exits 1 and names cell and replicates where bytes changed", async () => {
    const { ask } = copy();
    await ask(...accept("smoke", "full"));
    const result = JSON.parse(readFileSync(join(origin.cwd, "smoke/result.json"), "utf8"));
    const holds = result.evidence.claims.find(({ id }: { id: string }) => id.endsWith("/holds"));
    holds.arms[0].cells[1].blocks[2] = "0000000000000000";
    const changed = join(freshFolder(), "result.json");
    writeFileSync(changed, JSON.stringify(sealed(result)));
    const { exit, stdout } = await ask("compare", changed, "--verbose");
    expect(exit).toBe(1);
    const text = stdout.replace(/\s+/g, " ");
    expect(text).toContain("bytes changed at depth 4, init xavier, scaled true: first among replicates 128-255");
  });
});
