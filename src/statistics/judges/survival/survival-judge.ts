import { requireGroups } from "../../contrasts/group-column.ts";
import { isInside, type Planned, planningBy, spreadOf } from "../../planning/planning.ts";
import { normalUpperTail } from "../../quantiles.ts";
import type { Family, Known, MeanQuestion, Question, SurvivalQuestion } from "../../question.ts";
import { type Bounds, boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "../judge.ts";
import { meanJudge } from "../mean-judge.ts";
import { medianJudge } from "../median-judge.ts";
import { proportionJudge } from "../proportion-judge.ts";
import { bandBudget, survivalBand } from "./survival-band.ts";
import { areaUntil, kaplanMeier, leftAt, timeOfHalf } from "./survival-curve.ts";
import { momentsOf, seenOf } from "./survival-times.ts";

/**
 * The part left at a time, the median time, or the mean of the lesser of the time and a limit. Times that are all known are
 * judged by the exact judges of a proportion, a median and a mean within a range; times of which some were lost from sight by a
 * band about their whole curve.
 */
export const survivalJudge: Judge<SurvivalQuestion> = {
  subject: ({ of }) => of.replaceAll("-", " "),

  guarantee:
    "proved at every n, for independent times of any law, atoms and never included; where some are censored, provided that censoring tells nothing of who is over next (independent or fixed censoring): one martingale band about the whole curve",

  bounds: (groups, question, alpha) => {
    requireGroups("survival", groups, 1);
    return question.censored ? censoredBounds(groups[0]!, question, alpha) : knownBounds(groups[0]!, question, alpha);
  },

  anytime: ({ of, censored }) => of === "restricted-mean-time" && !censored,

  detects: (replicates, question, errors) =>
    question.censored ? CENSORED.detects(replicates, question, errors) : exactly(question).detects(replicates, errors),

  needs: (replicates, question, errors) =>
    question.censored ? CENSORED.needs(replicates, question, errors) : exactly(question).needs(replicates, errors),
};

function censoredBounds(group: Group, question: SurvivalQuestion, alpha: number): Bounds {
  const seen = seenOf("survival", group, true);
  if (seen.length < 2) throw new RefusedSample(`survival requires at least two times, got ${seen.length}`);
  const moments = momentsOf(seen);
  const curve = kaplanMeier(moments);
  const { low, high } = survivalBand(moments, seen.length, alpha);
  switch (question.of) {
    case "fraction-left": {
      const at = limitOf(question);
      const left = leftAt(curve, at);
      return boundsAround(left, { low: leftAt(low, at), high: leftAt(high, at) }, [Math.sqrt(left * (1 - left))]);
    }
    case "median-time": {
      const half = { low: timeOfHalf(low), high: timeOfHalf(high) };
      return boundsAround(timeOfHalf(curve), half, [Number.NaN]);
    }
    case "restricted-mean-time": {
      const until = limitOf(question);
      const area = { low: areaUntil(low, until), high: areaUntil(high, until) };
      return boundsAround(areaUntil(curve, until), area, [Number.NaN]);
    }
  }
}

/** The exact judge of what the times become where each is known. */
interface Exact {
  readonly bounds: (group: Group, alpha: number) => Bounds;
  readonly detects: (replicates: readonly number[], errors: Parameters<Judge<Question>["detects"]>[2]) => number;
  readonly needs: (replicates: readonly number[], errors: Parameters<Judge<Question>["needs"]>[2]) => readonly number[];
}

function exactly(question: SurvivalQuestion): Exact {
  const { region, rivals, known, horizon } = question;
  const asked = { region, rivals, ...(known ? { known } : {}) };
  switch (question.of) {
    case "fraction-left": {
      const at = limitOf(question);
      return through(proportionJudge, { statistic: "proportion", ...asked }, (time) => (time > at ? 1 : 0));
    }
    case "median-time":
      return through(medianJudge, { statistic: "median", ...asked, families: [SKEWED] }, (time) => time);
    case "restricted-mean-time": {
      const until = limitOf(question);
      const mean: MeanQuestion = { statistic: "mean", ...asked, range: [0, until], ...(horizon ? { horizon } : {}) };
      return through(meanJudge, mean, (time) => Math.min(time, until));
    }
  }
}

/** Times begin at 0 and have a tail: plans, which alone read it, take that of an exponential law where it is longer than a normal one's. */
const SKEWED: Family = { skewness: 2, excessKurtosis: 6 };

function through<Q extends Question>(judge: Judge<Q>, question: Q, become: (time: number) => number): Exact {
  return {
    bounds: ({ columns: [times] }, alpha) => judge.bounds([{ columns: [times!.map(become)] }], question, alpha),
    detects: (replicates, errors) => judge.detects(replicates, question, errors),
    needs: (replicates, errors) => judge.needs(replicates, question, errors),
  };
}

function knownBounds(group: Group, question: SurvivalQuestion, alpha: number): Bounds {
  seenOf("survival", group, false);
  return exactly(question).bounds(group, alpha);
}

function limitOf({ of, limit }: SurvivalQuestion): number {
  if (limit !== undefined && limit > 0 && Number.isFinite(limit)) return limit;
  throw new JudgeError(`${of} requires a positive time until which it is asked, got ${limit}`);
}

/** Half-width of a band over the root of twice its budget, in standard errors of the estimate: seldom more, by simulation. */
const BAND_FACTOR = 1.25;
/** Standard error of a median over that of a mean of normal values: what a median's known spread is on the scale of. */
const MEDIAN_ERROR = Math.sqrt(Math.PI / 2);

const CENSORED = planningBy(1, censoredMisses);

/**
 * By the normal approximation about the known value, from the known spread: the standard error times root n, larger where many
 * are lost. A fraction's may be left out: that of a proportion then.
 */
function censoredMisses(question: SurvivalQuestion, planned: Planned): number {
  const { counted, region, known, levels } = planned;
  const inside = isInside(planned);
  const { value } = known[0]!;
  const error = rootError(question, known[0]!) / Math.sqrt(counted[0]!);
  const budget = bandBudget(inside ? levels.support : levels.refute);
  const width = error * BAND_FACTOR * Math.sqrt(2 * budget) * (1 + Math.sqrt(budget / counted[0]!));
  const slacks = inside
    ? [region.high - value, value - region.low]
    : [Math.max(value - region.high, region.low - value)];
  return slacks.reduce((sum, slack) => sum + missedBy(slack - width, error), 0);
}

function rootError({ of }: SurvivalQuestion, known: Known): number {
  if (of === "fraction-left" && Number.isNaN(known.spread)) return Math.sqrt(known.value * (1 - known.value));
  return (of === "median-time" ? MEDIAN_ERROR : 1) * spreadOf("survival", known);
}

/** P(a normal estimate lies further off). */
function missedBy(slack: number, error: number): number {
  if (slack <= 0) return 1;
  return slack === Number.POSITIVE_INFINITY || error === 0 ? 0 : normalUpperTail(slack / error);
}
