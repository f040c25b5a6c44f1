import type { Stream } from "../../numerics/random.ts";
import type { AnyQuestion } from "../../predictions/kinds.ts";
import { type Group, type Judge, JudgeError } from "../../statistics/judges/judge.ts";
import type { Region } from "../../statistics/question.ts";

/** A judge as far as calibration uses it; a planted one has no plans. */
export type Instrument = Pick<Judge<AnyQuestion>, "bounds"> & Partial<Pick<Judge<AnyQuestion>, "detects">>;

/** A synthetic truth that a judge is tried on, inside what it guarantees. */
export interface JudgeCase {
  /** Which judge, in a reader's words. */
  readonly judge: string;
  /** Which law the values have. */
  readonly law: string;
  readonly instrument: Instrument;
  /** The question at a region; families and known spreads are those of the law. */
  readonly question: (region: Region) => AnyQuestion;
  /** True value of the statistic. */
  readonly truth: number;
  readonly groups: number;
  readonly draw: (replicates: readonly number[], stream: Stream) => readonly Group[];
  /** Replicates a group, where not the fewest that the judge accepts at the level. */
  readonly replicates?: number;
  /** Trials that the committed table takes of this case, as a part of the most: what a trial costs decides. */
  readonly part?: number;
  /** Too dear for tests: the committed table alone has it. */
  readonly tableOnly?: boolean;
}

/** A region so wide that it says nothing. */
export const EVERYWHERE: Region = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

/** More than this no smallest count in calibration may be. */
const MOST_REPLICATES = 1e6;

/**
 * Fewest replicates a group that the judge accepts at the level, where its approximations are worst: the smallest number,
 * within 1%, for which `bounds` neither throws `JudgeError` nor gives two infinities. By doubling and halving: a judge that
 * accepts a number accepts larger ones. `open`: a fresh stream for each try.
 */
export function fewestReplicates(subject: JudgeCase, alpha: number, open: (tried: number) => Stream): number {
  let high = 2;
  while (!accepted(subject, alpha, high, open(high))) {
    high *= 2;
    if (high > MOST_REPLICATES) {
      throw new RangeError(
        `${subject.judge} accepts no number of replicates up to ${MOST_REPLICATES} at level ${alpha}`,
      );
    }
  }
  let low = high / 2;
  while (high - low > Math.max(1, low / 100)) {
    const middle = Math.floor((low + high) / 2);
    if (accepted(subject, alpha, middle, open(middle))) high = middle;
    else low = middle;
  }
  return high;
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
