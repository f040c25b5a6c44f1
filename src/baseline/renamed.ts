import type { Baseline } from "./baseline.ts";
import type { FormerName } from "./definition.ts";

/** Present claims by id: their content hash and the names that they had. */
export type PresentClaims = ReadonlyMap<string, { readonly hash: string; readonly formerly?: readonly FormerName[] }>;

/**
 * Baselines under the present names: what was accepted of a claim under a name that it has `formerly` had is its own, and says
 * so in `renamedFrom`. Where nothing but the name is another, the accepted content hash is the present one's; else the claim
 * shows as changed. A name that has a baseline of its own keeps that. Pure.
 */
export function carryOver(
  baselines: ReadonlyMap<string, Baseline>,
  claims: PresentClaims,
): ReadonlyMap<string, Baseline> {
  const carried = new Map(baselines);
  for (const [id, { hash, formerly = [] }] of claims) {
    if (carried.has(id)) continue;
    const name = formerly.find((one) => carried.has(one.id));
    if (name === undefined) continue;
    const before = carried.get(name.id)!;
    const isSame = before.hash === name.hash;
    carried.set(id, { ...before, claim: id, hash: isSame ? hash : before.hash, renamedFrom: name.id });
    carried.delete(name.id);
  }
  return carried;
}
