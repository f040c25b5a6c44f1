import { type Group, JudgeError, RefusedSample } from "../judges/judge.ts";
import { sorted } from "../sorted.ts";

/** Column `index` of a group, every value finite. Throws `JudgeError` otherwise. */
export function finiteColumn(subject: string, group: Group, index = 0): Float64Array {
  const column = columnOf(subject, group, index);
  // The sum of differences from itself is 0 for finite numbers alone: a search for the first other one is seldom needed.
  let sum = 0;
  for (let i = 0; i < column.length; i++) sum += column[i]! - column[i]!;
  const at = sum === 0 ? -1 : column.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new JudgeError(`${subject} requires finite values, got ${column[at]} at replicate ${at}`);
  return column;
}

/** Index of the first NaN, -1 where there is none. */
export function firstNaN(column: Float64Array): number {
  for (let i = 0; i < column.length; i++) if (Number.isNaN(column[i])) return i;
  return -1;
}

/** The first column, finite. Throws `RefusedSample` for fewer than two values. */
export function severalValues(subject: string, group: Group): Float64Array {
  const column = finiteColumn(subject, group);
  if (column.length < 2)
    throw new RefusedSample(`${subject} requires at least two values a group, got ${column.length}`);
  return column;
}

/** Sorted first columns of the groups that `sortedOnce` gave. */
const kept = new WeakMap<Group, Float64Array | undefined>();

/** The same groups for several bounds of the same values: each is sorted once. Nothing may change their columns meanwhile. */
export function sortedOnce(groups: readonly Group[]): readonly Group[] {
  return groups.map((group) => {
    const same = { ...group };
    kept.set(same, undefined);
    return same;
  });
}

/** Column of ordered values: -Infinity and Infinity have a rank, NaN has none. Only to be read. Throws `JudgeError` on NaN. */
export function orderedColumn(subject: string, group: Group): Float64Array {
  const known = kept.get(group);
  if (known !== undefined) return known;
  const column = columnOf(subject, group, 0);
  const at = firstNaN(column);
  if (at >= 0) throw new JudgeError(`${subject} requires values with a rank, got NaN at replicate ${at}`);
  const ordered = sorted(column);
  if (kept.has(group)) kept.set(group, ordered);
  return ordered;
}

/** Throws `JudgeError` where the number of groups is not the one that the question needs. */
export function requireGroups(subject: string, groups: readonly Group[], needed: number): void {
  if (groups.length !== needed) throw new JudgeError(`${subject} requires ${needed} groups, got ${groups.length}`);
}

function columnOf(subject: string, group: Group, index: number): Float64Array {
  const column = group.columns[index];
  if (column === undefined) {
    throw new JudgeError(`${subject} requires at least ${index + 1} columns, got ${group.columns.length}`);
  }
  return column;
}
