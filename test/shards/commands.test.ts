import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { plateauProcess } from "../cli/compiled.ts";
import { freshFolder, plateau } from "../cli/recording-io.ts";

const CLAIMS = ["holds", "is-refuted", "stays-undecided"];
const cwd = freshFolder();
const evidenceIn = (path: string) => JSON.stringify((JSON.parse(readFileSync(path, "utf8")) as Result).evidence);

beforeAll(async () => {
  await plateauProcess(["run", ...CLAIMS, "--out", "whole", "--workers", "1"], { cwd });
  for (const index of [1, 2]) {
    const words = ["run", ...CLAIMS, "--shard", `${index}/2`, "--out", `shards/${index}`, "--workers", "1"];
    const { exitCode, stdout } = await plateauProcess(words, { cwd });
    expect(exitCode, "a shard gives no verdict, although a claim is refuted").toBe(0);
    expect(stdout).toMatch(
      new RegExp(`^shard ${index} of 2: [12] of 3 claims, .*in shards/${index}, for plateau merge$`),
    );
  }
});

describe("plateau merge", () => {
  test("writes the whole run's evidence, says what run says and exits as run", async () => {
    const { exit, stdout } = await plateau(["merge", "shards/1", "shards/2", "--out", "merged"], { cwd });
    expect(exit).toBe(1);
    expect(stdout).toContain("3 claims: 1 supported, 1 refuted, 1 not decided at this size");
    expect(evidenceIn(join(cwd, "merged/result.json"))).toBe(evidenceIn(join(cwd, "whole/result.json")));
    const latest = await plateau(["report", "--json"], { cwd });
    expect((JSON.parse(latest.stdout) as Result).provenance.shards).toHaveLength(2);
  });

  test("--json gives the result for programs, and merging again is harmless", async () => {
    const words = ["merge", "shards/2/result.json", "shards/1", "--out", "merged", "--json"];
    const { exit, stdout } = await plateau(words, { cwd });
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ exit: 1, path: join(cwd, "merged/result.json"), schema: 2 });
  });

  test.each([
    ["a missing shard", ["shards/1"], "merge needs all 2 shards, missing 2, got 1"],
    ["a whole run", ["shards/1", "whole"], "whole/result.json is the result of a whole run, needed a shard's"],
    ["nothing there", ["shards/1", "nowhere"], "nowhere/result.json cannot be read: it does not exist"],
  ])("refuses %s in one line and writes nothing", async (_, shards, message) => {
    const { exit, stderr } = await plateau(["merge", ...shards, "--out", "none"], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd()).not.toContain("\n");
    expect(existsSync(join(cwd, "none"))).toBe(false);
  });

  test("refuses a shard of another schema version", async () => {
    const path = join(freshFolder(), "result.json");
    const text = readFileSync(join(cwd, "shards/2/result.json"), "utf8");
    writeFileSync(path, text.replace(/"schema": \d+/, '"schema": 999'));
    const { exit, stderr } = await plateau(["merge", "shards/1", path, "--out", "none"], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toMatch(/requires a result of schema version \d+, found 999/);
  });

  test("names a shard that was interrupted, and the command that goes on with it", async () => {
    const folder = freshFolder();
    await plateauProcess(["run", "holds", "--shard", "1/1", "--out", "part", "--workers", "1"], { cwd: folder });
    rmSync(join(folder, "part/result.json"));
    const { stderr } = await plateau(["merge", "part", "--out", "none"], { cwd: folder });
    expect(stderr).toContain("part holds an unfinished shard: plateau run --resume --out part");
    const resumed = await plateauProcess(["run", "--resume", "--out", "part", "--workers", "1"], { cwd: folder });
    expect(resumed.stdout).toContain("shard 1 of 1: 1 of 1 claims");
  });

  test("does not write over another run's result", async () => {
    const folder = freshFolder();
    await plateauProcess(["run", "holds", "--out", "other", "--workers", "1"], { cwd: folder });
    const shards = [join(cwd, "shards/1"), join(cwd, "shards/2")];
    const { exit, stderr } = await plateau(["merge", ...shards, "--out", "other"], { cwd: folder });
    expect(exit).toBe(2);
    expect(stderr).toContain("is another run's result: choose another folder for --out");
  });
});

describe("a shard cannot pass for a whole run", () => {
  test.each([["report"], ["compare"], ["export", "--format", "csv"]])("plateau %s refuses it", async (...words) => {
    const { exit, stderr } = await plateau([...words, "shards/1"], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain("is shard 1 of 2, needed a whole run: plateau merge puts the shards together");
  });

  test("plateau accept refuses it", async () => {
    const { exit, stderr } = await plateau(["accept", "shards/1", "--reason", "r"], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain("is shard 1 of 2, needed a whole run");
  });

  test("and is not the last run of its folder", () => {
    expect(readFileSync(join(cwd, "results/latest"), "utf8")).not.toContain("shards");
  });
});

describe("run --shard is refused", () => {
  test.each([
    ["without --out", ["--shard", "1/2"], "plateau run --shard needs --out, a folder for each shard, got none"],
    ["with a fresh seed", ["--shard", "1/2", "--out", "x", "--seed", "fresh"], "needs one seed for all shards"],
    ["beyond the last", ["--shard", "3/2", "--out", "x"], "got shard 3 of 2"],
    ["as auto outside of a cluster", ["--shard", "auto", "--out", "x"], "found neither"],
    ["as the resumption of another shard", ["--shard", "2/2", "--out", "shards/1", "--resume"], "it is of shard 1/2"],
    ["as the resumption of a whole run", ["--shard", "2/2", "--out", "whole", "--resume"], "it is of a whole run"],
  ])("%s", async (_, words, message) => {
    const { exitCode, stderr } = await plateauProcess(["run", ...CLAIMS, ...words], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  test("and auto takes the numbers of a Kubernetes pod", async () => {
    const env = { JOB_COMPLETION_INDEX: "1", JOB_COMPLETIONS: "2" };
    const words = ["run", ...CLAIMS, "--shard", "auto", "--out", "pod"];
    const { stdout } = await plateauProcess(words, { cwd, env });
    expect(stdout).toContain("shard 2 of 2: ");
    expect(evidenceIn(join(cwd, "pod/result.json"))).toBe(evidenceIn(join(cwd, "shards/2/result.json")));
  });
});
