import { knownGroups } from "../../planning/contrast-planning.ts";
import type { Question, Region, VarianceQuestion } from "../../question.ts";
import { firstColumns, type Judge } from "../judge.ts";
import { varianceJudge } from "../variance-judge.ts";

/** Groups: one, of one column. */
export interface StandardDeviationQuestion extends Question {
  readonly statistic: "standard-deviation";
}

/** Standard deviation of independent values of one law: the root of their variance, which grows, so that the bounds are its bounds' roots. */
export const standardDeviationJudge: Judge<StandardDeviationQuestion> = {
  guarantee:
    "proved at every n, as its square, the variance, for a law whose excess kurtosis is within the declared one",

  bounds: (groups, question, alpha) => {
    const { estimate, low, high, spread } = varianceJudge.bounds(groups, asVariance(question), alpha);
    return { estimate: Math.sqrt(estimate), low: Math.sqrt(Math.max(0, low)), high: Math.sqrt(high), spread };
  },

  familyValues: firstColumns,

  needsFamilies: () => true,

  detects: (replicates, question, errors) => {
    const [known] = knownGroups("standard deviation", question.known, 1);
    const ofVariance = varianceJudge.detects(replicates, asVariance(question), errors);
    // the lower side, where the root is steepest
    const left = known!.value ** 2 - ofVariance;
    return left > 0 ? known!.value - Math.sqrt(left) : Math.sqrt(known!.value ** 2 + ofVariance);
  },

  needs: (replicates, question, errors) => varianceJudge.needs(replicates, asVariance(question), errors),
};

function asVariance({ region, known, ...question }: StandardDeviationQuestion): VarianceQuestion {
  return {
    ...question,
    statistic: "variance",
    region: squared(region),
    rivals: [],
    ...(known ? { known: known.map((each) => ({ ...each, value: each.value ** 2 })) } : {}),
  };
}

/** No deviation is below 0. */
function squared({ low, high }: Region): Region {
  return { low: low > 0 ? low * low : Number.NEGATIVE_INFINITY, high: high > 0 ? high * high : high };
}
