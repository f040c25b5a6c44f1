import type { Result } from "../../claim/result.ts";
import { readAbstracts } from "../../project/abstracts.ts";
import { knownClaims } from "../../project/known-claims.ts";
import type { Roots } from "../../project/roots.ts";
import type { AbstractWords } from "../../report/terminal/abstract-text.ts";

/** What the papers' abstracts say, for the end of a report; undefined where no paper has one, or the run has none of it. */
export async function abstractOf({ evidence }: Result, roots: Roots): Promise<AbstractWords | undefined> {
  const sentences = readAbstracts(roots.repository).flatMap(({ statements }) => statements);
  const ran = new Set(evidence.claims.map(({ id }) => id));
  if (!sentences.some(({ claims }) => claims.some((id) => ran.has(id)))) return undefined;
  const unrun = (await knownClaims(roots.suites)).filter(({ claim }) => !ran.has(claim.id)).length;
  return { sentences, unrun, command: "npx --no -- plateau run --tier full" };
}
