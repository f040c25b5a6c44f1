import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TierName } from "../claim/claim.ts";
import type { ClaimEvidence, Result } from "../claim/result.ts";
import { BASELINE_SCHEMA_VERSION, type Baseline, BaselineError, type TierBaseline } from "./baseline.ts";
import { differingBlocks } from "./compare-blocks.ts";
import type { Definition } from "./definition.ts";
import { digestOf, INDEX_FILE } from "./read.ts";

/** Who accepts, when and why; the same for all files of one acceptance. */
export interface Acceptance {
  /** UTC, ISO 8601. */
  readonly at: string;
  readonly reason: string;
}

/**
 * The baselines after results of one or several tiers were accepted: a claim's other tier stays where it still fits.
 * Pure. Throws `BaselineError` where a claim crashed, or where a tier that stays contradicts one that is accepted:
 * the smoke replicates are a prefix of the full tier's. `definitions`, by claim id, say what is accepted.
 */
export function acceptResults(
  results: readonly Result[],
  before: ReadonlyMap<string, Baseline>,
  acceptance: Acceptance,
  definitions: ReadonlyMap<string, Definition> = new Map(),
): ReadonlyMap<string, Baseline> {
  const after = new Map<string, Baseline>();
  for (const result of results) {
    for (const claim of result.evidence.claims) {
      checkAcceptable(claim);
      const tier = result.evidence.tier;
      const pending = after.get(claim.id);
      if (pending !== undefined && pending.hash !== claim.hash) {
        throw new BaselineError(`accept found two versions of claim ${claim.id} in the results given, needed one`);
      }
      const accepted = tierBaseline(claim, result, acceptance);
      const whole = withTier(claim, pending ?? before.get(claim.id), tier, accepted);
      const definition = definitions.get(claim.id);
      after.set(claim.id, definition === undefined ? whole : { ...whole, definition });
    }
  }
  for (const accepted of after.values()) checkTiersAgree(accepted, results);
  return new Map([...before, ...after]);
}

/** Writes all files and the index, and takes away those of `removed` claims. Gives the paths written, relative to the folder. */
export async function writeBaselines(
  folder: string,
  baselines: ReadonlyMap<string, Baseline>,
  removed: readonly string[] = [],
): Promise<readonly string[]> {
  const files = [...baselines.values()]
    .map((accepted) => ({ file: `${accepted.claim}.json`, text: `${JSON.stringify(accepted, null, 1)}\n` }))
    .sort((a, b) => (a.file < b.file ? -1 : 1));
  for (const { file, text } of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  for (const id of removed) await rm(join(folder, `${id}.json`), { force: true });
  const digests = Object.fromEntries(files.map(({ file, text }) => [file, digestOf(text)]));
  const index = { schema: BASELINE_SCHEMA_VERSION, files: digests };
  // last: until then the folder is refused as edited, never taken for whole
  await writeFile(join(folder, INDEX_FILE), `${JSON.stringify(index, null, 1)}\n`);
  return files.map(({ file }) => file);
}

function checkAcceptable(claim: ClaimEvidence): void {
  const broken = claim.arms.find(({ state }) => state === "crashed" || state === "timed-out");
  if (broken === undefined) return;
  throw new BaselineError(
    `accept needs samples of every arm, but ${claim.id}, arm ${broken.name}, is ${broken.state}: ${broken.reason ?? "no reason"}`,
  );
}

function withTier(
  claim: ClaimEvidence,
  before: Baseline | undefined,
  tier: TierName,
  accepted: TierBaseline,
): Baseline {
  // a tier of another version of the claim says nothing about this one
  const kept = before !== undefined && before.hash === claim.hash ? before.tiers : {};
  const tiers = { ...kept, [tier]: accepted };
  const known = before?.hash === claim.hash ? before.definition : undefined;
  return {
    schema: BASELINE_SCHEMA_VERSION,
    claim: claim.id,
    title: claim.title,
    hash: claim.hash,
    ...(known && { definition: known }),
    tiers: {
      ...(tiers.smoke && { smoke: tiers.smoke }),
      ...(tiers.full && { full: tiers.full }),
      ...(tiers.deep && { deep: tiers.deep }),
    },
  };
}

function tierBaseline(claim: ClaimEvidence, { evidence, provenance }: Result, acceptance: Acceptance): TierBaseline {
  return {
    seed: evidence.seed,
    interpreting: evidence.interpreting,
    outcome: claim.outcome,
    arms: claim.arms,
    accepted: { ...acceptance, commit: provenance.commit ?? "unknown", engine: provenance.engine.name },
  };
}

function checkTiersAgree({ claim, tiers }: Baseline, results: readonly Result[]): void {
  const present = Object.entries(tiers).filter(([, tier]) => tier !== undefined) as [string, TierBaseline][];
  for (const [index, [name, tier]] of present.entries()) {
    for (const [otherName, other] of present.slice(index + 1)) {
      const [difference] = other.seed === tier.seed ? differingBlocks(tier.arms, other.arms, "shared") : [];
      if (difference === undefined) continue;
      const { arm, cell, replicates } = difference;
      const where = `arm ${arm}, ${cell}, replicates ${replicates?.join("-") ?? "all"}`;
      const given = results.map(({ evidence }) => evidence.tier);
      const stale = [name, otherName].find((each) => !(given as readonly string[]).includes(each));
      const needed = stale === undefined ? "needed equal samples" : `accept a new ${stale} result with it`;
      throw new BaselineError(`tiers ${name} and ${otherName} of ${claim} differ at ${where}, ${needed}`);
    }
  }
}
