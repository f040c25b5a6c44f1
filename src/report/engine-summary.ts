import type { ComparedArm, EngineComparison, EstimateComparison } from "../claim/engine-comparison.ts";

/** An arm of a claim on another engine. */
export interface ArmPlace {
  readonly claim: string;
  readonly arm: ComparedArm;
}

/** An estimate of such an arm. */
export interface EstimatePlace extends ArmPlace {
  readonly estimate: EstimateComparison;
}

/** What an engine beside the primary one came to. */
export interface EngineSummary {
  readonly arms: readonly ArmPlace[];
  /** Both engines came to the same state, or to states of which one is undecided. */
  readonly same: readonly ArmPlace[];
  /** One engine supports what the other refutes. */
  readonly disagreeing: readonly ArmPlace[];
  /** Crashed or timed out on the other engine. */
  readonly broken: readonly ArmPlace[];
  /** Some cell was refused. */
  readonly unsupported: readonly ArmPlace[];
  readonly estimates: readonly EstimatePlace[];
  /** Observations or difference beyond the bound. */
  readonly outside: readonly EstimatePlace[];
  readonly unbounded: readonly EstimatePlace[];
  /** Held against chance instead of a bound that follows from roundings. */
  readonly inLaw: readonly EstimatePlace[];
  /** Largest part of its bound that a difference takes; null without bounds. */
  readonly largestShare: number | null;
}

/** Sorts what a comparison says by what a reader must know first. */
export function summariseEngine({ claims }: EngineComparison): EngineSummary {
  const arms = claims.flatMap((claim) => claim.arms.map((arm): ArmPlace => ({ claim: claim.id, arm })));
  const estimates = arms.flatMap((place) =>
    place.arm.estimates.map((estimate): EstimatePlace => ({ ...place, estimate })),
  );
  const disagreeing = arms.filter(({ arm }) => disagrees(arm));
  const broken = arms.filter(({ arm: { other } }) => other === "crashed" || other === "timed-out");
  const unsupported = arms.filter(({ arm }) => arm.unsupported.length > 0);
  // of outcomes that are counted one is all that chance allows where one differs
  const bounded = estimates.filter(({ estimate }) => estimate.standardError !== null);
  const shares = bounded.map(({ estimate }) => estimate.share).filter((share) => typeof share === "number");
  return {
    arms,
    same: arms.filter((place) => ![disagreeing, broken, unsupported].some((others) => others.includes(place))),
    disagreeing,
    broken,
    unsupported,
    estimates,
    outside: estimates.filter(({ estimate }) => estimate.inside === false),
    unbounded: estimates.filter(({ estimate }) => estimate.inside === null),
    inLaw: estimates.filter(({ estimate }) => isInLaw(estimate)),
    largestShare: shares.length === 0 ? null : Math.max(...shares),
  };
}

/** Its bound is what chance leaves between two samples of one law. */
export function isInLaw({ standardError, inside }: EstimateComparison): boolean {
  return standardError !== undefined && inside !== null;
}

function disagrees({ primary, other }: ComparedArm): boolean {
  return (primary === "supported" && other === "refuted") || (primary === "refuted" && other === "supported");
}
