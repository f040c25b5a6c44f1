import type { Plan, PlannedArm } from "../plan/plan.ts";

/** What computes, as far as its roundings go. */
export interface ComputingEngine {
  readonly name: string;
  /** Unit roundoff. */
  readonly unitRoundoff: number;
}

/**
 * Why an engine cannot decide an arm: the bound of an identity is finer than the engine's own roundings, which are then all
 * that it would see. Undefined where it can.
 */
export function belowRounding(
  plan: Pick<Plan, "series">,
  { arm, streams }: Pick<PlannedArm, "arm" | "streams">,
  { name, unitRoundoff }: ComputingEngine,
): string | undefined {
  for (const { question, groups } of arm.units) {
    if (question.statistic !== "identity") continue;
    const bound = question.region.high;
    const isComputed = groups.some(({ source, columns }) => {
      const { measures } = plan.series.get(streams[source]!)!.experiment;
      return columns.some((measure) => measures[measure]!.rounding !== "exact");
    });
    if (!isComputed || !(bound > 0 && bound < unitRoundoff)) continue;
    return `unsupported: engine ${name} rounds to ${unitRoundoff.toExponential(1)}, and the identity is to hold to ${bound}`;
  }
  return undefined;
}
