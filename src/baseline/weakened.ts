import type { Baseline } from "./baseline.ts";
import { type DefinitionChange, definitionChanges } from "./definition-changes.ts";

/** In what an acceptance asks less of a claim than before: said when it is accepted, never silent. */
export interface Weakened {
  readonly claim: string;
  readonly changes: readonly DefinitionChange[];
}

/** Claims whose accepted version got a wider margin, or lost a control, rival, cell, tier or replicates. */
export function weakened(
  before: ReadonlyMap<string, Baseline>,
  after: ReadonlyMap<string, Baseline>,
): readonly Weakened[] {
  return [...after.values()].flatMap(({ claim, hash, definition }): readonly Weakened[] => {
    const was = before.get(claim);
    if (was === undefined || was.hash === hash) return [];
    const changes = definitionChanges(was.definition, definition).filter(({ weakens }) => weakens);
    return changes.length === 0 ? [] : [{ claim, changes }];
  });
}
