import {
  decidingReplicates,
  knownGroups,
  plannedParts,
  type Reach,
  smallestHalfWidth,
} from "../../planning/contrast-planning.ts";
import type { TwoBounds } from "../../proved/mean-at-variance.ts";
import { comparisonBounds, comparisonReach } from "../../proved/shares/binomial-comparison.ts";
import { betaQuantile } from "../../quantiles.ts";
import type { PairedSuperiorityQuestion } from "../../question.ts";
import { boundsAround, type Group, type Judge, JudgeError, RefusedSample } from "../judge.ts";
import { winOf } from "./share-of-wins.ts";
import { knownShare, trialsOf } from "./superiority-judge.ts";

/**
 * P(first > second) + P(first = second) / 2 of independent pairs, its mean over strata where there are several: the sign test's
 * bounds with ties in them.
 */
export const pairedSuperiorityJudge: Judge<PairedSuperiorityQuestion> = {
  guarantee:
    "proved at every n, for independent pairs of any joint law, ties and infinite values included: of one stratum by Clopper and Pearson's bounds at half the level, which ties cannot break; of several by comparison with a binomial",

  bounds: (groups, _question, alpha) => {
    const strata = groups.map(winsOf);
    const estimate = strata.reduce((sum, { wins, count }) => sum + wins / count, 0) / strata.length;
    const spread = strata.map(({ squares, wins, count }) => Math.sqrt(squares / count - (wins / count) ** 2));
    return boundsAround(estimate, boundsOf(strata, estimate, alpha), spread);
  },

  detects: (replicates, question, errors) => smallestHalfWidth(replicates, question.region, errors, reachOf(question)),

  needs: (replicates, question, errors) =>
    decidingReplicates(replicates, knownShare(question), question.region, errors, reachOf(question)),
};

interface Wins {
  /** Ties counted half. */
  readonly wins: number;
  readonly squares: number;
  readonly count: number;
}

function winsOf({ columns }: Group, stratum: number): Wins {
  const [first, second] = columns;
  if (first === undefined || second === undefined) {
    throw new JudgeError(`paired superiority requires two columns a group, got ${columns.length} in group ${stratum}`);
  }
  if (first.length === 0) throw new RefusedSample(`paired superiority requires pairs, got none in group ${stratum}`);
  let [wins, squares] = [0, 0];
  for (let i = 0; i < first.length; i++) {
    if (Number.isNaN(first[i]!) || Number.isNaN(second[i]!)) {
      throw new JudgeError(`paired superiority requires values with a rank, got NaN at replicate ${i}`);
    }
    const win = winOf(first[i]!, second[i]!);
    wins += win;
    squares += win * win;
  }
  return { wins, squares, count: first.length };
}

function boundsOf(strata: readonly Wins[], estimate: number, alpha: number): TwoBounds {
  const [only] = strata;
  if (strata.length > 1) return comparisonBounds(estimate, trialsOf(strata.map(({ count }) => count)), alpha);
  return {
    low: signBound(only!.wins, only!.count, alpha),
    high: 1 - signBound(only!.count - only!.wins, only!.count, alpha),
  };
}

/**
 * A coin tossed for each tie would make the wins a binomial count of the true chance, and with probability at least 1/2 one that is no
 * smaller than the count with halves: so that count reaches x with at most twice the binomial's chance.
 */
function signBound(wins: number, count: number, alpha: number): number {
  const whole = Math.ceil(wins);
  return whole === 0 ? 0 : betaQuantile(alpha / 2, whole, count - whole + 1);
}

/** At half the level the bounds of one stratum are within those of the comparison, at e times less. */
function reachOf(question: PairedSuperiorityQuestion): Reach {
  const groups = question.known?.length ?? 1;
  const known = knownGroups("paired superiority", question.known, groups);
  return (replicates, alpha, undecided) => {
    const { parts, left } = plannedParts(replicates, known, Array<number>(groups).fill(1), undecided);
    const trials = groups * Math.min(...parts.map(({ count }) => count));
    return comparisonReach(knownShare(question), trials, alpha, left);
  };
}
