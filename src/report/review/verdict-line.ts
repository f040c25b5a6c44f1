import type { Evidence } from "../../claim/result.ts";
import { runSentence } from "../words/run-sentence.ts";
import { isRed, type ReportRow } from "./report-rows.ts";

const WORDS: { readonly [rank in ReportRow["rank"]]: readonly [one: string, many: string] } = {
  fails: ["claim fails", "claims fail"],
  verdict: ["verdict changed", "verdicts changed"],
  changed: ["claim changed, removed or without a baseline", "claims changed, removed or without a baseline"],
  broken: ["claim crashed, timed out or was skipped", "claims crashed, timed out or were skipped"],
  undecided: ["claim is undecided", "claims are undecided"],
  estimate: ["estimate moved", "estimates moved"],
  bytes: ["claim has other bytes", "claims have other bytes"],
  accepted: ["accepted change or known deviation", "accepted changes or known deviations"],
};

export interface VerdictLine {
  readonly red: boolean;
  /** Plain text, one line: what came out. */
  readonly text: string;
}

/**
 * What a reviewer reads first: what changed against the base, where there is one, then how the run came out. Nothing checked is
 * red, whatever else is said; what a smoke run leaves undecided is said in the tally and never called held.
 */
export function verdictLine(evidence: Evidence, rows: readonly ReportRow[], hasBase = true): VerdictLine {
  const { claims, tier } = evidence;
  if (claims.length === 0) return { red: true, text: "✗ Red: nothing was checked" };
  const counts = Object.entries(WORDS).flatMap(([rank, [one, many]]) => {
    const count = rows.filter((row) => row.rank === rank).length;
    return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`];
  });
  const of = `of ${claims.length} ${claims.length === 1 ? "claim" : "claims"} at tier ${tier}`;
  if (rows.some(isRed)) return { red: true, text: `✗ Red: ${counts.join(", ")}; ${of}` };
  const changed = counts.length > 0 ? `${counts.join(", ")}; ` : hasBase ? "nothing changed; " : "";
  return { red: false, text: `✓ Green: ${changed}tier ${tier}, ${runSentence(evidence)}` };
}
