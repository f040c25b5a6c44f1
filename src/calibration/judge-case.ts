import type { Stream } from "../numerics/random.ts";
import { type Group, type Judge, JudgeError } from "../statistics/judge.ts";
import type { Question, Region } from "../statistics/question.ts";

/** A judge as far as calibration uses it; a planted one has no plans. */
export type Instrument = Pick<Judge<Question>, "bounds"> & Partial<Pick<Judge<Question>, "detects">>;

/** A synthetic truth that a judge is tried on, inside what it guarantees. */
export interface JudgeCase {
  /** Which judge, in a reader's words. */
  readonly judge: string;
  /** Which law the values have. */
  readonly law: string;
  readonly instrument: Instrument;
  /** The question at a region; families and known spreads are those of the law. */
  readonly question: (region: Region) => Question;
  /** True value of the statistic. */
  readonly truth: number;
  readonly groups: number;
  readonly draw: (replicates: readonly number[], stream: Stream) => readonly Group[];
  /** Replicates a group, where not the fewest that the judge accepts at the level. */
  readonly replicates?: number;
  /** Trials that the committed table takes of this case, as a part of the most: what a trial costs decides. */
  readonly part?: number;
}

/** A region so wide that it says nothing. */
export const EVERYWHERE: Region = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** More than this no smallest count in calibration may be. */
const MOST_REPLICATES = 1e6;

/**
 * Fewest replicates a group that the judge accepts at the level, where its approximations are worst: the smallest number,
 * within 2%, for which neither `bounds` throws `JudgeError` nor both bounds are infinite. `open`: a fresh stream for each try.
 */
export function fewestReplicates(subject: JudgeCase, alpha: number, open: (tried: number) => Stream): number {
  for (let n = 2; n <= MOST_REPLICATES; n = Math.max(n + 1, Math.ceil(n * 1.02))) {
    if (accepted(subject, alpha, n, open(n))) return n;
  }
  throw new RangeError(`${subject.judge} accepts no number of replicates up to ${MOST_REPLICATES} at level ${alpha}`);
}

function accepted(subject: JudgeCase, alpha: number, n: number, stream: Stream): boolean {
  const replicates = Array<number>(subject.groups).fill(n);
  try {
    const { low, high } = subject.instrument.bounds(
      subject.draw(replicates, stream),
      subject.question(EVERYWHERE),
      alpha,
    );
    return Number.isFinite(low) || Number.isFinite(high);
  } catch (error) {
    if (error instanceof JudgeError) return false;
    throw error;
  }
}
