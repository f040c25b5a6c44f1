import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";

/**
 * Smallest k with P(more than k of `count` events) <= `alarm`, each event having probability `rate`: more than so many are not
 * chance. 0 at a rate of 0, so that one event is too many.
 */
export function largestCount(count: number, rate: number, alarm: number): number {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`largestCount requires a rate from 0 to 1, got ${rate}`);
  if (rate === 0) return 0;
  if (rate === 1) return count;
  // by the complement's lower tail, which 1 less the upper one would lose
  const isChance = (k: number) => binomialCdf(count - k - 1, count, 1 - rate) > alarm;
  let [low, high] = [-1, count];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isChance(middle)) low = middle;
    else high = middle;
  }
  return high;
}
