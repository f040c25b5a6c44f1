import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type FormerName, formerNames } from "../../../src/baseline/definition.ts";
import type { AnyClaim } from "../../../src/claim/claim.ts";
import { claimHash, claimManifest, type Manifest } from "../../../src/claim/manifest.ts";
import type { Suite } from "../../../src/claim/suite.ts";

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
}

/** The claims of all suites below `root`, by id. Cost: a second. */
export async function readKnownClaims(root: string): Promise<ReadonlyMap<string, KnownClaim>> {
  const known = new Map<string, KnownClaim>();
  for (const path of suiteModules(join(root, "suites"))) {
    const { default: suite } = (await import(pathToFileURL(path).href)) as { readonly default: Suite };
    for (const { claim, share } of suite.claims) {
      const manifest = claimManifest(claim);
      const measures = measuresOf(claim);
      const measure = measures[claim.prediction.of] ?? claim.prediction.of;
      const given = manifest.prediction.given === undefined ? undefined : measures[manifest.prediction.given];
      const hashes = { hash: claimHash(claim), formerly: formerNames(claim) };
      known.set(claim.id, { ...hashes, manifest, suite: suite.name, share, measure, given, measures });
    }
  }
  return known;
}

function suiteModules(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".suite.ts"))
    .sort()
    .map((name) => join(folder, name));
}

function measuresOf(claim: AnyClaim): Readonly<Record<string, string>> {
  const cell = Object.fromEntries(
    Object.entries(claim.grid).map(([axis, values]) => [axis, (values as readonly (string | number | boolean)[])[0]!]),
  );
  const { measures } = claim.experiment(cell);
  return Object.fromEntries(Object.entries(measures).map(([name, { description }]) => [name, description]));
}
