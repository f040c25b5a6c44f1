import { describe, expect, test } from "vitest";
import { acceptResults } from "./accept.ts";
import type { Definitions } from "./definition.ts";
import { armOf, FIRST, resultOf, streamOf } from "./fixtures/small-result.ts";

const SECOND = { at: "2026-02-03T04:05:06.000Z", reason: "second" };

describe("accepting", () => {
  test("both tiers at once puts both into one baseline, and their stream once", () => {
    const results = [resultOf("smoke"), resultOf("full", { arms: [armOf(["a", "b"])] })];
    const after = acceptResults(results, new Map(), FIRST).get("paper/a/b")!;
    expect(Object.keys(after.tiers)).toEqual(["smoke", "full"]);
    expect([...after.streams.keys()]).toEqual([streamOf("5")]);
    expect([...after.streams.get(streamOf("5"))!.keys()]).toEqual([64, 128]);
  });

  test("one tier keeps the other where the samples agree, with its date, reason and digests", () => {
    const before = acceptResults([resultOf("full", { arms: [armOf(["a", "b", "c"])] })], new Map(), FIRST);
    const after = acceptResults([resultOf("smoke")], before, SECOND).get("paper/a/b")!;
    expect(after.tiers.full).toEqual(before.get("paper/a/b")!.tiers.full);
    expect(after.tiers.smoke!.accepted).toMatchObject(SECOND);
    expect([...after.streams.get(streamOf("5"))!.keys()]).toEqual([64, 128, 192]);
  });

  test("the same evidence again changes nothing", () => {
    const results = [resultOf("smoke"), resultOf("full", { arms: [armOf(["a", "b"])] })];
    const before = acceptResults(results, new Map(), FIRST);
    expect(acceptResults(results, before, SECOND)).toEqual(before);
  });

  test.each([
    ["a verdict", armOf(["a"], { state: "inconclusive" })],
    ["an interval", armOf(["a"], { units: [{ ...armOf(["a"]).units[0]!, interval: [-0.3, 0.4] }] })],
    ["bytes", armOf(["x"])],
    ["replicates", armOf(["a", "b"])],
    ["the stream", armOf(["a"], {}, "7")],
  ])("another version of %s is new evidence, with the new reason", (_, arm) => {
    const before = acceptResults([resultOf("smoke")], new Map(), FIRST);
    const after = acceptResults([resultOf("smoke", { arms: [arm] })], before, SECOND);
    expect(after.get("paper/a/b")!.tiers.smoke!.accepted.reason).toBe("second");
  });

  test("samples that are no longer drawn leave no digests behind", () => {
    const before = acceptResults([resultOf("smoke", { arms: [armOf(["a", "b", "c"])] })], new Map(), FIRST);
    const after = acceptResults([resultOf("smoke", { arms: [armOf(["a"], {}, "7")] })], before, SECOND);
    expect([...after.get("paper/a/b")!.streams.keys()]).toEqual([streamOf("7")]);
  });

  test("a changed claim drops the tier of the old one", () => {
    const before = acceptResults([resultOf("full")], new Map(), FIRST);
    const after = acceptResults([resultOf("smoke", { hash: "h2" })], before, SECOND);
    expect(Object.keys(after.get("paper/a/b")!.tiers)).toEqual(["smoke"]);
  });

  test("the definition is the code's where the result is of that version of the claim, else the evidence's", () => {
    const definition = { prediction: "equals, value", tiers: {} };
    const known: Definitions = new Map([["paper/a/b", { hash: "h1", definition }]]);
    const accepted = (hash: string) => acceptResults([resultOf("smoke", { hash })], new Map(), FIRST, known);
    expect(accepted("h1").get("paper/a/b")!.definition).toEqual(definition);
    expect(accepted("h2").get("paper/a/b")!.definition.prediction).toBeUndefined();
  });
});

describe("accepting is refused", () => {
  test("for one tier whose samples are no prefix of another's that stays", () => {
    const before = acceptResults([resultOf("full", { arms: [armOf(["x", "b"])] })], new Map(), FIRST);
    expect(() => acceptResults([resultOf("smoke")], before, SECOND)).toThrow(
      "tiers smoke and full of paper/a/b differ at arm claimed, depth 4, replicates 0-63, accept a new full result with it",
    );
  });

  test("for two tiers at once that are of other code", () => {
    const both = [resultOf("smoke"), resultOf("full", { arms: [armOf(["x", "b"])] })];
    expect(() => acceptResults(both, new Map(), FIRST)).toThrow(/replicates 0-63, needed equal samples/);
  });

  test("for samples that contradict another claim's on the same stream, unless that is accepted with it", () => {
    const other = (blocks: readonly string[]) => resultOf("smoke", { id: "paper/a/c", arms: [armOf(blocks)] });
    const before = acceptResults([resultOf("smoke"), other(["a"])], new Map(), FIRST);
    const changed = resultOf("smoke", { arms: [armOf(["x"])] });
    expect(() => acceptResults([changed], before, SECOND)).toThrow(
      `paper/a/b and paper/a/c draw from stream ${streamOf("5")} and differ at replicates 0-63, accept a new result of both`,
    );
    expect(acceptResults([changed, other(["x"])], before, SECOND).size).toBe(2);
  });

  test("for two versions of a claim at once", () => {
    const both = [resultOf("smoke"), resultOf("full", { hash: "h2" })];
    expect(() => acceptResults(both, new Map(), FIRST)).toThrow("two versions of claim paper/a/b");
  });

  test("for a crashed arm, with its reason", () => {
    const crashed = resultOf("smoke", { arms: [armOf([], { state: "crashed", reason: "NaN at replicate 3" })] });
    expect(() => acceptResults([crashed], new Map(), FIRST)).toThrow("arm claimed, is crashed: NaN at replicate 3");
  });
});
