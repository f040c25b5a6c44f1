import { existsSync } from "node:fs";
import type { Result } from "../../claim/result.ts";
import { readSamples, samplesFolder } from "../files/read-samples.ts";
import { ResultFileError, readResult } from "../files/result-file.ts";
import type { PlannedClaim } from "../plan/plan.ts";
import { judgeAgain } from "./judge-again.ts";

/** A result that was held against its samples as far as they are at hand. */
export interface BelievedResult {
  readonly result: Result;
  /** Where samples are at hand: claims that these suites have in another version or with another budget, or not at all. */
  readonly otherVersions: readonly string[];
}

/**
 * Reads a result as `readResult` does; where its samples lie beside it, judges them again by the suites' claims. Throws
 * `ResultFileError` for a verdict, estimate or interval that they do not give, or samples that are missing or damaged.
 */
export async function readBelieved(path: string, claims: readonly PlannedClaim[]): Promise<BelievedResult> {
  const result = await readResult(path);
  return { result, otherVersions: await requireJudgedAgain(path, result, claims) };
}

/** The same of a result, or of a shard, that was read from `path`; gives the claims that could not be judged. */
export async function requireJudgedAgain(
  path: string,
  { evidence, provenance }: Result,
  claims: readonly PlannedClaim[],
): Promise<readonly string[]> {
  const folder = samplesFolder(path);
  if (!existsSync(folder) || Object.keys(provenance.samples).length === 0) return [];
  const read: Parameters<typeof judgeAgain>[0]["read"] = (entry) => readSamples(folder, entry);
  const { problem, otherVersions } = await judgeAgain({ evidence, provenance, claims, read });
  if (problem !== undefined) throw new ResultFileError(`${path} does not follow from its samples: ${problem}`);
  return otherVersions;
}
