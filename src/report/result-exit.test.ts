import { describe, expect, test } from "vitest";
import type { ComparedArm, EngineComparison } from "../claim/engine-comparison.ts";
import type { ClaimEvidence, Evidence, Outcome } from "../claim/result.ts";
import { EXIT, worstExit } from "./exit-code.ts";
import { exitOf } from "./result-exit.ts";

describe("outcomes of a run's claims give the exit status", () => {
  test.each<[readonly Outcome[], number]>([
    [["holds", "holds"], 0],
    [["holds", "fails"], 1],
    [["undecided", "holds"], 3],
    [["crashed"], 3],
    [["timed-out"], 3],
    [["skipped"], 3],
    [["crashed", "fails", "undecided"], 1],
  ])("%j: %i", (outcomes, code) => {
    const claims = outcomes.map((outcome) => ({ outcome }) as ClaimEvidence);
    expect(exitOf({ evidence: { claims } as Evidence })).toBe(code);
  });
});

describe("engines that are compared give it as well", () => {
  const arm = { name: "claimed", kind: "claimed", primary: "supported", unsupported: [], estimates: [] } as const;
  const refused = [{ cell: "depth 4", role: "experiment", reason: "unsupported" }] as const;
  const estimate = { label: "", statistic: "mean", replicates: 1, primary: 0, other: 0, difference: 0 } as const;

  test.each([
    ["the same verdict", { other: "supported" }, 0],
    ["undecided there", { other: "inconclusive" }, 0],
    ["refuted there", { other: "refuted" }, 1],
    ["unsupported there", { other: "skipped", unsupported: refused }, 0],
    ["crashed there", { other: "crashed" }, 3],
    ["an estimate outside its bound", { other: "supported", estimates: [outside(false)] }, 1],
    ["an estimate without a bound", { other: "supported", estimates: [outside(null)] }, 0],
  ] as const)("%s: %i", (_, changes, code) => {
    const compared = { ...arm, ...changes } as unknown as ComparedArm;
    const other = { claims: [{ id: "a", suite: "s", arms: [compared] }] } as unknown as EngineComparison;
    const evidence = { claims: [{ outcome: "holds" }] } as unknown as Evidence;
    expect(exitOf({ evidence, engines: { version: 1, others: [other] } })).toBe(code);
  });

  function outside(inside: boolean | null) {
    return { ...estimate, bound: null, because: "derived", inside };
  }
});

test("2 comes before 1 before 3 before 0", () => {
  expect(worstExit([3, 1, 2, 0])).toBe(EXIT.misuse);
  expect(worstExit([0, 3, 1])).toBe(EXIT.failed);
  expect(worstExit([0, 3])).toBe(EXIT.undecided);
  expect(worstExit([])).toBe(EXIT.holds);
});
