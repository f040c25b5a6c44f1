import { acceptResults } from "../../src/baseline/accept.ts";
import type { ClaimComparison } from "../../src/baseline/compare/change.ts";
import { compareEvidence } from "../../src/baseline/compare/compare.ts";
import { sealed } from "../../src/claim/evidence/digests.ts";
import type { ArmEvidence, ClaimEvidence, Result } from "../../src/claim/result.ts";
import { notesOfChanges } from "../../src/report/review/change-note.ts";
import type { ReportSource } from "../../src/report/review/pull-request.ts";
import { outcomeOf } from "../../src/run/decide/outcome.ts";
import { answered } from "../answered.ts";
import { fixtureResult } from "../golden/fixture-result.ts";

/** What a reviewer can meet, each made from the hand-made fixture: the numbers mean nothing. */
const fixture = await fixtureResult();
const DASHBOARD = "https://example.org/plateau";
const [vanish] = fixture.evidence.claims as [ClaimEvidence];

/** A run in which every claim holds and every control is refuted. */
export const sound: Result = withClaims([vanish, named("orvieto2021/escape/time-is-inverse-in-curvature")]);

export function withClaims(claims: readonly ClaimEvidence[], tier: Result["evidence"]["tier"] = "smoke"): Result {
  const judged = claims.map((claim) => ({ ...claim, outcome: outcomeOf(claim.arms, tier) }));
  const suites = fixture.evidence.suites.filter(({ name }) => judged.some(({ suite }) => suite === name));
  return sealed({ ...fixture, evidence: { ...fixture.evidence, tier, suites, claims: judged } });
}

/** The claim with one arm's state, and its units', changed. */
export function withState(
  claim: ClaimEvidence,
  kind: ArmEvidence["kind"],
  state: "supported" | "refuted" | "inconclusive",
): ClaimEvidence {
  return { ...claim, arms: claim.arms.map((arm) => (arm.kind === kind ? answered(arm, state) : arm)) };
}

/** The comparison of a run with one that was accepted. */
export function comparedWith(before: Result, now: Result): readonly ClaimComparison[] {
  const baselines = acceptResults([before], new Map(), { at: "2026-01-02T03:04:05.000Z", reason: "first" });
  return compareEvidence(
    now.evidence,
    baselines,
    now.evidence.claims.map(({ id }) => id),
  );
}

export function source(now: Result, comparisons: readonly ClaimComparison[] | undefined): ReportSource {
  const changes =
    comparisons === undefined
      ? undefined
      : notesOfChanges({ base: comparisons, head: comparisons, unrun: [] }, "baselines of 0123456789");
  return { result: now, changes, dashboard: DASHBOARD };
}

function named(id: string): ClaimEvidence {
  return fixture.evidence.claims.find((claim) => claim.id === id)!;
}

/** Each by the name of its golden file. */
export function reviewerSources(): Readonly<Record<string, ReportSource>> {
  const [chain, exit] = sound.evidence.claims as [ClaimEvidence, ClaimEvidence];
  const changedClaim = withClaims([{ ...chain, hash: "f".repeat(64) }, exit]);
  const refuted = withClaims([withState(chain, "claimed", "refuted"), exit]);
  const control = withClaims([withState(chain, "control", "supported"), exit]);
  const undecided = withClaims([withState(chain, "claimed", "inconclusive"), exit], "full");
  const moved = withClaims([shifted(chain, 0.6), shifted(exit, 3)]);
  const many = withClaims(
    Array.from({ length: 200 }, (_, at) => numbered(at, at % 2 === 0 ? chain : withState(chain, "claimed", "refuted"))),
  );
  return {
    "all-holds": source(sound, comparedWith(sound, sound)),
    "one-refuted": source(refuted, comparedWith(sound, refuted)),
    "control-supported": source(control, comparedWith(sound, control)),
    undecided: source(undecided, undefined),
    "changed-claim": source(changedClaim, comparedWith(sound, changedClaim)),
    "moved-estimates": source(moved, comparedWith(sound, moved)),
    "baseline-missing": source(sound, comparedWith(withClaims([exit]), sound)),
    "200-rows": source(many, undefined),
  };
}

/** The claim with its estimates, and their intervals, moved by so many half-widths of the intervals. */
function shifted(claim: ClaimEvidence, by: number): ClaimEvidence {
  const arms = claim.arms.map((arm) => ({
    ...arm,
    units: arm.units.map((unit) => {
      const [low, high] = unit.interval;
      if (arm.kind === "control" || unit.estimate === null || low === null || high === null) return unit;
      const step = (by * (high - low)) / 2;
      return { ...unit, estimate: unit.estimate + step, interval: [low + step, high + step] as [number, number] };
    }),
  }));
  return { ...claim, arms };
}

function numbered(at: number, claim: ClaimEvidence): ClaimEvidence {
  return { ...claim, id: `orvieto2021/chains/claim-${at}`, title: `Claim ${at}: ${claim.title}` };
}
