import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { moments } from "../moments/moments.ts";
import {
  decidingReplicates,
  familiesOf,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import { meanReach } from "../proved/mean-bounds.ts";
import { blockScores, pairBlocks, REGRESSION_BLOCK, slopesKept } from "../proved/regression-slopes.ts";
import type { Family, RegressionQuestion } from "../question.ts";
import { boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "./judge.ts";

/**
 * Slope b of the response's best linear prediction from the regressor: E (x - mean x) (y - mean y - b (x - mean x)) = 0.
 * No line is assumed, nor residuals of one law. A slope is kept unless the mean of the blocks' scores at it is told from zero.
 */
export const regressionJudge: Judge<RegressionQuestion> = {
  guarantee: `proved at every n, for independent pairs of any joint law, heteroscedastic too, whose score over blocks of ${REGRESSION_BLOCK} (covariance less slope times variance) has an excess kurtosis within the declared one`,

  bounds: (groups, question, alpha) => {
    requireGroups("regression", groups, 1);
    const [family] = familiesOf("regression", question, 1);
    const [regressor, response] = pairs(groups[0]!);
    const blocks = pairBlocks(regressor, response);
    const [covariance, variance] = [total(blocks.covariances), total(blocks.variances)];
    if (!(variance > 0))
      throw new RefusedSample(`regression requires a regressor that varies, got only ${regressor[0]}`);
    const slope = covariance / variance;
    const scores = blockScores(blocks, slope);
    const rows = scores.length;
    const deviation = rows < 2 ? Number.NaN : Math.sqrt(moments(scores).variance);
    const spread = [(deviation * Math.sqrt(REGRESSION_BLOCK)) / (variance / rows)];
    if (deviation === 0) throw new RefusedSample("regression requires responses off a line, got only ones on it");
    return boundsAround(slope, slopesKept(blocks, slope, family!, alpha), spread);
  },

  familyValues: ([group]) => [blockScoresAround(group!)],

  needsFamilies: () => true,

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("regression", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

function pairs(group: Group): readonly [Float64Array, Float64Array] {
  const regressor = finiteColumn("regression", group, 0);
  const response = finiteColumn("regression", group, 1);
  if (regressor.length !== response.length) {
    throw new JudgeError(
      `regression requires as many responses as regressors, got ${response.length} and ${regressor.length}`,
    );
  }
  if (regressor.length < REGRESSION_BLOCK) {
    throw new RefusedSample(`regression requires at least ${REGRESSION_BLOCK} pairs, got ${regressor.length}`);
  }
  return [regressor, response];
}

/** At the slope of all blocks together. */
function blockScoresAround(group: Group): Float64Array {
  const blocks = pairBlocks(...pairs(group));
  return blockScores(blocks, total(blocks.covariances) / total(blocks.variances));
}

function total(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}

/**
 * A slope that is off by d has block scores of mean -d, in units of the regressor's variance, and of variance s^2 + (d t)^2: s that of the
 * score at the true slope, t the deviation of a block's variance of a normal regressor. The bound is at the first d that a mean of such
 * scores tells from zero. With too few values that is none, however steep.
 */
function reachOf(question: RegressionQuestion): Reach {
  const known = knownGroups("regression", question.known, 1);
  const [family] = familiesOf("regression", question, 1);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count, spread } = parts[0]!;
    const rows = Math.floor(count / REGRESSION_BLOCK);
    const own = spread * Math.sqrt((1 + UNEVEN / (REGRESSION_BLOCK - 1)) / REGRESSION_BLOCK);
    if (own === 0) return 0;
    const isTold = (off: number): boolean => {
      const deviation = Math.hypot(own, off * REGRESSOR.deviation);
      const share = (off * REGRESSOR.deviation) / deviation;
      return meanReach(rows, deviation, family!, alpha, left, mixed(family!, share ** 2)) <= off;
    };
    return firstTold(isTold, own);
  };
}

/**
 * E x^2 E r^2 over E (x r)^2 of a regressor x and its residual r, both about their means, is what estimating the means of a block costs:
 * 1 where residuals are as wide everywhere, and more where they are wider near the regressor's mean. A claim does not state it and a declared
 * kurtosis does not bound it. Plans leave room for that of a normal regressor whose residuals are as wide as exp(-x^2 / 8), 0.61 of it two
 * deviations out, exactly; the laws on which plans are tried have 1.40. Beyond it more stays undecided than planned, and no verdict errs
 * more often.
 */
export const UNEVEN = 1.5;

/** The variance of a block of a normal regressor of variance 1: chi-squared of a block's degrees of freedom, over them. */
const REGRESSOR = {
  deviation: Math.sqrt(2 / (REGRESSION_BLOCK - 1)),
  skewness: Math.sqrt(8 / (REGRESSION_BLOCK - 1)),
  excessKurtosis: 12 / (REGRESSION_BLOCK - 1),
};

/** Shape of a sum of which a part `share` of the variance is the regressor's, and the rest of the family. */
function mixed({ skewness, excessKurtosis }: Family, share: number): Pick<Family, "skewness" | "excessKurtosis"> {
  const rest = 1 - share;
  return {
    skewness: rest ** 1.5 * skewness + share ** 1.5 * REGRESSOR.skewness,
    excessKurtosis: rest ** 2 * Math.max(0, excessKurtosis) + share ** 2 * REGRESSOR.excessKurtosis,
  };
}

/** By halving, to a thousandth; Infinity where no slope within a million deviations is told. */
function firstTold(isTold: (off: number) => boolean, unit: number): number {
  let [low, high] = [unit * 1e-6, unit * 1e6];
  if (!isTold(high)) return Number.POSITIVE_INFINITY;
  while (high > 1.001 * low) {
    const middle = Math.sqrt(low * high);
    if (isTold(middle)) high = middle;
    else low = middle;
  }
  return high;
}
