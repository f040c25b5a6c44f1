import { type Group, JudgeError } from "../judges/judge.ts";
import { finiteColumn } from "./group-column.ts";

/** Ones among so many zeros and ones. */
export interface Tally {
  readonly ones: number;
  readonly count: number;
}

/** Throws `JudgeError` for a column of anything else, or of nothing. */
export function tallyOf(subject: string, group: Group): Tally {
  const column = finiteColumn(subject, group);
  let ones = 0;
  for (const value of column) {
    if (value !== 0 && value !== 1) throw new JudgeError(`${subject} requires zeros and ones, got ${value}`);
    ones += value;
  }
  if (column.length === 0) throw new JudgeError(`${subject} requires at least one value a group, got none`);
  return { ones, count: column.length };
}
