import type { HistoryLine } from "../../../../src/report/history.ts";
import { TIERS } from "../overview-rows.ts";

/** The latest runs of each tier that the site keeps with their estimates: about three months of nightly ones. */
const LATEST = 100;
/** Of the older ones, so many pairs at which something changed; the newest of them. */
const CHANGES = 40;

/** The runs whose estimates the site keeps, oldest first: the latest of each tier, and each change with the run before it. */
export function keptRuns(history: readonly HistoryLine[]): readonly HistoryLine[] {
  const kept = new Set(TIERS.flatMap((tier) => keptOf(history.filter((line) => line.tier === tier))));
  return history.filter((line) => kept.has(line));
}

/** How it is said of a tier where some are left out; empty where all are kept. */
export function keptWords(history: readonly HistoryLine[]): string {
  const kept = keptOf(history).length;
  const all = history.length.toLocaleString("en-US");
  return kept === history.length
    ? ""
    : `Estimates are kept of ${kept} of ${all} runs: the latest ${LATEST}, and where a verdict or a claim changed the run and the one before it.`;
}

function keptOf(runs: readonly HistoryLine[]): readonly HistoryLine[] {
  const older = runs.slice(0, -LATEST);
  const changes = older.flatMap((line, at) => (at > 0 && differ(older[at - 1]!, line) ? [at - 1, at] : []));
  return [...[...new Set(changes.slice(-2 * CHANGES))].map((at) => older[at]!), ...runs.slice(-LATEST)];
}

/** Whether some claim has another verdict or another content hash. */
function differ(before: HistoryLine, after: HistoryLine): boolean {
  const was = new Map(before.claims.map((claim) => [claim.id, claim]));
  return after.claims.some(({ id, outcome, hash }) => {
    const one = was.get(id);
    return one !== undefined && (one.outcome !== outcome || one.hash !== hash);
  });
}
