import type { Agreement, ComparedMeasure } from "../../claim/engines-apart.ts";
import type { Rounding } from "../../claim/experiment.ts";
import type { Precision } from "../contract/about.ts";
import type { Passes } from "../contract/passes.ts";
import { type FollowedRounding, replicateBounds } from "./replicate-bounds.ts";

/** Of each replicate's own network, by running error analysis; undefined where an engine's operations have not been analysed. */
export function followedAgreement(
  rounding: FollowedRounding,
  compared: ComparedMeasure,
  precision: Precision,
): Agreement | undefined {
  const passes = compared.passes as unknown as Passes | undefined;
  const { curves, words } = precision;
  if (passes === undefined || curves === undefined) return undefined;
  const observed = compared.observed(compared.measure)!;
  const found = replicateBounds(rounding, passes, compared.streams, { ...precision, curves }, observed);
  if (found === undefined) return undefined;
  return { ...ownBounds(found.bounds), rate: found.rate, because: `${words}: roundings followed through each network` };
}

/** The largest of them beside each replicate's own. */
export function ownBounds(bounds: Float64Array): Pick<Agreement, "bound" | "bounds"> {
  return { bound: bounds.reduce((most, bound) => Math.max(most, bound), 0), bounds };
}

const FOLLOWED: Readonly<Record<FollowedRounding, "only" | "too">> = {
  ...{ forward: "too", backward: "too", isometry: "too", "weight-gradients": "too" },
  ...{ "forward-factor": "only", "backward-factor": "only", growth: "only", participation: "only" },
};

export function isFollowed(rounding: Rounding): rounding is FollowedRounding {
  return Object.hasOwn(FOLLOWED, rounding);
}

/** Kinds that no bound by the shape is known for. */
export type FollowedOnly = "forward-factor" | "backward-factor" | "growth" | "participation";

export function isFollowedOnly(rounding: Rounding): rounding is FollowedOnly {
  return isFollowed(rounding) && FOLLOWED[rounding] === "only";
}
