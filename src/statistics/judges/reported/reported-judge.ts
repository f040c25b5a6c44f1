import { decidingReplicates, knownGroups, type Reach, smallestHalfWidth } from "../../planning/contrast-planning.ts";
import { chernoffBounds } from "../../proved/chernoff.ts";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { studentQuantile } from "../../quantiles.ts";
import type { MeanQuestion, Question } from "../../question.ts";
import { boundsAround, firstColumns, type Judge } from "../judge.ts";
import { meanJudge } from "../mean-judge.ts";

/** A mean that somebody published, with all that they said of it. */
export interface ReportedMean {
  readonly mean: number;
  /** Standard deviation of one of their values, at most. */
  readonly deviation: number;
  /** Values that it is the mean of. */
  readonly count: number;
  /** By which law theirs are bounded: normal by declaration, else within the measure's range. */
  readonly by: "normal" | "range";
}

/** Groups: one, of one column. Its law's mean less that of the law from which the reported values came. */
export interface ReportedQuestion extends Question {
  readonly statistic: "reported";
  readonly reported: ReportedMean;
  readonly range?: readonly [number, number];
  readonly horizon?: number;
}

/**
 * Part of the level that goes to the reported mean, whose few values make it the wider one: at five of them half of the level
 * widens Student's interval by a fifth, and nine tenths by a fortieth.
 */
const SHARE_OF_THEIRS = 0.9;

/** A mean less a reported one: each is bounded by itself, so that P(either errs) is at most the level. */
export const reportedJudge: Judge<ReportedQuestion> = {
  subject: () => "mean less reported",

  guarantee:
    "proved at every n: our mean as any mean is, at a tenth of the level; theirs at the rest, of a law declared normal (Student, from their mean, deviation and n), or within the declared range (Chernoff, from their mean and n)",

  bounds: (groups, question, alpha) => {
    const ours = meanJudge.bounds(groups, meanQuestion(question), (1 - SHARE_OF_THEIRS) * alpha);
    const theirs = boundsOfTheirs(question, SHARE_OF_THEIRS * alpha);
    const bounds = { low: ours.low - theirs.high, high: ours.high - theirs.low };
    return boundsAround(ours.estimate - question.reported.mean, bounds, ours.spread);
  },

  familyValues: firstColumns,

  needsFamilies: ({ range }) => range === undefined,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("mean less a reported one", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** Of the law that their values came from: their mean's bounds. */
function boundsOfTheirs({ reported, range }: ReportedQuestion, alpha: number): TwoBounds {
  const { mean, deviation, count, by } = reported;
  if (by === "range") return chernoffBounds(mean, count, range!, alpha);
  const halfWidth = (studentQuantile(alpha, count - 1) * deviation) / Math.sqrt(count);
  return { low: mean - halfWidth, high: mean + halfWidth };
}

/** Ours, as far as it is expected to be, and the farther side of theirs, which is what it is. */
function reachOf(question: ReportedQuestion): Reach {
  const oneSided = { ...meanQuestion(question), region: { low: Number.NEGATIVE_INFINITY, high: 0 } };
  const { mean } = question.reported;
  return (replicates, alpha, undecided) => {
    const level = (1 - SHARE_OF_THEIRS) * alpha;
    const ours = meanJudge.detects(replicates, oneSided, { support: level, refute: level, undecided });
    const theirs = boundsOfTheirs(question, SHARE_OF_THEIRS * alpha);
    return ours + Math.max(theirs.high - mean, mean - theirs.low);
  };
}

function meanQuestion({ reported: _, ...question }: ReportedQuestion): MeanQuestion {
  return { ...question, statistic: "mean" };
}
