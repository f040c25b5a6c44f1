import { finiteColumn } from "../../contrasts/group-column.ts";
import { type Group, JudgeError } from "../judge.ts";

/** Two measures of the same replicates, every value finite. Throws `JudgeError` for groups that are not one of such pairs. */
export function pairsOf(subject: string, groups: readonly Group[]): readonly [of: Float64Array, over: Float64Array] {
  const [group] = groups;
  if (group === undefined || groups.length !== 1) {
    throw new JudgeError(`${subject} requires one group, got ${groups.length}`);
  }
  const pairs = [finiteColumn(subject, group, 0), finiteColumn(subject, group, 1)] as const;
  const [of, over] = pairs;
  if (of.length !== over.length) {
    throw new JudgeError(`${subject} requires as many values of both measures, got ${of.length} and ${over.length}`);
  }
  return pairs;
}

/** `of` less `times` the other, pair by pair. */
export function remainders([of, over]: readonly [Float64Array, Float64Array], times: number): Float64Array {
  return of.map((value, pair) => value - times * over[pair]!);
}
