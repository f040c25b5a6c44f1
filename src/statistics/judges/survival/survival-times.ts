import { type Group, JudgeError } from "../judge.ts";

/** What happened at one of the times seen, of all replicates together. */
export interface Moment {
  readonly time: number;
  /** Replicates not yet over nor lost just before it; those lost at this very time are among them. */
  readonly atRisk: number;
  /** Those over at this time. */
  readonly events: number;
  /** Those lost from sight at this time: all that is known is that they were not over yet. */
  readonly lost: number;
}

/** One replicate's time, and whether it is where it was lost from sight, not where it was over. */
export interface Seen {
  readonly time: number;
  readonly lost: boolean;
}

/**
 * The replicates of a group whose columns are times and, where they may be lost, ones for those that were. A time of +Infinity
 * that is not lost never comes: known, and at risk for ever. Throws `JudgeError` for negative times, marks other than 0 and 1,
 * and a loss at +Infinity, which would be no loss.
 */
export function seenOf(subject: string, { columns: [times, marks] }: Group, censored: boolean): readonly Seen[] {
  if (times === undefined || (censored && marks === undefined)) {
    throw new JudgeError(
      `${subject} requires a column of times${censored ? " and one of censoring" : ""}, got ${marks ? 2 : times ? 1 : 0} columns`,
    );
  }
  return Array.from(times, (time, i): Seen => {
    const mark = censored ? marks![i]! : 0;
    if (!(time >= 0)) throw new JudgeError(`${subject} requires times from 0, got ${time} at replicate ${i}`);
    if (mark !== 0 && mark !== 1) {
      throw new JudgeError(`${subject} requires 1 (censored) or 0 (over) of each time, got ${mark} at replicate ${i}`);
    }
    if (mark === 1 && time === Number.POSITIVE_INFINITY) {
      throw new JudgeError(
        `${subject} requires a finite time of what is censored, got Infinity at replicate ${i}: what never comes is Infinity with 0`,
      );
    }
    return { time, lost: mark === 1 };
  });
}

/** The finite times at which something happened, in ascending order. */
export function momentsOf(seen: readonly Seen[]): readonly Moment[] {
  const sorted = seen.toSorted((a, b) => a.time - b.time);
  const moments: Moment[] = [];
  for (let i = 0; i < sorted.length; ) {
    const { time } = sorted[i]!;
    if (time === Number.POSITIVE_INFINITY) break;
    const atRisk = sorted.length - i;
    let [events, lost] = [0, 0];
    for (; i < sorted.length && sorted[i]!.time === time; i++) {
      if (sorted[i]!.lost) lost++;
      else events++;
    }
    moments.push({ time, atRisk, events, lost });
  }
  return moments;
}
