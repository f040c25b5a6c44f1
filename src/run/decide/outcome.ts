import type { TierName } from "../../claim/claim.ts";
import type { ArmEvidence, Outcome } from "../../claim/result.ts";

/**
 * What a claim's arms come to. At `full` and `deep` it holds when the claimed arm is supported and every control refuted;
 * at `smoke` when the claimed arm is not refuted and no control supported. A verdict that is wrong outranks an arm that
 * could not be run. Recorded results may go `withoutControl`: the claimed arm decides, and the claim is shown as graded so.
 */
export function outcomeOf(arms: readonly ArmEvidence[], tier: TierName, withoutControl = false): Outcome {
  const fails = arms.some(({ kind, state }) => state === (kind === "claimed" ? "refuted" : "supported"));
  if (fails) return "fails";
  for (const broken of ["crashed", "timed-out", "skipped"] as const) {
    if (arms.some(({ state }) => state === broken)) return broken;
  }
  if (tier === "smoke") return "holds";
  // Without a control nothing shows that the claim could have failed.
  if (!withoutControl && !arms.some(({ kind }) => kind === "control")) return "undecided";
  return arms.every(({ kind, state }) => state === (kind === "claimed" ? "supported" : "refuted"))
    ? "holds"
    : "undecided";
}
