import { finiteColumn } from "../../contrasts/group-column.ts";
import { type Group, JudgeError, RefusedSample } from "../judge.ts";

/** Events in so many replicates. */
export interface Events {
  readonly events: number;
  readonly count: number;
}

/** Throws `JudgeError` for values that are no counts. */
export function eventsOf(subject: string, group: Group): Events {
  const column = finiteColumn(subject, group);
  const at = column.findIndex((value) => !(value >= 0 && Number.isInteger(value)));
  if (at >= 0)
    throw new JudgeError(`${subject} requires whole numbers from 0 up, got ${column[at]} at replicate ${at}`);
  return { events: column.reduce((sum, value) => sum + value, 0), count: column.length };
}

/**
 * With fewer counts than their dispersion a smaller dispersion may have the longer tail at levels in use, by up to a fifth; from there on its
 * tails are the shorter ones at every level up to 0.05.
 */
export function requireCounts(subject: string, { count }: Events, dispersion: number): void {
  if (count >= dispersion) return;
  throw new RefusedSample(
    `${subject} requires at least as many counts a group as their dispersion, ${dispersion}, got ${count}`,
  );
}
