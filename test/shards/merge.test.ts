import { cpSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { Result } from "../../src/claim/result.ts";
import { evidenceText, readResult } from "../../src/run/files/result-file.ts";
import type { RunOptions } from "../../src/run/run.ts";
import { mergeShards } from "../../src/run/shard/merge.ts";
import { mergeSamples } from "../../src/run/shard/merge-samples.ts";
import { readShard, type ShardFile, type ShardResult } from "../../src/run/shard/shard-file.ts";
import { fixtureClaims, freshFolder, runFixture } from "../run/fixture-run.ts";

/** Three claims: two share observations and ask for different numbers of them, one has two looks. */
const SUITE = "sound";
const COMMAND = ["plateau", "run", "trial", "--shard", "i/n"];

async function wholeRun(tier: "smoke" | "full", store: string): Promise<{ result: Result; folder: string }> {
  const folder = join(freshFolder(), "whole");
  await runFixture({ claims: await fixtureClaims(SUITE), tier, out: folder, store });
  return { result: await readResult(join(folder, "result.json")), folder };
}

async function shardRuns(tier: "smoke" | "full", count: number, store?: string): Promise<readonly ShardFile[]> {
  const claims = await fixtureClaims(SUITE);
  const folder = freshFolder();
  const files: ShardFile[] = [];
  for (let index = 1; index <= count; index++) {
    const out = join(folder, String(index));
    // a store each, so that nothing that is shared comes from another shard
    await runFixture({ claims, tier, out, shard: { index, count }, ...(store ? { store } : {}) });
    const path = join(out, "result.json");
    const shard = await readShard(path);
    files.push({ path, shard: { ...shard, provenance: { ...shard.provenance, command: COMMAND } } });
  }
  return files;
}

const store = freshFolder();
let smoke: { readonly whole: Result; readonly folder: string; readonly files: readonly ShardFile[] };

beforeAll(async () => {
  const { result, folder } = await wholeRun("smoke", store);
  smoke = { whole: result, folder, files: await shardRuns("smoke", 2) };
});

describe("merged shards have the bytes of a run in one piece", () => {
  test("two shards that drew everything themselves", async () => {
    const merged = mergeShards(smoke.files);
    expect(evidenceText(merged.evidence)).toBe(evidenceText(smoke.whole.evidence));
  });

  test("in whatever order they are given", () => {
    const merged = mergeShards([...smoke.files].reverse());
    expect(evidenceText(merged.evidence)).toBe(evidenceText(smoke.whole.evidence));
  });

  test.each([
    ["smoke", 1],
    ["smoke", 3],
    ["smoke", 5],
    ["full", 2],
  ] as const)("at the %s tier in %i shards, of which some may be empty", async (tier, count) => {
    const { result } = await wholeRun(tier, store);
    const files = await shardRuns(tier, count, store);
    expect(evidenceText(mergeShards(files).evidence)).toBe(evidenceText(result.evidence));
    const claims = files.map(({ shard }) => shard.evidence.claims.length);
    expect(Math.min(...claims) === 0).toBe(count > 3);
  });

  test("with a claim among them that was looked at twice and one that was decided at once", () => {
    const looks = smoke.whole.evidence.claims.flatMap(({ arms }) => arms.map((arm) => arm.looks));
    expect(new Set(looks)).toEqual(new Set([1, 2]));
  });

  test("and the same samples files, the longer where two shards drew from one stream", async () => {
    const folder = join(freshFolder(), "samples");
    const index = await mergeSamples(smoke.files, folder);
    expect(index).toEqual(smoke.whole.provenance.samples);
    const names = readdirSync(folder).sort();
    expect(names).toEqual(readdirSync(join(smoke.folder, "samples")).sort());
    for (const name of names) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(smoke.folder, "samples", name)))).toBe(true);
    }
  });

  test("the fixture has a stream that two shards drew to different lengths", async () => {
    const files = await shardRuns("smoke", 3, store);
    const lengths = new Map<string, Set<number>>();
    for (const { shard } of files) {
      for (const [stream, { replicates }] of Object.entries(shard.provenance.samples)) {
        lengths.set(stream, new Set([...(lengths.get(stream) ?? []), replicates]));
      }
    }
    expect([...lengths.values()].some(({ size }) => size > 1)).toBe(true);
    const folder = join(freshFolder(), "samples");
    expect(await mergeSamples(files, folder)).toEqual(smoke.whole.provenance.samples);
  });

  test("provenance names every shard, adds up what was computed and gives the command of one piece", () => {
    const { provenance } = mergeShards(smoke.files);
    const { computed, found } = provenance;
    expect(provenance.shards?.map(({ index }) => index)).toEqual([1, 2]);
    expect(computed + found).toBe(
      smoke.files.reduce((sum, { shard }) => sum + shard.provenance.computed + shard.provenance.found, 0),
    );
    expect(provenance.command).toEqual(["plateau", "run", "trial"]);
  });
});

