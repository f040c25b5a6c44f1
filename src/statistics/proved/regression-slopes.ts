import type { Family } from "../question.ts";
import { keptEdge } from "./kept-edge.ts";
import type { TwoBounds } from "./mean-at-variance.ts";
import { beyondKept } from "./mean-bounds.ts";

/** Replicates a block: half of a third is lost in estimating the block's means, and a heavy score's kurtosis is a quarter. */
export const REGRESSION_BLOCK = 4;

/** Unbiased covariance of regressor and response, and variance of the regressor, block by block. */
export interface PairBlocks {
  readonly covariances: Float64Array;
  readonly variances: Float64Array;
}

/** Blocks of `REGRESSION_BLOCK` consecutive pairs; what is left over at the end is not used. */
export function pairBlocks(regressor: Float64Array, response: Float64Array): PairBlocks {
  const rows = Math.floor(regressor.length / REGRESSION_BLOCK);
  const covariances = new Float64Array(rows);
  const variances = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const from = row * REGRESSION_BLOCK;
    const to = from + REGRESSION_BLOCK;
    let [x, y] = [0, 0];
    for (let i = from; i < to; i++) {
      x += regressor[i]! / REGRESSION_BLOCK;
      y += response[i]! / REGRESSION_BLOCK;
    }
    for (let i = from; i < to; i++) {
      covariances[row]! += ((regressor[i]! - x) * (response[i]! - y)) / (REGRESSION_BLOCK - 1);
      variances[row]! += (regressor[i]! - x) ** 2 / (REGRESSION_BLOCK - 1);
    }
  }
  return { covariances, variances };
}

/**
 * The score of a block at a slope b, covariance - b variance: its mean is zero at the slope of the best linear prediction,
 * cov(x, y) / var(x), whatever the joint law.
 */
export function blockScores({ covariances, variances }: PairBlocks, slope: number): Float64Array {
  const scores = new Float64Array(covariances.length);
  for (let row = 0; row < scores.length; row++) scores[row] = covariances[row]! - slope * variances[row]!;
  return scores;
}

/**
 * The slopes at which a mean score of zero is kept: each bound errs with probability at most `alpha`, for independent pairs whose block
 * score at the true slope lies in the family. As in Fieller's theorem the slopes kept are an interval, its complement or the
 * line: the score's mean over its deviation has one maximum in the slope. So where the limit of very steep slopes (the
 * regressor's own variance, sign reversed) is not told from zero, nothing is bounded; else the interval is found outward from `around`.
 */
export function slopesKept(blocks: PairBlocks, around: number, family: Family, alpha: number): TwoBounds {
  const steep = beyondKept(blocks.variances, family, alpha);
  if (!(steep.side === 1 && steep.size > 0)) {
    return { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
  }
  const beyond = (slope: number): number => beyondKept(blockScores(blocks, slope), family, alpha).size;
  const unit = errorOf(blocks, around);
  return { low: keptEdge(beyond, around, -unit), high: keptEdge(beyond, around, unit) };
}

/** The slope's standard error, nearly: where a search may begin. */
function errorOf(blocks: PairBlocks, slope: number): number {
  const scores = blockScores(blocks, slope);
  const square = scores.reduce((sum, score) => sum + score * score, 0);
  return Math.sqrt(square) / blocks.variances.reduce((sum, variance) => sum + variance, 0);
}
