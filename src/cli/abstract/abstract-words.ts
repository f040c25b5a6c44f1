import type { Result } from "../../claim/result.ts";
import { readAbstracts } from "../../project/abstracts.ts";
import type { KnownClaim } from "../../project/known-claims.ts";
import type { AbstractWords } from "../../report/terminal/abstract-text.ts";

/**
 * What the abstracts of a project's papers say, for the end of a report; undefined where no paper has one, or the run has none
 * of it. `claims` are the project's, of which those that were not run are counted. Throws `ProjectError` on a broken abstract.
 */
export function abstractOf(
  { evidence }: Result,
  repository: string,
  claims: readonly KnownClaim[],
): AbstractWords | undefined {
  const sentences = readAbstracts(repository).flatMap(({ statements }) => statements);
  const ran = new Set(evidence.claims.map(({ id }) => id));
  if (!sentences.some((sentence) => sentence.claims.some((id) => ran.has(id)))) return undefined;
  const unrun = claims.filter(({ claim }) => !ran.has(claim.id)).length;
  return { sentences, unrun, command: "npx --no -- plateau run --tier full" };
}