/** The second shard, changed; its digest is left as it was. */
function second(change: (shard: ShardResult) => ShardResult): readonly ShardFile[] {
  const [one, two] = smoke.files as [ShardFile, ShardFile];
  return [one, { path: two.path, shard: change(two.shard) }];
}

describe("what is not the shards of one run is refused, and named", () => {
  test("a missing shard", async () => {
    const files = await shardRuns("smoke", 5, store);
    expect(() => mergeShards(files.filter((_, at) => at !== 1 && at !== 3))).toThrow(
      "merge needs all 5 shards, missing 2, 4, got 1, 3, 5",
    );
  });

  test("no shard at all", () => expect(() => mergeShards([])).toThrow("merge needs the shards of a run, got none"));

  test("a doubled shard", () => {
    const [one, two] = smoke.files as [ShardFile, ShardFile];
    expect(() => mergeShards([one, two, { ...two, path: "copy/result.json" }])).toThrow(
      `copy/result.json (shard 2 of 2) is given twice, also as ${two.path}`,
    );
  });

  test.each<[string, Partial<RunOptions>, string]>([
    ["seed", { seed: "2" }, "its seed is 2, not 1"],
    ["tier", { tier: "full" }, "its tier is full, not smoke"],
    ["number of shards", { shard: { index: 2, count: 3 } }, "its number of shards is 3, not 2"],
  ])("a shard of a run of another %s", async (_, options, how) => {
    const out = join(freshFolder(), "other");
    const claims = await fixtureClaims(SUITE);
    await runFixture({ claims, out, store, shard: { index: 2, count: 2 }, ...options });
    const path = join(out, "result.json");
    const other = { path, shard: await readShard(path) };
    expect(() => mergeShards([smoke.files[0]!, other])).toThrow(
      `(shard 2 of ${other.shard.shard.count}) is of another run than ${smoke.files[0]!.path}: ${how}`,
    );
  });

  test("a shard of a run of fewer claims", async () => {
    const out = join(freshFolder(), "fewer");
    const claims = await fixtureClaims(SUITE, "trial/mean/centre");
    await runFixture({ claims, out, store, shard: { index: 2, count: 2 } });
    const path = join(out, "result.json");
    const other = { path, shard: await readShard(path) };
    expect(() => mergeShards([smoke.files[0]!, other])).toThrow("its plan lacks claim sound: trial/mean/neighbour");
    expect(() => mergeShards([other, smoke.files[0]!])).toThrow(
      "its plan has claim sound: trial/mean/neighbour besides",
    );
  });

  const provenance = (changes: Partial<Result["provenance"]>) => (shard: ShardResult) => {
    return { ...shard, provenance: { ...shard.provenance, ...changes } };
  };

  test.each([
    ["another commit", provenance({ commit: "abc" }), "its commit is abc, not unknown"],
    ["another version of plateau", provenance({ plateau: "9" }), "its plateau version is 9, not test"],
    [
      "another version of the engine",
      provenance({ engine: { name: "reference", versions: { reference: "9" } } }),
      'its version of the engine is {"reference":"9"}',
    ],
  ])("a shard of %s", (_, change, how) => {
    expect(() => mergeShards(second(change))).toThrow(how);
  });

  test("a shard whose plan was edited", () => {
    const edited = second((shard) => ({
      ...shard,
      shard: { ...shard.shard, plan: { ...shard.shard.plan, engine: "wasm" } },
    }));
    expect(() => mergeShards(edited)).toThrow("has a plan that does not fit its digest");
  });

  test("a shard whose evidence is of another seed than its plan", () => {
    const edited = second((shard) => ({ ...shard, evidence: { ...shard.evidence, seed: "7" } }));
    expect(() => mergeShards(edited)).toThrow("has evidence of seed 7 for a plan of seed 1");
  });

  test("a claim that was taken out, put in twice, or changed", () => {
    const claims = smoke.files.map(({ shard }) => shard.evidence.claims);
    const withClaims = (list: ShardResult["evidence"]["claims"]) =>
      second((shard) => ({ ...shard, evidence: { ...shard.evidence, claims: list } }));
    expect(() => mergeShards(withClaims([]))).toThrow(/^claim sound: \S+ of the plan is in no shard$/);
    expect(() => mergeShards(withClaims(claims.flat()))).toThrow(/^claim sound: \S+ is in two shards/);
    expect(() => mergeShards(withClaims(claims[1]!.map((claim) => ({ ...claim, hash: "h" }))))).toThrow(
      /has sound: \S+ otherwise than planned$/,
    );
  });
});

