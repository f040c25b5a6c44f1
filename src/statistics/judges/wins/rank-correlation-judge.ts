import { requireGroups } from "../../contrasts/group-column.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { comparisonBounds, comparisonReach } from "../../proved/binomial-comparison.ts";
import type { RankCorrelationQuestion } from "../../question.ts";
import { boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "../judge.ts";

/**
 * Kendall's tau of two measures of one replicate: the chance that two replicates are ranked alike by both less the chance that they are
 * ranked unlike, a tie counting as neither (tau-a). The mean over all pairs of replicates is the average, over all ways to pair
 * them up, of averages of half as many independent pairs, which is what `comparisonBounds` needs. Cost: n^2 / 2 comparisons.
 */
export const rankCorrelationJudge: Judge<RankCorrelationQuestion> = {
  subject: () => "Kendall's tau",

  guarantee:
    "proved at every n, for independent pairs of any joint law, ties and infinite values included (comparison with a binomial of half as many trials)",

  bounds: (groups, _question, alpha) => {
    requireGroups("rank correlation", groups, 1);
    const [first, second] = rankedColumns(groups[0]!);
    const count = first.length;
    if (count < 2) throw new RefusedSample(`rank correlation requires at least two replicates, got ${count}`);
    const estimate = kendallTau(first, second);
    const { low, high } = comparisonBounds((1 + estimate) / 2, Math.floor(count / 2), alpha);
    return boundsAround(estimate, { low: 2 * low - 1, high: 2 * high - 1 }, [Math.sqrt(1 - estimate * estimate)]);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) => {
    const [known] = knownGroups("rank correlation", question.known, 1);
    return decidingReplicates(replicates, known!.value, question.region, errors, reachOf(question));
  },
};

/** Concordant less discordant pairs, over all pairs: tau-a. */
export function kendallTau(first: Float64Array, second: Float64Array): number {
  const count = first.length;
  let excess = 0;
  for (let i = 1; i < count; i++) {
    for (let j = 0; j < i; j++) excess += compare(first[i]!, first[j]!) * compare(second[i]!, second[j]!);
  }
  return excess / ((count * (count - 1)) / 2);
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
    return 2 * comparisonReach((1 + known[0]!.value) / 2, Math.floor(parts[0]!.count / 2), alpha, left);
  };
}
