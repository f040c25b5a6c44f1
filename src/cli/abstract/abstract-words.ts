import type { Result } from "../../claim/result.ts";
import { readAbstracts } from "../../project/abstracts.ts";
import type { AbstractWords } from "../../report/terminal/abstract-text.ts";
import type { Named } from "../arguments/claim-names.ts";

/**
 * What the abstracts of those papers say of which the run has claims, for the end of a report; undefined where there is none. `claims` are the project's, of which those that were not run are counted. Throws `ProjectError` on a broken abstract.
 */
export function abstractOf(
  { evidence }: Result,
  repository: string,
  claims: readonly Named[],
): AbstractWords | undefined {
  const ran = new Set(evidence.claims.map(({ id }) => id));
  const sentences = readAbstracts(repository)
    .filter(({ statements }) => statements.some(({ claims: carrying }) => carrying.some((id) => ran.has(id))))
    .flatMap(({ statements }) => statements);
  if (sentences.length === 0) return undefined;
  const unrun = claims.filter(({ claim }) => !ran.has(claim.id)).length;
  return { sentences, unrun, command: "npx --no -- plateau run --tier full" };
}
