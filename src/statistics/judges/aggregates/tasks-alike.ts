import { type Group, JudgeError, RefusedSample } from "../judge.ts";

/** Refuses tasks of different numbers of scores: in a mixture every task counts alike. */
export function requireTasksAlike(subject: string, groups: readonly Group[]): void {
  const counts = groups.map(({ columns }) => columns[0]!.length);
  const [first] = counts;
  if (first === undefined) throw new JudgeError(`${subject} requires groups, got none`);
  const other = counts.findIndex((count) => count !== first);
  if (other > 0) {
    throw new RefusedSample(
      `${subject} requires as many scores of each task, got ${first} of the first and ${counts[other]} of task ${other + 1}`,
    );
  }
  if (first === 0) throw new RefusedSample(`${subject} requires scores of each task, got none`);
}
