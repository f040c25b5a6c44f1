import type { ArmEvidence, Outcome } from "../../../src/claim/result.ts";
import type { HistoryLine } from "../../../src/report/history.ts";

/** At the smoke tier a claim holds as long as it is not refuted; no page shows an undecided one as a pass. */
export function shownOutcome(outcome: Outcome, decided: boolean): Outcome {
  return outcome === "holds" && !decided ? "undecided" : outcome;
}

/** Whether the claimed experiment is supported, not merely not refuted. */
export function isDecided({ arms }: { readonly arms: readonly Pick<ArmEvidence, "kind" | "state">[] }): boolean {
  return arms.find(({ kind }) => kind === "claimed")?.state === "supported";
}

/** A line of history as every page shows it: an outcome follows the states of its units. */
export function asShown(line: HistoryLine): HistoryLine {
  const claims = line.claims.map((claim) => {
    const decided = claim.units.length > 0 && claim.units.every(({ state }) => state === "supported");
    return { ...claim, outcome: shownOutcome(claim.outcome, decided) };
  });
  return { ...line, claims };
}
