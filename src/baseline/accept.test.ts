import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ArmEvidence, ClaimEvidence, Result } from "../claim/result.ts";
import { acceptResults, writeBaselines } from "./accept.ts";
import { compareEvidence } from "./compare.ts";
import { readBaselines, readBaselinesToReplace } from "./read.ts";

const acceptance = { at: "2026-01-02T03:04:05.000Z", reason: "first" };

function arm(blocks: readonly string[], changes: Partial<ArmEvidence> = {}): ArmEvidence {
  const replicates = 64 * blocks.length;
  const cell = { cell: { depth: 4 }, role: "experiment" as const, experiment: "e", stream: "5".repeat(32) };
  return {
    name: "claimed",
    kind: "claimed",
    state: "supported",
    looks: 1,
    cells: [{ ...cell, replicates, counted: replicates, blocks: [...blocks] }],
    units: [],
    ...changes,
  };
}

function resultOf(tier: "smoke" | "full", claim: Partial<ClaimEvidence>, seed = "1"): Result {
  const whole: ClaimEvidence = {
    id: "paper/a/b",
    hash: "h1",
    title: "t",
    statement: "s",
    source: { paper: "paper@v1", at: "abstract", grade: "derived" },
    suite: "demo",
    share: 1,
    outcome: "holds",
    arms: [arm(["a"])],
    ...claim,
  };
  const evidence = { tier, seed, interpreting: 1, suites: [], claims: [whole] };
  return { schema: 1, evidence, provenance: { commit: "c", engine: { name: "reference" } } } as unknown as Result;
}

describe("accepting", () => {
  test("both tiers at once puts both into one baseline", () => {
    const after = acceptResults(
      [resultOf("smoke", {}), resultOf("full", { arms: [arm(["a", "b"])] })],
      new Map(),
      acceptance,
    );
    expect(Object.keys(after.get("paper/a/b")!.tiers)).toEqual(["smoke", "full"]);
  });

  test("one tier keeps the other where the samples agree", () => {
    const before = acceptResults([resultOf("full", { arms: [arm(["a", "b"])] })], new Map(), acceptance);
    const after = acceptResults([resultOf("smoke", {})], before, { ...acceptance, reason: "second" });
    expect(after.get("paper/a/b")!.tiers.full!.accepted.reason).toBe("first");
    expect(after.get("paper/a/b")!.tiers.smoke!.accepted.reason).toBe("second");
  });

  test("one tier whose samples are no prefix of the other's is refused loudly", () => {
    const before = acceptResults([resultOf("full", { arms: [arm(["x", "b"])] })], new Map(), acceptance);
    expect(() => acceptResults([resultOf("smoke", {})], before, acceptance)).toThrow(
      "tiers smoke and full of paper/a/b differ at arm claimed, depth 4, replicates 0-63, accept a new full result with it",
    );
  });

  test("a changed claim drops the tier of the old one", () => {
    const before = acceptResults([resultOf("full", {})], new Map(), acceptance);
    const after = acceptResults([resultOf("smoke", { hash: "h2" })], before, acceptance);
    expect(Object.keys(after.get("paper/a/b")!.tiers)).toEqual(["smoke"]);
  });

  test("two versions of a claim at once is refused", () => {
    const both = [resultOf("smoke", {}), resultOf("full", { hash: "h2" })];
    expect(() => acceptResults(both, new Map(), acceptance)).toThrow("two versions of claim paper/a/b");
  });

  test("a crashed arm is refused with its reason", () => {
    const crashed = resultOf("smoke", { arms: [arm([], { state: "crashed", reason: "NaN at replicate 3" })] });
    expect(() => acceptResults([crashed], new Map(), acceptance)).toThrow(
      "arm claimed, is crashed: NaN at replicate 3",
    );
  });
});

describe("a folder of baselines", () => {
  test("is read as it was written, and a removed claim's file goes", async () => {
    const folder = mkdtempSync(join(tmpdir(), "plateau-baselines-"));
    const baselines = acceptResults(
      [resultOf("smoke", {}), resultOf("smoke", { id: "paper/a/c" })],
      new Map(),
      acceptance,
    );
    expect(await writeBaselines(folder, baselines)).toEqual(["paper/a/b.json", "paper/a/c.json"]);
    expect(await readBaselines(folder)).toEqual(baselines);
    const kept = new Map([...baselines].filter(([id]) => id === "paper/a/b"));
    await writeBaselines(folder, kept, ["paper/a/c"]);
    expect(readdirSync(join(folder, "paper/a"))).toEqual(["b.json"]);
    expect(await readBaselines(folder)).toEqual(kept);
  });

  test("that is not there is an error, but for a first acceptance", async () => {
    const folder = join(tmpdir(), "plateau-no-such-folder");
    await expect(readBaselines(folder)).rejects.toThrow(/index\.json is missing/);
    expect(await readBaselinesToReplace(folder)).toEqual(new Map());
  });
});

describe("comparing", () => {
  const baselines = acceptResults([resultOf("smoke", {})], new Map(), acceptance);
  const compare = (result: Result) => compareEvidence(result.evidence, baselines, ["paper/a/b"])[0]!;

  test("equal evidence: nothing changed, same bytes", () => {
    expect(compare(resultOf("smoke", {}))).toMatchObject({ changes: [], bytes: "same" });
  });

  test("another seed: verdicts are compared, bytes are not", () => {
    expect(compare(resultOf("smoke", { arms: [arm(["x"])] }, "2"))).toMatchObject({ changes: [], bytes: "other-seed" });
    const refuted = compare(resultOf("smoke", { arms: [arm(["x"], { state: "refuted" })] }, "2"));
    expect(refuted.changes).toEqual([{ kind: "verdict", arm: "claimed", from: "supported", to: "refuted" }]);
  });

  test("another seed at smoke: what is undecided is chance, what contradicts is not", () => {
    const undecided = compare(resultOf("smoke", { arms: [arm(["x"], { state: "inconclusive" })] }, "2"));
    expect(undecided.changes).toEqual([]);
    const same = compare(resultOf("smoke", { arms: [arm(["a"], { state: "inconclusive" })] }));
    expect(same.changes).toHaveLength(1);
  });

  test("an engine with bytes of its own: contradicting verdicts are compared, what it refuses and bytes are not", () => {
    const on = (engine: string, state: "refuted" | "skipped" | "supported") => {
      const { evidence } = resultOf("smoke", { arms: [arm(["x"], { state })] });
      return compareEvidence(evidence, baselines, ["paper/a/b"], { engine })[0]!;
    };
    expect(on("tensorflow", "supported")).toMatchObject({ changes: [], bytes: "other-engine" });
    expect(on("tensorflow", "skipped").changes).toEqual([]);
    expect(on("tensorflow", "refuted").changes).toHaveLength(1);
    expect(on("wasm", "supported")).toMatchObject({ bytes: "changed" });
  });

  test("a changed claim is named as such, its bytes are not compared", () => {
    const changed = compare(resultOf("smoke", { hash: "h2", arms: [arm(["x"])] }));
    expect(changed).toMatchObject({ changes: [{ kind: "claim", from: "h1", to: "h2" }], bytes: "not-compared" });
  });

  test("an arm that went is a changed verdict", () => {
    const gone = compare(resultOf("smoke", { arms: [] }));
    expect(gone.changes).toEqual([{ kind: "verdict", arm: "claimed", from: "supported", to: "absent" }]);
  });
});
