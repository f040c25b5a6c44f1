import { compareEvidence } from "../../../src/baseline/compare/compare.ts";
import { changeWords } from "../../../src/report/words/comparison-words.ts";
import type { KnownClaim } from "../sources/known-claims.ts";
import type { Sources } from "../sources/sources.ts";

export interface ChangedClaim {
  readonly id: string;
  readonly title: string;
  /** In words, the gravest first. */
  readonly changes: readonly string[];
}

/** What the newest result has otherwise than what was accepted, the gravest first. */
export function changedClaims(
  { result, baselines }: Sources,
  known: ReadonlyMap<string, KnownClaim>,
): readonly ChangedClaim[] {
  if (result === undefined) return [];
  const compared = compareEvidence(result.result.evidence, baselines, [...known.keys()]);
  return compared.flatMap(({ id, title, changes }) =>
    changes.length === 0 ? [] : [{ id, title, changes: changes.map(changeWords) }],
  );
}
