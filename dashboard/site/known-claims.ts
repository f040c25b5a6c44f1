import { readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyClaim } from "../../src/claim/claim.ts";
import { claimHash, claimManifest, type Manifest } from "../../src/claim/manifest.ts";
import type { Suite } from "../../src/claim/suite.ts";

/** A claim of this checkout: what a result file does not carry, such as its assumptions and reasons. */
export interface KnownClaim {
  readonly manifest: Manifest;
  readonly hash: string;
  readonly suite: string;
  readonly share: number;
  /** What the predicted measure is, in words. */
  readonly measure: string;
}

/** The claims of all suites below `root`, by id. Cost: a second. */
export async function readKnownClaims(root: string): Promise<ReadonlyMap<string, KnownClaim>> {
  const known = new Map<string, KnownClaim>();
  for (const path of suiteModules(join(root, "suites"))) {
    const { default: suite } = (await import(pathToFileURL(path).href)) as { readonly default: Suite };
    for (const { claim, share } of suite.claims) {
      const manifest = claimManifest(claim);
      known.set(claim.id, { manifest, hash: claimHash(claim), suite: suite.name, share, measure: measureOf(claim) });
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

function measureOf(claim: AnyClaim): string {
  const cell = Object.fromEntries(
    Object.entries(claim.grid).map(([axis, values]) => [axis, (values as readonly (string | number | boolean)[])[0]!]),
  );
  return claim.experiment(cell).measures[claim.prediction.of]?.description ?? claim.prediction.of;
}
