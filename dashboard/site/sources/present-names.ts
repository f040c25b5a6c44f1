import type { HistoryLine } from "../../../src/report/history.ts";
import type { KnownClaim } from "./known-claims.ts";

/** A line of history whose claims have their present names; `formerly` is the one that the line itself has. */
export interface PresentLine extends HistoryLine {
  claims: (HistoryLine["claims"][number] & { readonly formerly?: string })[];
}

/**
 * History under the present names of claims: a point of a claim's former name is its own, and answers the present question
 * where nothing but the name was another.
 */
export function underPresentNames(
  lines: readonly HistoryLine[],
  known: ReadonlyMap<string, Pick<KnownClaim, "hash" | "formerly">>,
): readonly PresentLine[] {
  const present = new Map(
    [...known].flatMap(([id, { hash, formerly }]) => formerly.map((old) => [old.id, { id, hash, old: old.hash }])),
  );
  if (present.size === 0) return lines;
  return lines.map((line) => ({
    ...line,
    claims: line.claims.map((claim) => {
      const now = present.get(claim.id);
      if (now === undefined) return claim;
      return { ...claim, id: now.id, hash: claim.hash === now.old ? now.hash : claim.hash, formerly: claim.id };
    }),
  }));
}
