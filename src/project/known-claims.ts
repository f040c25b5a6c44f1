import { discoverSuites } from "../run/plan/discover.ts";
import type { PlannedClaim } from "../run/plan/plan.ts";

/** A claim as a suite holds it, with its share and where workers find it. */
export type KnownClaim = PlannedClaim;

/** Every claim of every suite below a root, in the suites' order. */
export async function knownClaims(root: string): Promise<readonly KnownClaim[]> {
  const suites = await discoverSuites(root);
  return suites.flatMap(({ claims }) => claims);
}
