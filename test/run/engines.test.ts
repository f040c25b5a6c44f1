import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ComparedArm, EngineComparison } from "../../src/claim/engine-comparison.ts";
import type { Result } from "../../src/claim/result.ts";
import { evidenceText, readResult } from "../../src/run/files/result-file.ts";
import { mergeShards } from "../../src/run/shard/merge.ts";
import { readShard } from "../../src/run/shard/shard-file.ts";
import { fixtureClaims, freshFolder, runFixture } from "./fixture-run.ts";

const store = join(freshFolder(), "store");
const sound = await fixtureClaims("sound");
const shy = await fixtureClaims("engines");

function other({ engines }: Pick<Result, "engines">): EngineComparison {
  const [first] = engines!.others;
  return first!;
}

describe("a run with two engines", () => {
  let result: Result;

  beforeAll(async () => {
    const out = join(freshFolder(), "out");
    await runFixture({ claims: sound, others: ["wasm"], out, store });
    result = await readResult(join(out, "result.json"));
  });

  test("has the evidence of the first alone", async () => {
    const alone = await runFixture({ claims: sound, store });
    expect(evidenceText(result.evidence)).toBe(evidenceText(alone.result.evidence));
    expect(alone.result.provenance.computed).toBe(0);
    expect(alone.result.engines).toBeUndefined();
  });

  test("computes everything on the second as well, whose samples are its own in the store", async () => {
    const { computed, found } = other(result);
    expect([computed, found]).toEqual([result.provenance.computed, 0]);
    const again = await runFixture({ claims: sound, others: ["wasm"], store });
    expect(again.result.provenance.computed).toBe(0);
    expect(other(again.result)).toMatchObject({ computed: 0, found: computed });
    const swapped = await runFixture({ claims: sound, engine: "wasm", others: ["reference"], store });
    expect(swapped.result.provenance).toMatchObject({ computed: 0, engine: { name: "wasm" } });
    expect(evidenceText(swapped.result.evidence)).toBe(evidenceText(result.evidence));
  });

  test("pairs every estimate, and finds equal bytes where both promise them", () => {
    const arms = other(result).claims.flatMap((claim) => claim.arms);
    expect(arms).toHaveLength(2 * sound.length);
    for (const arm of arms) {
      expect(arm.other).toBe(arm.primary);
      expect(arm.estimates.length).toBeGreaterThan(0);
      for (const estimate of arm.estimates) {
        expect(estimate).toMatchObject({ inside: true, difference: 0, share: 0, paired: { differing: 0, bound: 0 } });
      }
    }
  });

  test("is resumed from its journal, and merged from its shards", async () => {
    const out = freshFolder();
    await runFixture({ claims: sound, others: ["wasm"], out: join(out, "whole"), store });
    const resumed = await runFixture({ claims: sound, others: ["wasm"], out: join(out, "whole"), store, resume: true });
    expect(other(resumed.result).claims).toEqual(other(result).claims);
    const files = [];
    for (const index of [1, 2]) {
      const folder = join(out, String(index));
      await runFixture({ claims: sound, others: ["wasm"], out: folder, store, shard: { index, count: 2 } });
      const path = join(folder, "result.json");
      const shard = await readShard(path);
      files.push({ path, shard: { ...shard, provenance: { ...shard.provenance, command: ["--shard", "i/2"] } } });
    }
    const merged = mergeShards(files);
    expect(other(merged).claims).toEqual(other(result).claims);
    expect(merged.evidence).toEqual(result.evidence);
  });
});

describe("an engine that is not the reference's equal is found out", () => {
  let claims: ReadonlyMap<string, readonly ComparedArm[]>;
  let whole: Result;

  beforeAll(async () => {
    ({ result: whole } = await runFixture({ claims: shy, others: ["wasm"] }));
    claims = new Map(other(whole).claims.map(({ id, arms }) => [id, arms]));
  });

  test("by one bit of one observation", () => {
    const [claimed] = claims.get("trial/engine/bends")!;
    const [equal, bent] = claimed!.estimates;
    expect(equal).toMatchObject({ label: "size 1", inside: true });
    expect(bent).toMatchObject({ label: "size 2", inside: false, paired: { bound: 0 } });
    expect(bent!.paired!.differing).toBeGreaterThan(0);
  });

  test("by its verdict", () => {
    const [claimed] = claims.get("trial/engine/inverts")!;
    expect(claimed).toMatchObject({ primary: "supported", other: "refuted" });
  });

  test("and what it refuses is listed with the reason, the other cells compared all the same", () => {
    const [claimed] = claims.get("trial/engine/refuses")!;
    const reason = "unsupported: engine wasm has no such law";
    expect(claimed).toMatchObject({
      primary: "supported",
      other: "skipped",
      reason: `size 2: ${reason}`,
      unsupported: [{ cell: "size 2", role: "experiment", reason }],
      estimates: [{ label: "size 1", inside: true }],
    });
  });

  test("as the primary one it leaves such a claim skipped, which is neither held nor failed", async () => {
    const { result } = await runFixture({ claims: shy.slice(2), engine: "wasm" });
    expect(result.evidence.claims.map(({ outcome }) => outcome)).toEqual(["skipped"]);
  });
});
