import type { AnyClaim } from "../../claim/claim.ts";
import type { Instrument } from "../../claim/instrument.ts";
import type { Result } from "../../claim/result.ts";
import { definitionsOf } from "../definition.ts";
import { readExpectations } from "../expectations.ts";
import { readBaselines } from "../files/read.ts";
import { carryOver } from "../renamed.ts";
import type { ClaimComparison } from "./change.ts";
import { type CompareContext, compareEvidence, notRun } from "./compare.ts";

/** A result beside the baselines and known deviations of a folder. */
export interface FolderComparison {
  readonly comparisons: readonly ClaimComparison[];
  /** Claims that the baselines have and the result has not. */
  readonly unrun: readonly string[];
  /** What was known of the claims, for a comparison with other baselines. */
  readonly context: CompareContext;
}

interface Compared {
  /** All claims of all suites. */
  readonly claims: readonly AnyClaim[];
  readonly equalBytes: Instrument["equalBytes"];
}

/** Compares a result with a folder of baselines; Throws `BaselineError`. */
export async function compareWithFolder(
  folder: string,
  { evidence, provenance }: Result,
  { claims, equalBytes }: Compared,
): Promise<FolderComparison> {
  const known = claims.map(({ id }) => id);
  const definitions = definitionsOf(claims);
  const baselines = carryOver(await readBaselines(folder), definitions);
  const expectations = await readExpectations(folder, known);
  const context = {
    definitions,
    expectations,
    equalBytes: (engine: string) => equalBytes(engine, provenance.engine.name),
  };
  const comparisons = compareEvidence(evidence, baselines, known, context);
  return { comparisons, unrun: notRun(evidence, baselines, known), context };
}
