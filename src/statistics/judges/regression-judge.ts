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
import { normalQuantile } from "../quantiles.ts";
import type { RegressionQuestion } from "../question.ts";
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
 * Near the truth the interval is that of the mean score over the regressor's variance. Blocks' means cost b / (b - 1) of the
 * variance at most; the regressor's own variance is off by a few of its standard errors (those of a normal one).
 */
function reachOf(question: RegressionQuestion): Reach {
  const known = knownGroups("regression", question.known, 1);
  const [family] = familiesOf("regression", question, 1);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const { count, spread } = parts[0]!;
    const rows = Math.floor(count / REGRESSION_BLOCK);
    const short =
      normalQuantile(left) * Math.sqrt((2 * REGRESSION_BLOCK) / (REGRESSION_BLOCK - 1) / Math.max(1, count));
    if (!(short < 1)) return Number.POSITIVE_INFINITY;
    return meanReach(rows, spread / Math.sqrt(REGRESSION_BLOCK - 1), family!, alpha, left) / (1 - short);
  };
}
