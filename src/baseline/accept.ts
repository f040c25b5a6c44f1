import type { ClaimEvidence, Result } from "../claim/result.ts";
import { type Acceptance, acceptClaim, type GivenClaim } from "./accept-claim.ts";
import { type Baseline, BaselineError } from "./baseline.ts";
import type { Definitions } from "./definition.ts";
import { firstContradiction } from "./prefixes.ts";

/**
 * The baselines after results of one or several tiers were accepted: a claim's other tiers stay where they still fit, and a
 * tier whose evidence is what it was keeps its date, reason and commit. Pure. Throws `BaselineError` where a claim crashed, or
 * where evidence that stays, of another tier or of another claim on the same streams, contradicts what is accepted.
 */
export function acceptResults(
  results: readonly Result[],
  before: ReadonlyMap<string, Baseline>,
  acceptance: Acceptance,
  definitions: Definitions = new Map(),
): ReadonlyMap<string, Baseline> {
  const accepted = new Map(
    [...givenClaims(results)].map(([id, given]): [string, Baseline] => {
      return [id, acceptClaim(given, before.get(id), { acceptance, definitions })];
    }),
  );
  const after = new Map([...before, ...accepted]);
  for (const baseline of accepted.values()) checkOthersAgree(baseline, after);
  return after;
}

function givenClaims(results: readonly Result[]): ReadonlyMap<string, readonly GivenClaim[]> {
  const given = new Map<string, GivenClaim[]>();
  for (const { evidence, provenance } of results) {
    for (const claim of evidence.claims) {
      checkAcceptable(claim);
      const others = given.get(claim.id) ?? [];
      if (others.some((other) => other.claim.hash !== claim.hash)) {
        throw new BaselineError(`accept found two versions of claim ${claim.id} in the results given, needed one`);
      }
      given.set(claim.id, [...others, { claim, evidence, provenance }]);
    }
  }
  return given;
}

function checkAcceptable(claim: ClaimEvidence): void {
  const broken = claim.arms.find(({ state }) => state === "crashed" || state === "timed-out");
  if (broken === undefined) return;
  throw new BaselineError(
    `accept needs samples of every arm, but ${claim.id}, arm ${broken.name}, is ${broken.state}: ${broken.reason ?? "no reason"}`,
  );
}

/** A stream has one law of bytes: two claims that draw from it cannot both be right about different ones. */
function checkOthersAgree({ claim, streams }: Baseline, all: ReadonlyMap<string, Baseline>): void {
  for (const other of all.values()) {
    if (other.claim === claim) continue;
    for (const [stream, prefixes] of streams) {
      const span = firstContradiction(prefixes, other.streams.get(stream) ?? new Map());
      if (span === undefined) continue;
      throw new BaselineError(
        `${claim} and ${other.claim} draw from stream ${stream} and differ at replicates ${span.join("-")}, accept a new result of both`,
      );
    }
  }
}
