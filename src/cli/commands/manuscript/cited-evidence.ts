import { fileURLToPath } from "node:url";
import { readBaselines } from "../../../baseline/files/read.ts";
import { claimHash } from "../../../claim/manifest.ts";
import type { Known } from "../../../manuscript/check-binding.ts";
import { type CitedClaim, citedBaselines, citedResult } from "../../../manuscript/cited-claim.ts";
import { uncommittedCode } from "../../../project/committed-code.ts";
import { type KnownClaim, knownClaims } from "../../../project/known-claims.ts";
import { findRoots, type Roots } from "../../../project/roots.ts";
import { codeFiles } from "../../../run/files/code/code-hash.ts";
import { readResult } from "../../../run/files/result-file.ts";
import type { Io } from "../../arguments/command.ts";
import { resultPath } from "../../result-place.ts";

/** The evidence of a project, and its claims as they are now. */
export interface CitedEvidence extends Omit<Known, "stale"> {
  readonly claims: readonly KnownClaim[];
  /** Why evidence is older than its code, of those where it is. Cost: some calls of git each. */
  readonly stale: (cited: Iterable<CitedClaim>) => Promise<ReadonlyMap<CitedClaim, string>>;
}

export const EVIDENCE_OPTION = {
  type: "string",
  placeholder: "RESULT",
  description: "a result instead of the accepted baselines",
} as const;

/** What may be quoted: the accepted baselines, or one result. Throws where there is none, or it cannot be read. */
export async function citedEvidence(
  asked: { readonly root: string | undefined; readonly evidence: string | undefined },
  io: Io,
): Promise<CitedEvidence> {
  const roots = findRoots(asked.root, io);
  const claims = await knownClaims(roots.suites);
  const cited =
    asked.evidence === undefined
      ? citedBaselines(await readBaselines(roots.baselines))
      : citedResult(await readResult(await resultPath(asked.evidence, io)));
  const evidence = new Map<string, CitedClaim[]>();
  for (const one of cited) evidence.set(one.claim, [...(evidence.get(one.claim) ?? []), one]);
  const known = new Map(claims.map((entry) => [entry.claim.id as string, entry]));
  return {
    ...{ claims, evidence },
    nameOf: (name) => fullName(name, [...known.keys()]),
    stale: async (some) => {
      const problems = new Map<CitedClaim, string>();
      for (const one of new Set(some)) {
        const problem = await staleness(one, known.get(one.claim), roots);
        if (problem !== undefined) problems.set(one, problem);
      }
      return problems;
    },
  };
}

function fullName(name: string, ids: readonly string[]): string | undefined {
  if (ids.includes(name)) return name;
  const ending = ids.filter((id) => id.endsWith(`/${name}`));
  return ending.length === 1 ? ending[0] : undefined;
}

async function staleness(
  { claim, hash, commit }: CitedClaim,
  known: KnownClaim | undefined,
  { repository }: Roots,
): Promise<string | undefined> {
  if (known === undefined) return undefined;
  if (claimHash(known.claim) !== hash)
    return `rests on evidence of ${claim} as it was before the claim changed: run it again`;
  if (commit === null) return `rests on evidence of ${claim} that no commit has the code of: commit, and run it again`;
  // the claim, its theory and its experiments; an engine is held to the reference's bytes by tests of its own
  const files = [fileURLToPath(known.module), ...codeFiles(known.module)];
  const problem = await uncommittedCode(repository, { commit, files });
  if (problem === undefined) return undefined;
  return `rests on evidence of ${claim} at ${commit.slice(0, 10)} that is older than its code (${problem}): run it, and accept it or give --evidence`;
}
