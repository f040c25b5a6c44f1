import { describe, expect, test } from "vitest";
import type { Result } from "../../claim/result.ts";
import { acceptResults } from "../accept.ts";
import { armOf, FIRST, resultOf } from "../fixtures/small-result.ts";
import { compareEvidence } from "./compare.ts";

/** Engines of which bytes are compared. */
const BYTE_EQUAL = ["reference", "wasm"];

describe("comparing", () => {
  const baselines = acceptResults([resultOf("smoke", {})], new Map(), FIRST);
  const compare = (result: Result) => compareEvidence(result.evidence, baselines, ["paper/a/b"])[0]!;
  const answered = (answer: Partial<ReturnType<typeof armOf>["units"][number]>) => {
    return resultOf("smoke", { arms: [armOf(["a"], { units: [{ ...armOf(["a"]).units[0]!, ...answer }] })] });
  };

  test("equal evidence: nothing changed, same bytes", () => {
    expect(compare(resultOf("smoke", {}))).toMatchObject({ changes: [], bytes: "same" });
  });

  test("other bytes: named with the cell and the replicates among which they begin", () => {
    const changed = compare(resultOf("smoke", { arms: [armOf(["x"])] }));
    expect(changed).toMatchObject({ bytes: "changed", cells: { compared: 1, changed: 1 } });
    expect(changed.changes).toEqual([{ kind: "bytes", arm: "claimed", cell: "depth 4", replicates: [0, 63] }]);
  });

  test.each([
    ["more replicates", armOf(["a", "b"]), [64, 127]],
    ["another stream", armOf(["a"], {}, "7"), null],
  ])("%s are other bytes", (_, arm, replicates) => {
    expect(compare(resultOf("smoke", { arms: [arm] })).changes).toMatchObject([{ kind: "bytes", replicates }]);
  });

  test("a moved estimate is told in half-widths of the region", () => {
    expect(compare(answered({ estimate: 0.2 })).changes).toMatchObject([
      { kind: "estimate", from: 0.1, to: 0.2, margins: expect.closeTo(0.2, 12) },
    ]);
  });

  test("another interval about the same estimate is a change too: the judge, or its level, is another", () => {
    expect(compare(answered({ interval: [-0.3, 0.4] })).changes).toMatchObject([{ kind: "estimate", margins: 0 }]);
  });

  test("another seed: verdicts are compared, bytes are not", () => {
    expect(compare(resultOf("smoke", { arms: [armOf(["x"])] }, "2"))).toMatchObject({
      changes: [],
      bytes: "other-seed",
    });
    const refuted = compare(resultOf("smoke", { arms: [armOf(["x"], { state: "refuted" })] }, "2"));
    expect(refuted.changes).toEqual([{ kind: "verdict", arm: "claimed", from: "supported", to: "refuted" }]);
  });

  test("another seed at smoke: what is undecided is chance, what contradicts is not", () => {
    const undecided = compare(resultOf("smoke", { arms: [armOf(["x"], { state: "inconclusive" })] }, "2"));
    expect(undecided.changes).toEqual([]);
    const same = compare(resultOf("smoke", { arms: [armOf(["a"], { state: "inconclusive" })] }));
    expect(same.changes).toHaveLength(1);
  });

  test("an engine with bytes of its own: contradicting verdicts are compared, what it refuses and bytes are not", () => {
    const on = (engine: string, state: "refuted" | "skipped" | "supported") => {
      const { evidence } = resultOf("smoke", { arms: [armOf(["x"], { state })] });
      return compareEvidence(evidence, baselines, ["paper/a/b"], {
        equalBytes: (other) => BYTE_EQUAL.includes(engine) && BYTE_EQUAL.includes(other),
      })[0]!;
    };
    expect(on("tensorflow", "supported")).toMatchObject({ changes: [], bytes: "other-engine" });
    expect(on("tensorflow", "skipped").changes).toEqual([]);
    expect(on("tensorflow", "refuted").changes).toHaveLength(1);
    expect(on("wasm", "supported")).toMatchObject({ bytes: "changed" });
  });

  test("a program that promises no bytes: verdicts are compared, and estimates whose intervals have nothing in common", () => {
    const origins = [{ by: "program", program: "python3 train.py", deterministic: false }] as const;
    const run = (answer: object) => {
      const unit = { ...armOf(["x"]).units[0]!, ...answer };
      return compare(resultOf("smoke", { origins: [...origins], arms: [armOf(["x"], { units: [unit] })] }));
    };
    expect(run({})).toMatchObject({ changes: [], bytes: "not-promised" });
    expect(run({ estimate: 0.2, interval: [-0.1, 0.5] }).changes).toEqual([]);
    expect(run({ estimate: 0.9, interval: [0.8, 1] }).changes).toMatchObject([{ kind: "estimate", to: 0.9 }]);
  });

  test("a changed claim is named as such, its bytes are not compared", () => {
    const changed = compare(resultOf("smoke", { hash: "h2", arms: [armOf(["x"])] }));
    expect(changed).toMatchObject({ changes: [{ kind: "claim", from: "h1", to: "h2" }], bytes: "not-compared" });
  });

  test("an arm that went is a changed verdict", () => {
    const gone = compare(resultOf("smoke", { arms: [] }));
    expect(gone.changes).toEqual([{ kind: "verdict", arm: "claimed", from: "supported", to: "absent" }]);
  });
});
