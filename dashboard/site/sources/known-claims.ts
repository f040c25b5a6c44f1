import { type FormerName, formerNames } from "../../../src/baseline/definition.ts";
import type { AnyClaim } from "../../../src/claim/claim.ts";
import { claimHash, claimManifest, type Manifest } from "../../../src/claim/manifest.ts";
import type { Grid } from "../../../src/predictions/cells.ts";
import { knownClaims } from "../../../src/project/known-claims.ts";
import { readable } from "../html/readable.ts";

/** A claim of this checkout: what a result file does not carry, such as its assumptions and reasons. */
export interface KnownClaim {
  readonly manifest: Manifest;
  readonly hash: string;
  readonly suite: string;
  readonly share: number;
  /** Names that it had, each with the content hash that its present version would have under it. */
  readonly formerly: readonly FormerName[];
  /** What the predicted measure is, in words. */
  readonly measure: string;
  /** Which replicates count, in words; undefined where all do. */
  readonly given: string | undefined;
  /** The same of every measure of its experiment. */
  readonly measures: Readonly<Record<string, string>>;
  /** Of the grid. */
  readonly axes: readonly { readonly name: string; readonly values: readonly (string | number | boolean)[] }[];
  /** Whether it compares two experiments. */
  readonly hasSecond: boolean;
  /** Names of the data sets that its experiment reads. */
  readonly data: readonly string[];
}

/** The claims of all suites below `root`, by id. Throws `SuiteError`. Cost: a second. */
export async function readKnownClaims(root: string): Promise<ReadonlyMap<string, KnownClaim>> {
  const claims = await knownClaims(root);
  return new Map(
    claims.map(({ claim, suite, share }) => {
      const manifest = claimManifest(claim);
      const measures = measuresOf(claim);
      const measure = measures[claim.prediction.of] ?? claim.prediction.of;
      const given = manifest.prediction.given === undefined ? undefined : measures[manifest.prediction.given];
      const hashes = { hash: claimHash(claim), formerly: formerNames(claim) };
      const axes = Object.entries(claim.grid as Grid).map(([name, values]) => ({ name, values }));
      const data = (firstExperiment(claim).data ?? []).map(({ name }) => name);
      const drawn = { axes, data, hasSecond: claim.against !== undefined };
      return [claim.id, { ...hashes, ...drawn, manifest, suite: suite.name, share, measure, given, measures }] as const;
    }),
  );
}

function measuresOf(claim: AnyClaim): Readonly<Record<string, string>> {
  const { measures } = firstExperiment(claim);
  return Object.fromEntries(Object.entries(measures).map(([name, { description }]) => [name, readable(description)]));
}

/** The claimed experiment at the first cell of the grid. */
function firstExperiment(claim: AnyClaim) {
  const cell = Object.fromEntries(
    Object.entries(claim.grid).map(([axis, values]) => [axis, (values as readonly (string | number | boolean)[])[0]!]),
  );
  return claim.experiment(cell);
}
