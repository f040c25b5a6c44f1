import { orderedColumn } from "../../contrasts/group-column.ts";
import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import { comparisonBounds, comparisonReach } from "../../proved/shares/binomial-comparison.ts";
import type { SuperiorityQuestion } from "../../question.ts";
import { rankSpread } from "../../rank-spread.ts";
import { boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "../judge.ts";
import { shareOfWins } from "./share-of-wins.ts";

/**
 * P(a value of the first arm exceeds one of the second), ties counted half, its mean over strata where there are several: all
 * pairs within each stratum (Mann and Whitney's U). U is the average, over all ways to pair them up, of averages of as many
 * independent pairs as the smaller arm has, which is what `comparisonBounds` needs; strata count with the smallest of theirs.
 */
export const superiorityJudge: Judge<SuperiorityQuestion> = {
  guarantee:
    "proved at every n, for two arms of independent values of any laws, ties and infinite values included, in each stratum (comparison with a binomial)",

  bounds: (groups, _question, alpha) => {
    const strata = strataOf(groups);
    const shares = strata.map(([first, second]) => shareOfWins(first, second));
    const estimate = shares.reduce((sum, share) => sum + share, 0) / strata.length;
    const trials = trialsOf(strata.map(([first, second]) => Math.min(first.length, second.length)));
    return boundsAround(estimate, comparisonBounds(estimate, trials, alpha), [
      ...strata.map(([first]) => rankSpread(first)),
      ...strata.map(([, second]) => rankSpread(second)),
    ]);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) =>
    decidingReplicates(replicates, knownShare(question), question.region, errors, reachOf(question)),
};

/** Independent pairs of a mean over strata: each stratum may count with fewer than it has, and must with equally many. */
export function trialsOf(pairs: readonly number[]): number {
  return pairs.length * Math.min(...pairs);
}

/** The mean over strata of what is known of them; NaN where a claim says nothing. */
export function knownShare({ known = [] }: Pick<SuperiorityQuestion, "known">): number {
  return known.reduce((sum, { value }) => sum + value, 0) / known.length;
}

/** Both arms of each stratum, in ascending order. */
function strataOf(groups: readonly Group[]): readonly (readonly [Float64Array, Float64Array])[] {
  const strata = groups.length / 2;
  if (!(strata >= 1 && Number.isInteger(strata))) {
    throw new JudgeError(`superiority requires two groups a stratum, got ${groups.length}`);
  }
  const sorted = groups.map((group) => orderedColumn("superiority", group));
  const empty = sorted.findIndex(({ length }) => length === 0);
  if (empty >= 0) throw new RefusedSample(`superiority requires values in every group, got none in group ${empty}`);
  return sorted.slice(0, strata).map((first, stratum) => [first, sorted[strata + stratum]!]);
}

function reachOf(question: SuperiorityQuestion): Reach {
  const groups = question.known?.length ?? 2;
  const known = knownGroups("superiority", question.known, groups);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, Array<number>(groups).fill(1), undecided);
    const trials = (groups / 2) * Math.min(...parts.map(({ count }) => count));
    return comparisonReach(knownShare(question), trials, alpha, left);
  };
}
