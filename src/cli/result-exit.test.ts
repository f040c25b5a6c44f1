import { describe, expect, test } from "vitest";
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

test("2 comes before 1 before 3 before 0", () => {
  expect(worstExit([3, 1, 2, 0])).toBe(EXIT.misuse);
  expect(worstExit([0, 3, 1])).toBe(EXIT.failed);
  expect(worstExit([0, 3])).toBe(EXIT.undecided);
  expect(worstExit([])).toBe(EXIT.holds);
});
