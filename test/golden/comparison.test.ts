import { test } from "vitest";
import { acceptResults } from "../../src/baseline/accept.ts";
import { compareEvidence } from "../../src/baseline/compare.ts";
import type { ClaimEvidence, Result } from "../../src/claim/result.ts";
import { comparisonText } from "../../src/report/comparison-text.ts";
import { fixtureResult } from "./fixture-result.ts";
import { expectGolden } from "./golden-file.ts";

/** The fixture without the claim that crashed, which cannot be a baseline. */
async function acceptable(): Promise<Result> {
  const result = await fixtureResult();
  const claims = result.evidence.claims.filter(({ outcome }) => outcome !== "crashed");
  return { ...result, evidence: { ...result.evidence, claims } };
}

test("a comparison is as in comparison-80.txt", async () => {
  const before = await acceptable();
  const baselines = acceptResults([before], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: "first" });
  const [chain, width, median, escape, quadrature] = before.evidence.claims as [
    ClaimEvidence,
    ClaimEvidence,
    ClaimEvidence,
    ClaimEvidence,
    ClaimEvidence,
  ];
  const added: ClaimEvidence = { ...escape, id: "orvieto2021/escape/new-claim", title: "A claim that is new" };
  const evidence = {
    ...before.evidence,
    claims: [withOtherSamples(chain), { ...width, hash: "f".repeat(64) }, withOtherVerdict(median), escape, added],
  };
  const known = evidence.claims.map(({ id }) => id);
  const comparisons = compareEvidence(evidence, baselines, known);
  expectGolden("comparison-80.txt", comparisonText(comparisons, { columns: 80, color: false, tier: "smoke", verbose: false }));
  const same = compareEvidence(before.evidence, baselines, [...known, quadrature.id]);
  expectGolden("comparison-same-80.txt", comparisonText(same, { columns: 80, color: false, tier: "smoke", verbose: false }));
});

/** The third block of one cell differs, and with it the estimate. */
function withOtherSamples(claim: ClaimEvidence): ClaimEvidence {
  const [claimed, ...controls] = claim.arms;
  const cells = claimed!.cells.map((cell, index) => {
    return index === 1 ? { ...cell, blocks: cell.blocks.with(2, "0123456789abcdef") } : cell;
  });
  const units = claimed!.units.map((unit, index) => (index === 1 ? { ...unit, estimate: unit.estimate! + 0.004 } : unit));
  return { ...claim, arms: [{ ...claimed!, cells, units }, ...controls] };
}

function withOtherVerdict(claim: ClaimEvidence): ClaimEvidence {
  return { ...claim, arms: claim.arms.map((arm) => ({ ...arm, state: "inconclusive" })) };
}
