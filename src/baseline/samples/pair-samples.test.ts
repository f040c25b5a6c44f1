import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Result } from "../../claim/result.ts";
import type { BytesChange } from "../compare/change.ts";
import { compareEvidence } from "../compare/compare.ts";
import { resultAsBaselines } from "../result-as-baselines.ts";
import { pairSamples } from "./pair-samples.ts";
import type { PlacedResult } from "./samples-at-hand.ts";

const STREAM = "0".repeat(32);
const MEASURES = ["alive", "value"];

/** A result of one cell with its samples beside it: block digests as a run makes them are not needed, only different ones. */
function placed(block: string, columns: readonly (readonly number[])[], estimate: number): PlacedResult {
  const folder = mkdtempSync(join(tmpdir(), "plateau-pairs-"));
  const bytes = new Uint8Array(Float64Array.from(columns.flat()).buffer);
  const digest = createHash("sha256").update(bytes).digest("hex");
  mkdirSync(join(folder, "samples"));
  writeFileSync(join(folder, "samples", `${digest}.f64`), bytes);
  const replicates = columns[0]!.length;
  const cell = {
    cell: { depth: 4 },
    role: "experiment",
    experiment: "e",
    stream: STREAM,
    replicates,
    counted: replicates,
  };
  const unit = { label: "depth 4", cells: [0], statistic: "mean", predicted: 0, region: [-0.5, 0.5], rivals: [] };
  const answer = { level: 1e-5, estimate, interval: [-1, 1], spread: [1], state: "supported" };
  const arm = {
    ...{ name: "claimed", kind: "claimed", state: "supported", looks: 1 },
    ...{ cells: [{ ...cell, blocks: [block] }], units: [{ ...unit, ...answer }] },
  };
  const claim = { id: "paper/a/b", hash: "h", title: "t", outcome: "holds", arms: [arm] };
  const result = {
    evidence: { tier: "smoke", seed: "1", interpreting: 1, claims: [claim] },
    provenance: {
      ...{ commit: "c", startedAt: "2026-01-02T03:04:05.000Z", engine: { name: "reference" } },
      samples: { [STREAM]: { digest, measures: MEASURES, replicates } },
    },
  };
  return { result: result as unknown as Result, folder };
}

const base = placed(
  "a",
  [
    [1, 1, 1, 1],
    [0.1, -0.2, 0, 0.4],
  ],
  0.075,
);
const head = placed(
  "b",
  [
    [1, 1, 1, 0],
    [0.1, -0.1, -0, -Infinity],
  ],
  0.1,
);

async function changeOf(before: PlacedResult, after: PlacedResult): Promise<BytesChange> {
  const comparisons = compareEvidence(after.result.evidence, resultAsBaselines(before.result), ["paper/a/b"]);
  const measures = new Map([["paper/a/b", "value"]]);
  const [comparison] = await pairSamples(comparisons, { base: before, head: after, measures });
  return comparison!.changes.find((change): change is BytesChange => change.kind === "bytes")!;
}

describe("with the samples of both sides", () => {
  test("the first differing observation is the first replicate, and in it the first measure, with both values", async () => {
    expect((await changeOf(base, head)).first).toEqual({ replicate: 1, measure: "value", from: "-0.2", to: "-0.1" });
  });

  test("each measure's shift is paired by replicate, in margins where the claim predicts it", async () => {
    const [alive, value] = (await changeOf(base, head)).shifts!;
    expect(alive).toMatchObject({ measure: "alive", pairs: 4, changed: 1, broken: 0, mean: -0.25, margins: null });
    // differences 0, 0.1 and -0 - 0 = 0; the fourth replicate became infinite
    expect(value).toMatchObject({ measure: "value", pairs: 3, changed: 3, broken: 1, mean: 0.0333333333 });
    // t with 2 degrees of freedom at .005 is 9.9248; the differences' standard deviation is .1 / sqrt 3
    expect(value!.interval[1]).toBeCloseTo(0.1 / 3 + (9.9248 * 0.1) / 3, 5);
    expect(value!.margins!.mean).toBeCloseTo(0.1 / 3 / 0.5, 8);
  });

  test("a zero that lost its sign is a difference", async () => {
    const signed = placed("c", [[1], [-0]], 0);
    expect((await changeOf(placed("a", [[1], [0]], 0), signed)).first).toMatchObject({ from: "0", to: "-0" });
  });

  test("without one side's files the change stays as blocks tell it", async () => {
    const bare = { ...base, folder: mkdtempSync(join(tmpdir(), "plateau-pairs-")) };
    const change = await changeOf(bare, head);
    expect(change.replicates).toEqual([0, 3]);
    expect(change.first).toBeUndefined();
  });

  test("an edited file is refused", async () => {
    const edited = placed("e", [[1], [2]], 0);
    const [file] = readdirSync(join(edited.folder, "samples"));
    writeFileSync(join(edited.folder, "samples", file!), new Uint8Array(16));
    await expect(changeOf(edited, head)).rejects.toThrow(/samples .* damaged/);
  });
});
