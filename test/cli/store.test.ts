import { cpSync, existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder } from "./recording-io.ts";

describe("plateau store", () => {
  test("says how large the store is, lets go what no claim needs, and a run finds the rest again", async () => {
    const cwd = freshFolder();
    const ask = (...words: readonly string[]) => plateauProcess(words, { cwd });
    await ask("run", "holds", "--out", "one");
    await ask("run", "holds", "--out", "two", "--seed", "7");
    expect((await ask("store")).stdout).toMatch(/: 8 files, 0\.0 MB, the oldest of \d{4}-\d\d-\d\d$/);
    const dry = await ask("store", "prune", "--keep-accepted", "--dry-run");
    expect(dry.stdout).toMatch(/^would let go 4 files, .*\n.*: 4 files, /);
    const pruned = await ask("store", "prune", "--keep-accepted");
    expect(pruned.stdout).toMatch(/^let go 4 files, .*\n.*: 4 files, /);
    const again = await ask("run", "holds", "--out", "three", "--json");
    expect(JSON.parse(again.stdout).provenance.computed).toBe(0);
    expect((await ask("store", "prune", "--max", "0kB")).stdout).toMatch(/^let go 4 files, /);
    expect(existsSync(join(cwd, "one/result.json"))).toBe(true);
  });

  test("thins results but the last and the accepted ones, whose evidence stays, and says which", async () => {
    const root = join(freshFolder(), "repository");
    cpSync(FIXTURE_ROOT, root, { recursive: true });
    writeFileSync(join(root, ".gitignore"), "results/\n.plateau/\n");
    const git = (...words: readonly string[]) =>
      execa("git", ["-C", root, "-c", "user.name=test", "-c", "user.email=test@example.org", ...words]);
    await git("init", "-q");
    await git("add", "-A");
    await git("commit", "-q", "-m", "suites");
    const ask = (...words: readonly string[]) => plateauProcess(words, { cwd: root, env: { PLATEAU_ROOT: root } });
    const out = (name: string) => join(root, "results", name);
    await ask("run", "holds", "--out", out("accepted"));
    await ask("accept", out("accepted"), "--reason", "first");
    await ask("run", "holds", "--seed", "7", "--out", out("old"));
    await ask("run", "holds", "--seed", "8", "--out", out("last"));
    const dry = await ask("store", "prune", "--results", "--max", "0kB", "--dry-run");
    expect(dry.stdout).toMatch(/^would let go 1 files/);
    expect(existsSync(out("old/samples"))).toBe(true);
    const { stdout, stderr } = await ask("store", "prune", "--results", "--max", "0kB");
    expect(stdout, stderr).toMatch(/^let go 1 files, .*\n.*results: 2 files, /);
    expect(stdout).toContain("kept accepted: baselines were accepted from it");
    expect(stdout).toContain("kept last: the last run");
    expect(["accepted", "old", "last"].map((name) => existsSync(out(`${name}/samples`)))).toEqual([true, false, true]);
    expect((await ask("report", out("old"))).stdout).toContain("1 claim: 1 supported");
  });

  test.each([
    [["store", "prune", "--results", "--store", "x", "--max", "1GB"], "store takes --store or --results, got both"],
    [["store", "shrink"], "store knows prune alone, got shrink"],
    [["store", "prune"], "store prune needs a rule: --older DAYS, --max SIZE or --keep-accepted, got none"],
    [["store", "--max", "1GB"], "store deletes only when asked to"],
    [["store", "prune", "--max", "many"], "--max needs a size such as 500MB or 2GB, got many"],
    [["store", "prune", "--older", "-1"], "--older needs a whole number from 1 to 36500"],
  ])("refuses %j in one line", async (words, message) => {
    const { exitCode, stderr } = await plateauProcess(words, { cwd: freshFolder() });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });
});
