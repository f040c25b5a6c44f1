import type { Result } from "../claim/result.ts";
import { acceptedArm, type Baseline } from "./baseline.ts";
import { type Definitions, definitionFor } from "./definition.ts";
import { prefixesByStream } from "./prefixes.ts";

/** A result in the place of baselines: what another commit found, accepted by nobody. */
export function resultAsBaselines(
  { evidence, provenance }: Result,
  definitions: Definitions = new Map(),
): ReadonlyMap<string, Baseline> {
  const { tier, seed, interpreting } = evidence;
  const accepted = {
    at: provenance.startedAt,
    commit: provenance.commit ?? "unknown",
    engine: provenance.engine.name,
    reason: "the base of a comparison",
  };
  return new Map(
    evidence.claims.map((claim): [string, Baseline] => {
      const { id, title, hash, outcome, arms } = claim;
      const tiers = { [tier]: { seed, interpreting, outcome, arms: arms.map(acceptedArm), accepted } };
      const streams = prefixesByStream(arms.flatMap(({ cells }) => cells));
      return [id, { claim: id, title, hash, definition: definitionFor(claim, tier, definitions), tiers, streams }];
    }),
  );
}
