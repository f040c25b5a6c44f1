import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { execa } from "execa";
import { describe, expect, test } from "vitest";
import { acceptResults } from "../../src/baseline/accept.ts";
import type { Baseline } from "../../src/baseline/baseline.ts";
import { findBaselines, readBaselines } from "../../src/baseline/files/read.ts";
import { writeBaselines } from "../../src/baseline/files/write.ts";
import { armOf, resultOf } from "../../src/baseline/fixtures/small-result.ts";
import type { Result } from "../../src/claim/result.ts";

interface Repository {
  readonly folder: string;
  readonly git: (...words: readonly string[]) => Promise<{ readonly exitCode?: number; readonly stdout: string }>;
  /** Accepts results on a branch of that name, made from where main is, and commits. Gives the files that the commit touches. */
  readonly accept: (branch: string, results: readonly Result[], reason?: string) => Promise<readonly string[]>;
}

/** A repository whose main branch has these results accepted. */
async function repository(results: readonly Result[]): Promise<Repository> {
  const folder = mkdtempSync(join(tmpdir(), "plateau-merge-"));
  const identity = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  const git = (...words: readonly string[]) => execa("git", ["-C", folder, ...identity, ...words], { reject: false });
  const commit = async (given: readonly Result[], reason: string) => {
    const before = (await findBaselines(folder)).baselines;
    await writeBaselines(folder, acceptResults(given, before, { at: `2026-01-02T03:04:05.000Z`, reason }));
    await git("add", "-A");
    await git("commit", "-q", "-m", reason);
    return (await git("show", "--name-only", "--format=", "HEAD")).stdout.split("\n");
  };
  await git("init", "-q", "-b", "main");
  await commit(results, "first");
  const accept: Repository["accept"] = async (branch, given, reason = branch) => {
    await git("switch", "-q", "-c", branch, "main");
    return commit(given, reason);
  };
  return { folder, git, accept };
}

const claim = (name: string, blocks: readonly string[], tier: "smoke" | "full" = "smoke", digit = "5") => {
  return resultOf(tier, { id: `paper/topic/${name}`, arms: [armOf(blocks, {}, digit)] });
};
const FOUR = ["a", "b", "c", "d"].map((name) => claim(name, ["0", "1"]));

const refuted = (name: string) => {
  const result = claim(name, ["0", "1"]);
  const [one] = result.evidence.claims;
  return {
    ...result,
    evidence: { ...result.evidence, claims: [{ ...one!, arms: [armOf(["0", "1"], { state: "refuted" }, "5")] }] },
  };
};

describe("two pull requests that accept different claims merge without a conflict", () => {
  test.each<[string, readonly Result[], readonly Result[], readonly Result[]]>([
    ["neighbours that draw from one stream, both judged anew", FOUR, [refuted("b")], [refuted("c")]],
    [
      "new claims between the same neighbours, on one new stream",
      FOUR,
      [claim("b1", ["n"], "smoke", "7")],
      [claim("b2", ["n"], "smoke", "7")],
    ],
    [
      "another tier of each, of other lengths on one stream",
      FOUR,
      [claim("b", ["0", "1", "2"], "full")],
      [claim("c", ["0", "1", "2", "3"], "full")],
    ],
    ["the first claims of a repository", [claim("z", ["9"], "smoke", "9")], [claim("a", ["0"])], [claim("b", ["0"])]],
  ])("%s", async (_, before, one, other) => {
    const { folder, git, accept } = await repository(before);
    expect(await accept("one", one)).toHaveLength(1);
    expect(await accept("other", other)).toHaveLength(1);
    const merged = await git("merge", "-q", "-m", "merge", "one");
    expect(merged.exitCode, merged.stdout).toBe(0);
    const both = await readBaselines(folder);
    for (const [branch, [result]] of Object.entries({ one, other })) {
      const { id } = result!.evidence.claims[0]!;
      expect(stampOf(both.get(id)!, result!)).toMatchObject({ reason: branch });
    }
    const [untouched] = before;
    expect(stampOf(both.get(untouched!.evidence.claims[0]!.id)!, untouched!)).toMatchObject({ reason: "first" });
  });
});

function stampOf({ tiers }: Baseline, { evidence: { tier } }: Result) {
  return tiers[tier]!.accepted;
}

test("two pull requests that accept the same claim conflict in its file alone, and an acceptance mends it", async () => {
  const { folder, git, accept } = await repository(FOUR);
  await accept("one", [refuted("b")]);
  await accept("other", [claim("b", ["0", "1"]), claim("b", ["0", "1", "2"], "full")]);
  expect((await git("merge", "-q", "-m", "merge", "one")).exitCode).toBe(1);
  expect(readFileSync(join(folder, "paper/topic/b.jsonl"), "utf8")).toContain("<<<<<<<");
  await expect(readBaselines(folder)).rejects.toThrow(/b\.jsonl:\d+ is left from a merge of two sides/);
  const { baselines, broken } = await findBaselines(folder);
  expect([...broken.keys()]).toEqual(["paper/topic/b"]);
  await writeBaselines(folder, acceptResults([claim("b", ["0", "1"])], baselines, { at: "", reason: "mended" }));
  expect((await readBaselines(folder)).size).toBe(4);
});

test("a conflict that was resolved by hand, from lines of both sides, is mended by an acceptance too", async () => {
  const { folder, git, accept } = await repository(FOUR);
  await accept("one", [refuted("b")]);
  await accept("other", [claim("b", ["0", "1"]), claim("b", ["0", "1", "2"], "full")]);
  await git("merge", "-q", "-m", "merge", "one");
  const path = join(folder, "paper/topic/b.jsonl");
  const kept = readFileSync(path, "utf8")
    .split("\n")
    .filter((line) => !/^(<<<<<<<|=======|>>>>>>>)/.test(line));
  writeFileSync(path, kept.join("\n"));
  const { baselines, broken } = await findBaselines(folder);
  expect([...broken.keys()]).toEqual(["paper/topic/b"]);
  await writeBaselines(folder, acceptResults([claim("b", ["0", "1"])], baselines, { at: "", reason: "mended" }));
  expect((await readBaselines(folder)).size).toBe(4);
});
