import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { plateauProcess } from "./compiled.ts";
import { FIXTURE_ROOT, freshFolder, plateau } from "./recording-io.ts";

const NOISE = "suites/demo/noise.js";
const CLAIM = "suites/demo/claim.js";
const SUITE = "suites/demo/demo.suite.js";

async function git(root: string, ...words: readonly string[]): Promise<string> {
  const who = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  return (await execa("git", ["-C", root, ...who, ...words])).stdout;
}

function edit(root: string, file: string, from: string, to: string): void {
  const path = join(root, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(from)) throw new Error(`${file} requires ${JSON.stringify(from)}, found none`);
  writeFileSync(path, text.replace(from, to));
}

/** A repository with the fixture suites at its first commit, and a folder with a smoke result of it. */
let origin: { readonly root: string; readonly cwd: string };
beforeAll(async () => {
  const root = join(freshFolder(), "repository");
  cpSync(FIXTURE_ROOT, root, { recursive: true });
  await git(root, "init", "-q");
  await git(root, "add", "-A");
  await git(root, "commit", "-q", "-m", "suites");
  const cwd = freshFolder();
  await run(root, cwd, "before");
  origin = { root, cwd };
}, 60_000);

async function run(root: string, cwd: string, out: string, ...claims: readonly string[]): Promise<void> {
  const names = claims.length === 0 ? ["holds", "is-refuted"] : claims;
  const { exitCode, stderr } = await plateauProcess(["run", ...names, "--out", out], {
    cwd,
    env: { PLATEAU_ROOT: root },
  });
  expect(exitCode, stderr).toBe(names.includes("is-refuted") ? 1 : 0);
}

/** A copy of the repository whose code was edited, and a result of it beside the first commit's. */
async function edited(
  ...edits: readonly (readonly [file: string, from: string, to: string])[]
): Promise<{ readonly root: string; readonly cwd: string }> {
  const root = join(freshFolder(), "repository");
  cpSync(origin.root, root, { recursive: true });
  const cwd = freshFolder();
  cpSync(join(origin.cwd, "before"), join(cwd, "before"), { recursive: true });
  for (const change of edits) edit(root, ...change);
  await run(root, cwd, "after", "holds");
  return { root, cwd };
}

/** In a process of its own: this one remembers the suites as they were. */
async function compared({ root, cwd }: typeof origin, ...words: readonly string[]) {
  const env = { PLATEAU_ROOT: root };
  const { exitCode, stdout, stderr } = await plateauProcess(["compare", "after", ...words], { cwd, env });
  return { exit: exitCode, text: stdout.replace(/\s+/g, " "), stderr, stdout };
}

/** One observation of each cell moves by 1/8. */
const SHIFTED = [
  NOISE,
  "centre + uniform(streams.key, streams.first + index)",
  "centre + uniform(streams.key, streams.first + index) + (streams.first + index === 70 ? 1 / 8 : 0)",
] as const;

