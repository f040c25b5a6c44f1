import { requireGroups } from "../../contrasts/group-column.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { comparisonBounds, comparisonReach } from "../../proved/shares/binomial-comparison.ts";
import type { RankCorrelationQuestion } from "../../question.ts";
import { boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "../judge.ts";

/**
 * Rank correlation of two measures of one replicate, a tie counting as neither. Kendall's tau: the chance that two replicates are ranked
 * alike by both less the chance that they are ranked unlike (tau-a). Spearman's rho: the correlation of the two grades, three times the
 * mean of sign(X1 - X2) sign(Y1 - Y3). Each is the mean of a kernel over all sets of two or three replicates; such a mean is the
 * average, over all ways to divide the replicates into sets, of averages of as many independent kernels as there are sets, which is what
 * `comparisonBounds` needs: both kernels, made symmetric, lie from -1 to 1. Cost: n^2 / 2 comparisons.
 *
 * Among bounds for every law it is near the narrowest: on two crossed diagonals, y = x and y = -x alike often, tau has a variance of 4 / 3n
 * where a binomial of n / 2 trials has 2 / n, and rho 9 / 5n where that of n / 3 has 3 / n.
 */
export const rankCorrelationJudge: Judge<RankCorrelationQuestion> = {
  subject: ({ of }) => NAMES[of],

  guarantee:
    "proved at every n, for independent pairs of any joint law, ties and infinite values included (comparison with a binomial: of half as many trials for Kendall's tau, of a third for Spearman's rho)",

  bounds: (groups, { of }, alpha) => {
    requireGroups("rank correlation", groups, 1);
    const [first, second] = rankedColumns(groups[0]!);
    const count = first.length;
    if (count < SET[of]) {
      throw new RefusedSample(`${NAMES[of]} requires at least ${SET[of]} replicates, got ${count}`);
    }
    const estimate = (of === "kendall-tau" ? kendallTau : spearmanRho)(first, second);
    const { low, high } = comparisonBounds((1 + estimate) / 2, Math.floor(count / SET[of]), alpha);
    return boundsAround(estimate, { low: 2 * low - 1, high: 2 * high - 1 }, [Math.sqrt(1 - estimate * estimate)]);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("rank correlation", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

const NAMES: { readonly [S in RankCorrelationQuestion["of"]]: string } = {
  "kendall-tau": "Kendall's tau",
  "spearman-rho": "Spearman's rho",
};

/** Replicates that one kernel compares. */
const SET: { readonly [S in RankCorrelationQuestion["of"]]: number } = { "kendall-tau": 2, "spearman-rho": 3 };

/** Concordant less discordant pairs, over all pairs: tau-a. */
export function kendallTau(first: Float64Array, second: Float64Array): number {
  const count = first.length;
  let excess = 0;
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) excess += compare(first[i]!, first[j]!) * compare(second[i]!, second[j]!);
  }
  return excess / ((count * (count - 1)) / 2);
}

/**
 * Three times the mean of sign(x_i - x_j) sign(y_i - y_k) over all three different replicates, which is unbiased; of at least three. The
 * correlation of the ranks, without ties, is ((n - 2) rho + 3 tau) / (n + 1) (W. Hoeffding, Annals of Mathematical Statistics 19, 1948).
 */
export function spearmanRho(first: Float64Array, second: Float64Array): number {
  const count = first.length;
  const [one, other] = [excesses(first), excesses(second)];
  let products = 0;
  for (let i = 0; i < count; i++) products += one[i]! * other[i]!;
  // sets in which the second and the third are the same replicate
  const same = kendallTau(first, second) * count * (count - 1);
  return Math.min(1, Math.max(-1, (3 * (products - same)) / (count * (count - 1) * (count - 2))));
}

/** Of each value, how many are below it less how many are above. */
function excesses(values: Float64Array): Float64Array {
  const count = values.length;
  const order = Array.from(values.keys()).sort((i, j) => compare(values[i]!, values[j]!));
  const found = new Float64Array(count);
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) found[order[at]!] = from - (count - to);
    from = to;
  }
  return found;
}

function compare(one: number, other: number): -1 | 0 | 1 {
  return one > other ? 1 : one < other ? -1 : 0;
}

function rankedColumns({ columns }: Group): readonly [Float64Array, Float64Array] {
  const [first, second] = columns;
  if (first === undefined || second === undefined) {
    throw new JudgeError(`rank correlation requires two columns, got ${columns.length}`);
  }
  for (const column of [first, second]) {
    const at = column.findIndex(Number.isNaN);
    if (at >= 0) throw new JudgeError(`rank correlation requires values with a rank, got NaN at replicate ${at}`);
  }
  return [first, second];
}

function reachOf(question: RankCorrelationQuestion): Reach {
  const known = knownGroups("rank correlation", question.known, 1);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, [1], undecided);
    const trials = Math.floor(parts[0]!.count / SET[question.of]);
    return 2 * comparisonReach((1 + known[0]!.value) / 2, trials, alpha, left);
  };
}
