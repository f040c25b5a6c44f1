import type { Result } from "../claim/result.ts";
import { BASELINE_SCHEMA_VERSION, type Baseline } from "./baseline.ts";
import type { Definition } from "./definition.ts";

/** A result in the place of baselines: what another commit found, accepted by nobody. */
export function resultAsBaselines(
  { evidence, provenance }: Result,
  definitions: ReadonlyMap<string, { readonly hash: string; readonly definition: Definition }> = new Map(),
): ReadonlyMap<string, Baseline> {
  const { tier, seed, interpreting } = evidence;
  const accepted = {
    at: provenance.startedAt,
    commit: provenance.commit ?? "unknown",
    engine: provenance.engine.name,
    reason: "the base of a comparison",
  };
  return new Map(
    evidence.claims.map(({ id, title, hash, outcome, arms }): [string, Baseline] => {
      const known = definitions.get(id);
      const definition = known?.hash === hash ? { definition: known.definition } : {};
      const tiers = { [tier]: { seed, interpreting, outcome, arms, accepted } };
      return [id, { schema: BASELINE_SCHEMA_VERSION, claim: id, title, hash, ...definition, tiers }];
    }),
  );
}
