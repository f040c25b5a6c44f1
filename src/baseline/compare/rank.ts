import type { Outcome } from "../../claim/result.ts";
import type { Change, ClaimComparison } from "./change.ts";

const GRAVITY: readonly Change["kind"][] = [
  ...(["verdict", "claim", "removed", "missing", "expectation", "estimate", "bytes", "added", "renamed"] as const),
];
const OUTCOME_GRAVITY: readonly (Outcome | null)[] = [
  ...(["fails", "crashed", "timed-out", "skipped", "undecided", null, "holds"] as const),
];

/** Order of comparisons: the gravest kind of change first, then what a claim came to, then how far its estimate moved. */
export function worstFirst(a: ClaimComparison, b: ClaimComparison): number {
  const byOutcome = OUTCOME_GRAVITY.indexOf(a.outcome.to) - OUTCOME_GRAVITY.indexOf(b.outcome.to);
  const byVerdict = gravity(a) === 0 ? Number(a.known !== undefined) - Number(b.known !== undefined) || byOutcome : 0;
  return gravity(a) - gravity(b) || byVerdict || descending(largestShift(a), largestShift(b)) || (a.id < b.id ? -1 : 1);
}

/** Order of numbers, the largest first. Two infinite ones rank alike, where subtracting them has no value. */
export function descending(a: number, b: number): number {
  return a === b ? 0 : b - a;
}

/** The largest shift of an estimate among a comparison's changes, in margins. */
export function largestShift({ changes }: Pick<ClaimComparison, "changes">): number {
  return Math.max(0, ...changes.map((change) => (change.kind === "estimate" ? change.margins : 0)));
}

function gravity({ changes }: ClaimComparison): number {
  return Math.min(GRAVITY.length, ...changes.map(({ kind }) => GRAVITY.indexOf(kind)));
}
