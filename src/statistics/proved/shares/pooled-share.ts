import { clopperPearson, leastOnesAbove } from "../../judges/proportion-judge.ts";
import { largestCount } from "../../largest-count.ts";
import type { TwoBounds } from "../mean-at-variance.ts";

/**
 * Bounds for the mean chance of `count` independent events, `ones` of which came, each wrong with probability at most alpha whatever the
 * single chances are: Clopper and Pearson's, moved where those would need chances that are alike.
 *
 * Proof: of events of mean chance p at least k come with at most the probability that a binomial count has, wherever k is at least
 * n p + 1 (W. Hoeffding, Annals of Mathematical Statistics 27, 1956, 713-721, theorem 4). The lower bound exceeds p from some k on; there
 * it is at most (k - 1) / n, so that k is n p + 1 or more, and at most Clopper and Pearson's, so that the binomial count reaches k with
 * probability at most alpha. Above by symmetry. In practice only a single one, or a single zero, is moved.
 */
export function pooledShareBounds(ones: number, count: number, alpha: number): TwoBounds {
  const { low, high } = clopperPearson(ones, count, alpha);
  return {
    low: Math.max(0, Math.min(low, (ones - 1) / count)),
    high: Math.min(1, Math.max(high, (ones + 1) / count)),
  };
}

/** Distance from the true mean chance within which such a bound lies with probability 1 - undecided, where chances are alike. */
export function pooledShareReach(share: number, count: number, alpha: number, undecided: number): number {
  if (!(count >= 1 && share >= 0 && share <= 1)) return Number.POSITIVE_INFINITY;
  const most = largestCount(count, share, undecided);
  const least = count - largestCount(count, 1 - share, undecided);
  return Math.max(
    pooledShareBounds(most, count, alpha).high - share,
    share - pooledShareBounds(least, count, alpha).low,
  );
}

/** The least number of ones among `count` whose lower bound reaches `share`; count + 1 where none does. */
export function leastOnesReaching(share: number, count: number, alpha: number): number {
  const least = leastOnesAbove(share, count, alpha);
  return share <= 0 ? least : Math.min(count + 1, Math.max(least, Math.ceil(share * count) + 1));
}
