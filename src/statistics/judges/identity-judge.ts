import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { type Planned, planningBy } from "../planning/planning.ts";
import type { IdentityQuestion } from "../question.ts";
import { type Bounds, type Group, type Judge, JudgeError } from "./judge.ts";

/** Largest discrepancy, in units of its derived rounding bound: a fact about the replicates seen, with no interval. */
export const identityJudge: Judge<IdentityQuestion> = {
  guarantee: "discrepancies of at least 0; speaks of the replicates seen and of no others",
  bounds: (groups) => largestOf("identity", groups),
  ...planningBy(1, missesOfLargest),
  detects: () => 0,
};

/** The largest value as estimate and as both bounds. Throws `JudgeError` for no values, and for values below 0. */
export function largestOf(subject: string, groups: readonly Group[]): Bounds {
  requireGroups(subject, groups, 1);
  const values = finiteColumn(subject, groups[0]!);
  if (values.length === 0) throw new JudgeError(`${subject} requires at least one value, got none`);
  let largest = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value < 0) throw new JudgeError(`${subject} requires values of at least 0, got ${value} at replicate ${i}`);
    if (value > largest) largest = value;
  }
  return { estimate: largest, low: largest, high: largest, spread: [0] };
}

/** The known value is every replicate's: one decides. */
export function missesOfLargest(_question: unknown, { counted }: Planned): number {
  return counted[0]! < 1 ? 1 : 0;
}