describe("against another result", () => {
  test("the first differing observation and the paired shift are shown; what was not run is named", async () => {
    const both = await edited(SHIFTED);
    const { exit, text } = await compared(both, "--base", "before");
    expect(exit).toBe(1);
    expect(text).toContain(
      "1 claim compared with the smoke result before/result.json: 0 unchanged, 1 with a moved estimate",
    );
    expect(text).toContain("first among replicates 64-127 first differing observation: replicate 70, value:");
    // one of 256 replicates moved by 1/8: 1/2048 on the mean, over a margin of 0.4
    expect(text).toMatch(
      /value moved by 0\.000488 \(-?[\d.]+ to [\d.]+\) over 256 pairs, of which 1 changed, 0\.00122 \(/,
    );
    expect(text).toContain("1 claim of the base was not run, so nothing is said of it: demo/behaviour/is-refuted");
  }, 30_000);

  test("a changed claim is shown by what was changed in it", async () => {
    const both = await edited([CLAIM, "within: 0.4", "within: 0.45"]);
    const { exit, text } = await compared(both, "--base", "before");
    expect(exit).toBe(1);
    expect(text).toContain("the claim itself was changed");
    expect(text).toContain("margin widened: ± 0.4 before, ± 0.45 now");
  }, 30_000);

  test("of another tier is refused", async () => {
    const { root, cwd } = origin;
    await plateauProcess(["run", "holds", "--tier", "full", "--out", "full"], { cwd, env: { PLATEAU_ROOT: root } });
    const { exit, stderr } = await plateau(["compare", "before", "--base", "full"], {
      cwd,
      env: { PLATEAU_ROOT: root },
    });
    expect({ exit, stderr }).toEqual({
      exit: 2,
      stderr: expect.stringContaining("two results of one tier, got smoke and, as base, full"),
    });
  }, 30_000);
});

describe("against another commit, whose claims are run again in a worktree", () => {
  test("an unchanged commit gives equal bytes, and nothing of it is left behind", async () => {
    const both = await edited();
    const { exit, text, stderr } = await compared(both, "--base", "HEAD");
    expect({ exit, stderr }).toMatchObject({ exit: 0 });
    expect(text).toMatch(/^1 claim compared with commit [0-9a-f]{10} run again at tier smoke: 1 unchanged/);
    expect(await git(both.root, "worktree", "list")).toMatch(/^\S+repository +[0-9a-f]+ \[\w+\]$/);
    expect(await git(both.root, "status", "--porcelain")).toBe("");
  }, 60_000);

  test("a changed draw is located, and a claim that was removed since is named", async () => {
    const both = await edited(SHIFTED, [SUITE, "[holds, isRefuted, ", "[holds, "]);
    const { exit, stdout } = await compared(both, "--base-ref", "HEAD", "--json");
    expect(exit).toBe(1);
    const { claims } = JSON.parse(stdout);
    const holds = claims.find(({ id }: { id: string }) => id.endsWith("/holds"));
    const bytes = holds.changes.find(({ kind }: { kind: string }) => kind === "bytes");
    expect(bytes.first).toMatchObject({ replicate: 70, measure: "value" });
    const removed = claims.find(({ id }: { id: string }) => id.endsWith("/is-refuted"));
    expect(removed.changes).toEqual([{ kind: "removed" }]);
  }, 60_000);

  test("a name that is neither a path nor a commit is refused, as are two bases", async () => {
    const ask = (...words: readonly string[]) =>
      plateau(["compare", "before", ...words], { cwd: origin.cwd, env: { PLATEAU_ROOT: origin.root } });
    expect(await ask("--base", "no-such-thing")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("no-such-thing is none of them"),
    });
    expect(await ask("--base", "--help")).toMatchObject({ exit: 2 });
    expect(await ask("--base", "before", "--base-ref", "HEAD")).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining("needs one base"),
    });
  });
});

describe("known deviations", () => {
  const write = (root: string, claim: string, expects: string) => {
    const expectations = [
      { claim: `demo/behaviour/${claim}`, expects, reason: "being mended", link: "https://example.org/1" },
    ];
    writeFileSync(join(root, "baselines/expectations.json"), JSON.stringify({ schema: 1, expectations }));
  };
  const accepted = async () => {
    const root = join(freshFolder(), "repository");
    cpSync(origin.root, root, { recursive: true });
    const ask = (...words: readonly string[]) => plateau(words, { cwd: origin.cwd, env: { PLATEAU_ROOT: root } });
    expect(await ask("accept", "before", "--reason", "first")).toMatchObject({ exit: 0 });
    return { root, ask };
  };

  test("fail nothing, and the claim stays shown with the reason", async () => {
    const { root, ask } = await accepted();
    write(root, "is-refuted", "fails");
    const { exit, stdout } = await ask("compare", "before");
    expect(stdout).toContain("= known deviation: it fails; being mended (https://example.org/1)");
    expect(exit).toBe(0);
  });

  test("that no longer deviate are an error", async () => {
    const { root, ask } = await accepted();
    write(root, "holds", "fails");
    const { exit, stdout } = await ask("compare", "before");
    expect(stdout.replace(/\s+/g, " ")).toContain("known deviation is none any more: expected that it fails, it holds");
    expect(exit).toBe(2);
  });
});

describe("a weaker claim", () => {
  test("is named when it is accepted, and its old baseline void before", async () => {
    const root = join(freshFolder(), "repository");
    cpSync(origin.root, root, { recursive: true });
    const cwd = freshFolder();
    cpSync(join(origin.cwd, "before"), join(cwd, "before"), { recursive: true });
    const env = { PLATEAU_ROOT: root, CI: undefined };
    expect((await plateauProcess(["accept", "before", "--reason", "first"], { cwd, env })).exitCode).toBe(0);
    edit(root, CLAIM, "within: 0.4", "within: 0.45");
    await git(root, "add", "-A");
    await git(root, "commit", "-q", "-m", "wider");
    await run(root, cwd, "after", "holds");
    const { exit, text } = await compared({ root, cwd });
    expect({ exit, text }).toMatchObject({ exit: 1, text: expect.stringContaining("what was accepted of it is void") });
    // every margin of both tiers and of the control, told once
    expect(text).toMatch(
      /margin widened: ± 0.4 before, ± 0.45 now \(smoke, depth 4, init he, scaled true; .*full, control centred/,
    );
    const { stdout } = await plateauProcess(["accept", "after", "--reason", "wider"], { cwd, env });
    expect(stdout).toMatch(/✗ demo\/behaviour\/holds: margin widened: ± 0.4 before, ± 0.45 now/);
    expect((await compared({ root, cwd })).exit).toBe(0);
  }, 60_000);
});
