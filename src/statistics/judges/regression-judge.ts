import { finiteColumn, requireGroups } from "../contrasts/group-column.ts";
import { contrastReach } from "../contrasts/mean-contrast.ts";
import { meanOf } from "../moments/moments.ts";
import { correctedQuantile, requireCount } from "../moments/skewness-correction.ts";
import {
  decidingReplicates,
  declaredFamily,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../planning/contrast-planning.ts";
import type { RegressionQuestion } from "../question.ts";
import { type Bounds, type Group, type Judge, JudgeError } from "./judge.ts";

/**
 * Slope b of the response's best linear prediction from the regressor: E (x - mean x) (y - mean y - b (x - mean x)) = 0.
 * No line is assumed, nor residuals of one law. The declared family bounds the cumulants of the score, the product
 * (x - mean x) * residual, because it is the score's mean that is tested: not those of the residual alone.
 *
 * A slope b is kept unless the mean of the sample's scores at b, over its standard error, exceeds the corrected quantile of
 * a mean (n - 2 degrees of freedom). The scores a_i - b q_i, with a_i = dx_i dy_i and q_i = dx_i^2, are linear in b, so that
 * the slopes kept lie between the roots of a quadratic, as in Fieller's theorem; no bisection is needed.
 */
export const regressionJudge: Judge<RegressionQuestion> = {
  guarantee:
    "independent pairs of any joint law, heteroscedastic too, whose score (x - mean x) * residual has a skewness of at most the declared bound, from the smallest count of a mean on; both errors at every slope",

  bounds: (groups, question, alpha) => {
    requireGroups("regression", groups, 1);
    const family = declaredFamily("regression", question.family);
    const [regressor, response] = pairs(groups[0]!);
    requireCount("regression", alpha, regressor.length - 1, family);
    return slopesKept(scoresOf(regressor, response), correctedQuantile(alpha, regressor.length - 1, family));
  },

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
  return [regressor, response];
}

/** At the least-squares slope the scores v sum to zero; at slope + d they are v_i - d q_i. Sums are over replicates. */
interface Scores {
  readonly count: number;
  readonly slope: number;
  /** Mean of q = dx^2. */
  readonly square: number;
  /** Sums of v^2, v (q - mean q), (q - mean q)^2. */
  readonly vv: number;
  readonly vq: number;
  readonly qq: number;
}

function scoresOf(regressor: Float64Array, response: Float64Array): Scores {
  const count = regressor.length;
  const [x, y] = [meanOf(regressor), meanOf(response)];
  const dx = regressor.map((value) => value - x);
  const dy = response.map((value) => value - y);
  const square = sumOf(count, (i) => dx[i]! ** 2) / count;
  if (!(square > 0)) throw new JudgeError(`regression requires a regressor that varies, got only ${regressor[0]}`);
  const slope = sumOf(count, (i) => dx[i]! * dy[i]!) / count / square;
  const v = dx.map((d, i) => d * (dy[i]! - slope * d));
  const q = dx.map((d) => d * d - square);
  return {
    count,
    slope,
    square,
    vv: sumOf(count, (i) => v[i]! ** 2),
    vq: sumOf(count, (i) => v[i]! * q[i]!),
    qq: sumOf(count, (i) => q[i]! ** 2),
  };
}

function sumOf(count: number, term: (i: number) => number): number {
  let sum = 0;
  for (let i = 0; i < count; i++) sum += term(i);
  return sum;
}

/**
 * The d with (d Q)^2 <= k (Svv - 2 d Svq + d^2 Sqq), k = quantile^2 / (n (n - 2)): an interval about 0, or the whole line
 * where so few large regressors decide that their own spread is not told from zero.
 */
function slopesKept({ count, slope, square, vv, vq, qq }: Scores, quantile: number): Bounds {
  const k = quantile ** 2 / (count * (count - 2));
  const leading = square ** 2 - k * qq;
  const spread = [Math.sqrt(vv / (count - 2)) / square];
  if (!(leading > 0)) return { estimate: slope, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, spread };
  const middle = (-k * vq) / leading;
  const half = Math.sqrt(middle ** 2 + (k * vv) / leading);
  return { estimate: slope, low: slope + middle - half, high: slope + middle + half, spread };
}

/** Near the truth the interval is that of the mean score over E dx^2, with standard deviation `spread`. */
function reachOf(question: RegressionQuestion): Reach {
  const known = knownGroups("regression", question.known, 1);
  const family = declaredFamily("regression", question.family);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    return contrastReach(parts, family, alpha, left);
  };
}