describe("samples that are not those of the run are refused, and named", () => {
  /** The shards with their samples in a folder of its own, to be spoilt. */
  function copied(): readonly ShardFile[] {
    const folder = freshFolder();
    return smoke.files.map(({ path, shard }, at) => {
      const copy = join(folder, String(at + 1));
      cpSync(join(path, ".."), copy, { recursive: true });
      return { path: join(copy, "result.json"), shard };
    });
  }
  const anyFile = ({ path, shard }: ShardFile) =>
    join(path, "../samples", `${Object.values(shard.provenance.samples)[0]!.digest}.f64`);
  const merging = (files: readonly ShardFile[]) => mergeSamples(files, join(freshFolder(), "samples"));

  test("a missing file", async () => {
    const files = copied();
    rmSync(anyFile(files[1]!));
    await expect(merging(files)).rejects.toThrow(`samples ${anyFile(files[1]!)} cannot be read: it does not exist`);
  });

  test("a torn file", async () => {
    const files = copied();
    truncateSync(anyFile(files[0]!), 100);
    await expect(merging(files)).rejects.toThrow("found 100");
  });

  test("a changed file", async () => {
    const files = copied();
    const bytes = readFileSync(anyFile(files[0]!));
    bytes[9] = bytes[9]! ^ 1;
    writeFileSync(anyFile(files[0]!), bytes);
    await expect(merging(files)).rejects.toThrow("are damaged: their digest is another than their name");
  });

  test("a digest that is a path", async () => {
    const [one, two] = smoke.files as [ShardFile, ShardFile];
    const [stream, entry] = Object.entries(two.shard.provenance.samples)[0]!;
    const samples = { [stream]: { ...entry, digest: "../../../etc/passwd" } };
    const files = [one, { ...two, shard: { ...two.shard, provenance: { ...two.shard.provenance, samples } } }];
    await expect(merging(files)).rejects.toThrow("samples require a digest of 64 hexadecimal digits");
  });

  test("two shards that drew different numbers from one stream", async () => {
    const [one, two] = smoke.files as [ShardFile, ShardFile];
    const [[stream, entry], [, other]] = Object.entries(one.shard.provenance.samples) as [
      [string, ShardResult["provenance"]["samples"][string]],
      [string, ShardResult["provenance"]["samples"][string]],
    ];
    const withSamples = (file: ShardFile, samples: ShardResult["provenance"]["samples"]): ShardFile => {
      return { path: one.path, shard: { ...file.shard, provenance: { ...file.shard.provenance, samples } } };
    };
    await expect(
      merging([withSamples(one, { [stream]: entry }), withSamples(two, { [stream]: other })]),
    ).rejects.toThrow(`drew different numbers from stream ${stream}`);
  });
});
